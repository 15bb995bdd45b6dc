"""Learning: what principals believe of the risk of links, and whom they trust."""

from __future__ import annotations

from trasiego.model.compiled import apart_kernel, inlined_kernel
from trasiego.model.numbers import LearningNumbers
from trasiego.model.state import Flows, Groups, Memory


@inlined_kernel
def learn_risk(memory: Memory, flows: Flows, numbers: LearningNumbers) -> None:
    """Perceived risk [L, B] as a decayed Beta-Bernoulli mean of loads sent and lost.

    Own losses count fully, those of others in part; where a link is unused the belief forgets towards the
    prior of its mode and length.
    """
    keep, others, prior_loads = numbers.memory, numbers.others_weight, numbers.prior_loads
    sent_now, lost_now = flows.sent, flows.lost
    sent, lost, perceived = memory.sent, memory.lost, memory.perceived
    links, brokers = sent_now.shape
    for link in range(links):
        all_sent, all_lost, expected = 0.0, 0.0, prior_loads * memory.prior[link]
        for b in range(brokers):
            all_sent += sent_now[link, b]
            all_lost += lost_now[link, b]
        # One array written in each loop, so that it can be vectorised.
        for b in range(brokers):
            own = sent_now[link, b]
            sent[link, b] = keep * sent[link, b] + (own + others * (all_sent - own))
        for b in range(brokers):
            own = lost_now[link, b]
            lost[link, b] = keep * lost[link, b] + (own + others * (all_lost - own))
        for b in range(brokers):
            perceived[link, b] = min((lost[link, b] + expected) / (sent[link, b] + prior_loads), 0.999)


@inlined_kernel
def learn_trust(memory: Memory, groups: Groups, flows: Flows, numbers: LearningNumbers) -> None:
    """Trust [G, B] in 0..1 grows with months without loss and falls with the share of goods lost."""
    exponent = numbers.trust_exponent
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
                trust = max(trust, 0.01)
                memory.trust[group, b] = trust
                # The default of the exponent is 1, and powers cost more than all the rest.
                memory.trust_power[group, b] = trust if exponent == 1.0 else trust**exponent


@apart_kernel
def learn(memory: Memory, groups: Groups, flows: Flows, numbers: LearningNumbers) -> None:
    """Principals learn from the month: risks of links, and trust in groups."""
    learn_risk(memory, flows, numbers)
    learn_trust(memory, groups, flows, numbers)
