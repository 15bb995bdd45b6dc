"""The two hot steps in NumPy, vectorised over the offers and principals of a node.

As someone would write them who knows arrays and no compiler: one loop over nodes, arrays inside it. Draws
come from NumPy's own generator, so the sweep agrees in distribution; the valuation agrees to rounding.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from trasiego.model.schedule import Run
from trasiego.world.tables import Floats, Integers

NOTHING_KG = 1e-9
ROUNDS = 4
NAMED, AD_HOC = 0, 1


def worth(ahead: Floats, share: Floats, cost: Floats) -> tuple[Floats, Floats]:
    """Return value at the tail and average value along ways, USD/kg; arrays broadcast."""
    safe = np.maximum(share, 1e-12)
    mean = np.where(share < 1e-12, 1.0, -np.expm1(-safe) / safe)
    series = 0.5 - share / 6.0 + share**2 / 24.0 - share**3 / 120.0
    lost = np.where(share < 1e-3, series, (1.0 - mean) / safe)
    return ahead * np.exp(-share) - cost * mean, ahead * mean - cost * lost


@dataclass
class Values:
    """What the valuation step finds: by node [N, B], by link and class [L, 2, B], capacity [L, M + 1]."""

    capacity: Floats
    carried: Floats
    openness: Floats
    value: Floats
    utility: Floats
    average: Floats
    weight: Floats


def capacity_of(run: Run) -> Floats:
    """Return what every offer can carry, kg/month [L, M + 1]."""
    links, networks = run.world.links, run.state.networks
    members = np.where(networks.group >= 0, run.state.groups.members[networks.group], 0.0)
    named = members * networks.share / links.time_per_kg[:, None]
    latent = run.numbers.contracting.latent_loads_per_month * links.load_kg[:, None]
    capacity = np.hstack([named, latent])
    total = capacity.sum(axis=1)
    part = np.where(total > links.capacity_kg, links.capacity_kg / np.maximum(total, 1e-300), 1.0)
    return np.asarray(capacity * part[:, None])


def look_ahead(run: Run, capacity: Floats) -> tuple[Floats, Floats]:
    """Return what nodes can carry on [N, B], and their openness to its power [N, B]."""
    nodes, links, access = run.world.nodes, run.world.links, run.world.principals.access
    slack, stock = run.numbers.contracting.bottleneck_slack, run.state.stock
    by_link, waiting = capacity.sum(axis=1), stock.sum(axis=1)
    harvest = np.append(run.state.sources.harvest_kg, 0.0)
    coming, incoming = np.zeros(by_link.size), np.zeros(waiting.size)
    for n in range(waiting.size):
        out = slice(nodes.link_start[n], nodes.link_start[n + 1])
        total = by_link[out].sum()
        if total > 0.0:
            there = incoming[n] + harvest[nodes.zone[n]] + waiting[n]
            coming[out] = by_link[out] * min(1.0, there / total)
            np.add.at(incoming, links.head[out], coming[out] * links.ratio[out])
    ease, carried = np.zeros(stock.shape), np.zeros(stock.shape)
    for n in range(waiting.size - 1, -1, -1):
        out = slice(nodes.link_start[n], nodes.link_start[n + 1])
        if nodes.market[n] >= 0:
            room = carried[n] = np.where(access[nodes.market[n]] > 0.0, np.inf, 0.0)
            idle = room
        else:
            ahead, most = ease[links.head[out]], by_link[out, None]
            share = np.where(coming[out, None] > 0.0, coming[out, None], np.inf)
            share = np.where(ahead > 0.0, share * np.where(ahead > 0.0, ahead, 1.0), 0.0)
            tight = np.minimum(most, share).sum(axis=0)
            carried[n] = np.minimum(most, slack * share).sum(axis=0)
            room = np.maximum(0.05 * tight, tight - waiting[n])
            idle = ahead.max(axis=0, initial=0.0)
        ease[n] = np.where(room > 0.0, room / incoming[n] if incoming[n] > 0.0 else idle, 0.0)
    return carried, np.minimum(1.0, slack * ease) ** run.numbers.valuation.link_concavity


def valuation_step(run: Run) -> Values:
    """Take capacity, the passes ahead and the valuation."""
    state, links, nodes, numbers = run.state, run.world.links, run.world.nodes, run.numbers
    capacity = capacity_of(run)
    carried, openness = look_ahead(run, capacity)
    slots, total = capacity.shape[1] - 1, capacity.sum(axis=1)
    trust = np.where(
        state.networks.group[:, :, None] >= 0, state.memory.trust_power[state.networks.group], 0.0
    )
    pulls = np.stack(
        [
            (capacity[:, :slots, None] * trust).sum(axis=1),
            np.repeat(capacity[:, slots:] * state.memory.trust_ad_hoc, state.stock.shape[1], axis=1),
        ],
        axis=1,
    )
    classes = np.stack([capacity[:, :slots].sum(axis=1), capacity[:, slots]], axis=1)[:, :, None]
    concave = np.where(
        total > 0.0, np.maximum(total, 1e-300) ** (numbers.valuation.link_concavity - 1.0), 0.0
    )
    found = Values(
        capacity, carried, openness, np.zeros(state.stock.shape), *(np.zeros(pulls.shape) for _ in "uaw")
    )
    fee = links.fee_log * state.networks.fee_factor
    fees = np.stack([fee, fee * numbers.contracting.latent_fee_factor], axis=1)[:, :, None]
    risk = -np.log1p(-state.memory.perceived)
    base = (risk + links.rent[:, None] + state.territory.toll)[:, None, :] + fees
    for n in range(nodes.place.size - 1, -1, -1):
        if nodes.market[n] >= 0:
            found.value[n] = (
                state.demand.price_usd[nodes.market[n]] * run.world.principals.access[nodes.market[n]]
            )
            continue
        out = slice(nodes.link_start[n], nodes.link_start[n + 1])
        _appraise(run, found, out, base, risk)
        room = openness[links.head[out]][:, None, :]
        usable = (room > 0.0) & (classes[out] > 0.0) & (found.utility[out] > 0.0)
        best = np.where(usable, found.utility[out], 0.0).max(axis=(0, 1), initial=0.0)
        scale = numbers.valuation.choice_scale * np.where(best > 0.0, best, 1.0)
        pull = np.where(usable, np.exp(np.minimum(found.utility[out] - best, 0.0) / scale), 0.0)
        found.weight[out] = concave[out, None, None] * room * pull
        weight = pulls[out] * found.weight[out]
        below = weight.sum(axis=(0, 1))
        above = (weight * found.utility[out]).sum(axis=(0, 1))
        found.value[n] = np.where(below > 0.0, above / np.where(below > 0.0, below, 1.0), 0.0)
    return found


def _appraise(run: Run, found: Values, out: slice, base: Floats, risk: Floats) -> None:
    """Fill in utility and average value of the links of a node."""
    links, territory = run.world.links, run.state.territory
    ahead = (links.ratio[out, None] * found.value[links.head[out]])[:, None, :]
    cost = links.cost_usd_per_kg[out, None, None]
    utility, average = worth(ahead, base[out], cost)
    if territory.escort_here[out].any():
        least = territory.escort_minimum_usd[out] / run.numbers.contracting.lot_kg
        price = np.maximum(territory.escort_usd_per_kg[out], least)[:, None]
        share = base[out, NAMED] - risk[out] * territory.escort_effect[out, None]
        safer, mean = worth(ahead[:, 0], share, cost[:, 0] + price)
        taken = (territory.escort_here[out, None] > 0) & (safer > utility[:, NAMED])
        utility[:, NAMED] = np.where(taken, safer, utility[:, NAMED])
        average[:, NAMED] = np.where(taken, mean, average[:, NAMED])
    found.utility[out] = np.where(ahead > 0.0, utility, 0.0)
    found.average[out] = np.where(ahead > 0.0, average, 0.0)


@dataclass
class Moved:
    """What the sweep moves: stock [N, B]; by offer [L, M + 1]: kg, seized, robbed, fees; delivered kg."""

    stock: Floats
    kg: Floats
    seized_kg: Floats
    robbed_kg: Floats
    fee_usd: Floats
    sent: Floats
    lost: Floats
    cash_usd: Floats
    delivered_kg: float = 0.0
    made_kg: float = 0.0


def sweep(run: Run, random: np.random.Generator) -> Moved:
    """Take the sweep on a run after valuation, which it does not change."""
    state, nodes = run.state, run.world.nodes
    shape, brokers = state.networks.capacity.shape, state.stock.shape[1]
    by_link = (shape[0], brokers)
    done = Moved(
        state.stock.copy(),
        *(np.zeros(shape) for _ in range(4)),
        np.zeros(by_link),
        np.zeros(by_link),
        np.zeros(brokers),
    )
    for n in range(nodes.place.size):
        if nodes.zone[n] >= 0:
            _buy(run, done, n, int(nodes.zone[n]))
        if nodes.market[n] >= 0:
            done.delivered_kg += done.stock[n].sum()
            done.cash_usd += done.stock[n] * state.demand.price_usd[nodes.market[n]]
            done.stock[n] = 0.0
        else:
            _ship(run, done, n, random)
    return done


def _buy(run: Run, done: Moved, n: int, zone: int) -> None:
    numbers, sources, value = run.numbers, run.state.sources, run.state.prices.value[n]
    weights, price = run.trip.buying[zone], sources.price_usd[zone]
    cost = run.world.zones.marginal_cost_usd_per_kg[zone]
    if weights.sum() <= 0.0:
        return
    interest = np.where(value > 0.0, 1.0 - price / np.where(value > 0.0, value, 1.0), 0.0)
    interest = np.clip(interest / numbers.contracting.buying_margin, 0.0, 1.0)
    room = numbers.contracting.buying_cover * run.state.networks.node_capacity[n] - done.stock[n].sum()
    wanted = np.maximum(room, 0.0) * weights / weights.sum() * interest
    willing = (
        min(max((price - cost) / (numbers.production.supply_spread * cost), 0.0), 1.0) if cost > 0.0 else 1.0
    )
    made = min(wanted.sum(), sources.harvest_kg[zone] * willing)
    if wanted.sum() > 0.0:
        bought = made * wanted / wanted.sum()
        done.stock[n] += bought
        done.cash_usd -= bought * price
        done.made_kg += made


def _ship(run: Run, done: Moved, n: int, random: np.random.Generator) -> None:
    """Contract and move what waits at one node."""
    state, numbers = run.state, run.numbers.contracting
    first, last = run.world.nodes.link_start[n], run.world.nodes.link_start[n + 1]
    busy = np.flatnonzero((done.stock[n] > NOTHING_KG) & (state.prices.value[n] > 0.0))
    link, slot = np.nonzero(state.networks.capacity[first:last] > 0.0)
    link += first
    if not busy.size or not link.size:
        return
    stock, pull = done.stock[n, busy], state.prices.weight[first:last, NAMED][:, busy]
    feared = (pull * -np.log1p(-state.memory.perceived[first:last][:, busy])).sum(axis=0)
    usual = (pull * -np.log1p(-state.memory.prior[first:last, None])).sum(axis=0)
    known = (feared > 0.0) & (usual > 0.0)
    ratio = np.where(known, feared / np.where(known, usual, 1.0), 1.0)
    size = numbers.lot_kg * random.lognormal(0.0, numbers.lot_spread, busy.size)
    size *= np.clip(ratio**-numbers.lot_risk_response, 0.25, 4.0)
    number = np.maximum(1.0, np.floor(stock / size + 0.5))
    lot = stock / number
    named = slot < state.networks.capacity.shape[1] - 1
    group = np.where(named, state.networks.group[link, np.where(named, slot, 0)], -1)
    trust = np.where(named[:, None], state.memory.trust_power[group][:, busy], state.memory.trust_ad_hoc)
    room = state.networks.capacity[link, slot]
    weights = room[:, None] * trust * state.prices.weight[link, np.where(named, NAMED, AD_HOC)][:, busy]
    weights *= np.exp(random.logistic(0.0, numbers.partner_noise * math.sqrt(3.0) / math.pi, weights.shape))
    moved = _place(weights, number, lot, room, random)
    _move(run, done, n, (link, slot, group), busy, lot, moved, random)


def _place(weights: Floats, number: Floats, lot: Floats, room: Floats, random: np.random.Generator) -> Floats:
    """Return what is moved [offer, principal], in up to four rounds."""
    moved, room = np.zeros(weights.shape), room.copy()
    asked = _sample(weights, number, lot, random)
    for turn in range(ROUNDS):
        total = asked.sum(axis=1)
        part = np.where(total > 0.0, np.minimum(1.0, room / np.where(total > 0.0, total, 1.0)), 1.0)[:, None]
        moved += part * asked
        room -= part[:, 0] * total
        refused = ((1.0 - part) * asked).sum(axis=0)
        if turn == ROUNDS - 1 or refused.max() < NOTHING_KG:
            break
        again = np.maximum(1.0, np.ceil(refused / lot - 1e-9))
        asked = _sample(weights * (room > NOTHING_KG)[:, None], again, refused / again, random)
    return moved


def _sample(weights: Floats, number: Floats, lot: Floats, random: np.random.Generator) -> Floats:
    """Return what is asked of each offer [offer, principal] (systematic sampling)."""
    total = weights.sum(axis=0)
    reached = np.cumsum(weights, axis=0) / np.where(total > 0.0, total, 1.0)
    reached[-1] = np.where(total > 0.0, 1.0, 0.0)
    steps = np.floor(number * reached + random.random(number.size) * (total > 0.0))
    return np.asarray(np.diff(steps, axis=0, prepend=0.0) * lot)


def _move(
    run: Run,
    done: Moved,
    n: int,
    offers: tuple[Integers, Integers, Integers],
    busy: Integers,
    lot: Floats,
    moved: Floats,
    random: np.random.Generator,
) -> None:
    """Lose, hand on and pay for what is moved."""
    state, links, numbers = run.state, run.world.links, run.numbers
    k, i = np.nonzero(moved > NOTHING_KG)
    kg, link, slot, group = moved[k, i], offers[0][k], offers[1][k], offers[2][k]
    b, head = busy[i], links.head[link]
    size = (lot[i] / numbers.contracting.lot_kg) ** numbers.interdiction.load_size_exponent
    price, guarded = _escort(run, link, group, b, lot[i], size)
    exposed = size * (1.0 - guarded * state.territory.escort_effect[link])
    loads = np.maximum(1.0, np.ceil(kg / links.load_kg[link] - 1e-9)).astype(np.int64)
    lost = random.binomial(loads, -np.expm1(-state.authority.hazard[link] * exposed))
    threat, robber = _threat(run, n, link, group, b)
    robbed = random.binomial(loads - lost, -np.expm1(-threat * exposed))
    seized, taken = kg * lost / loads, kg * robbed / loads
    np.subtract.at(done.stock, (n, b), kg)
    np.add.at(done.stock, (head, b), (kg - seized - taken) * links.ratio[link])
    for at in np.flatnonzero(robbed):
        worth_there = np.where(np.arange(done.stock.shape[1]) == b[at], -1.0, state.prices.value[head[at]])
        buyer = int(worth_there.argmax()) if worth_there.max() > 0.0 else b[at]
        done.stock[head[at], buyer] += taken[at]
        done.cash_usd[buyer] -= numbers.hijack.price_share * state.prices.value[head[at], buyer] * taken[at]
    for table, amount in ((done.kg, kg), (done.seized_kg, seized), (done.robbed_kg, taken)):
        np.add.at(table, (link, slot), amount)
    np.add.at(done.sent, (link, b), loads)
    np.add.at(done.lost, (link, b), lost + robbed)
    ad_hoc = (group < 0).astype(np.int64)
    mean = state.prices.average_value[link, ad_hoc, b]
    factor = (
        np.where(ad_hoc > 0, numbers.contracting.latent_fee_factor, 1.0) * state.networks.fee_factor[link]
    )
    fee = np.maximum(0.0, links.fee_log[link] * factor * mean * kg)
    toll = np.maximum(0.0, state.territory.toll[link, b] * mean * kg)
    np.add.at(done.fee_usd, (link, slot), fee)
    outlay = fee + toll + links.cost_usd_per_kg[link] * kg + guarded * price * kg
    np.subtract.at(done.cash_usd, b, outlay)


def _escort(
    run: Run, link: Integers, group: Integers, b: Integers, lot: Floats, size: Floats
) -> tuple[Floats, Floats]:
    """Return the price of escort, and 1 where it is worth it for a consignment."""
    state, links, territory = run.state, run.world.links, run.state.territory
    price = np.maximum(territory.escort_usd_per_kg[link], territory.escort_minimum_usd[link] / lot)
    offered = (territory.escort_here[link] > 0) & (group >= 0)
    if not offered.any():
        return price, np.zeros(link.size)
    ahead = links.ratio[link] * state.prices.value[links.head[link], b]
    rest = (
        links.rent[link]
        + state.territory.toll[link, b]
        + links.fee_log[link] * state.networks.fee_factor[link]
    )
    risk, cost = -np.log1p(-state.memory.perceived[link, b]) * size, links.cost_usd_per_kg[link]
    alone = worth(ahead, rest + risk, cost)[0]
    safer = worth(ahead, rest + risk * (1.0 - territory.escort_effect[link]), cost + price)[0]
    return price, (offered & (safer > alone)).astype(np.float64)


def _threat(run: Run, n: int, link: Integers, group: Integers, b: Integers) -> tuple[Floats, Integers]:
    """Return the hazard that a typical load is robbed, and by which group."""
    territory, groups, place = run.state.territory, run.state.groups, run.world.nodes.place[n]
    first, second = territory.robbers[place]
    robber = np.where(group == first, second, first)
    total = territory.members_here[place]
    own = np.where((group >= 0) & (groups.home[group] == place), groups.members[group], 0.0)
    km = run.numbers.hijack.hazard_per_1000_km / 1000.0 * run.world.links.ground_km[link]
    safe = (robber < 0) | (territory.holder[place] == b) | (total <= 0.0)
    return np.where(safe, 0.0, km * np.maximum(0.0, 1.0 - own / max(total, 1e-300))), robber
