"""Learning: what principals believe of the risk of links, and whom they trust."""

from __future__ import annotations

from trasiego.model.compiled import inlined_kernel, tight_kernel
from trasiego.model.numbers import LearningNumbers
from trasiego.model.state import Flows, Groups, Memory


@inlined_kernel
def learn_risk(memory: Memory, flows: Flows, numbers: LearningNumbers) -> None:
    """Perceived risk [L, B] as a decayed Beta-Bernoulli mean of loads sent and lost.

    Own losses count fully, those of others in part; where a link is unused the belief forgets towards the
    prior of its mode and length.
    """
    links, brokers = flows.sent.shape
    for link in range(links):
        all_sent, all_lost = 0.0, 0.0
        for b in range(brokers):
            all_sent += flows.sent[link, b]
            all_lost += flows.lost[link, b]
        for b in range(brokers):
            own_sent, own_lost = flows.sent[link, b], flows.lost[link, b]
            sent = own_sent + numbers.others_weight * (all_sent - own_sent)
            lost = own_lost + numbers.others_weight * (all_lost - own_lost)
            memory.sent[link, b] = numbers.memory * memory.sent[link, b] + sent
            memory.lost[link, b] = numbers.memory * memory.lost[link, b] + lost
            perceived = (memory.lost[link, b] + numbers.prior_loads * memory.prior[link]) / (
                memory.sent[link, b] + numbers.prior_loads
            )
            memory.perceived[link, b] = min(perceived, 0.999)


@inlined_kernel
def learn_trust(memory: Memory, groups: Groups, flows: Flows, numbers: LearningNumbers) -> None:
    """Trust [G, B] in 0..1 grows with months without loss and falls with the share of goods lost."""
    for group in range(groups.kind.size):
        if groups.kind[group] < 0:
            continue
        for b in range(memory.trust.shape[1]):
            moved = flows.group_sent_kg[group, b]
            if moved > 0.0:
                lost = flows.group_lost_kg[group, b] / moved
                trust = memory.trust[group, b]
                trust += numbers.trust_gain * (1.0 - lost) * (1.0 - trust)
                trust *= 1.0 - numbers.trust_loss * lost
                memory.trust[group, b] = max(trust, 0.01)
                memory.trust_power[group, b] = memory.trust[group, b] ** numbers.trust_exponent


@tight_kernel
def learn(memory: Memory, groups: Groups, flows: Flows, numbers: LearningNumbers) -> None:
    """Principals learn from the month: risks of links, and trust in groups."""
    learn_risk(memory, flows, numbers)
    learn_trust(memory, groups, flows, numbers)
