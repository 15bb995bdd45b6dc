"""Random worlds for properties that must hold in all of them; tests can change their rows before building."""

import functools
import inspect
import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_worlds import ALL_ON, Broker, Country, Group, Kind, Market, Way, Zone

EXPLORE = "TRASIEGO_EXPLORE" in os.environ
"""Whether worlds are new at every start; else always the same, so that a failure belongs to a change."""

OPEN_MODES = ((10.0, 2.0), (130.0, 0.3), (500.0, 0.05), (2000.0, 0.01))
worlds = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 2**32 - 1),
        "places": st.integers(5, 60),
        "ways": st.sampled_from([1.0, 2.0, 3.5]),
        "brokers": st.integers(1, 4),
        "countries": st.integers(1, 3),
        "ad_hoc": st.booleans(),
        "harsh": st.booleans(),
    }
)


def for_every_world(check):
    """Turn a check of one random world into a test of 50 of them, and of 500 where slow tests are run."""

    @pytest.mark.parametrize("examples", [50, pytest.param(500, marks=pytest.mark.slow)])
    def test(examples, **fixtures):
        def of_world(world):
            check(world, **fixtures)

        quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
        limits = settings(
            max_examples=examples, deadline=None, suppress_health_check=quiet, derandomize=not EXPLORE
        )
        limits(given(worlds)(of_world))()

    functools.update_wrapper(test, check)
    del test.__wrapped__
    names = ["examples", *list(inspect.signature(check).parameters)[1:]]
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    test.__signature__ = inspect.Signature([inspect.Parameter(name, kind) for name in names])
    return test


def random_rows(seed, places, ways=2.0, brokers=2, countries=2, ad_hoc=True, harsh=False):
    """Return the arguments of `tiny_world` for a random world in which everything is switched on.

    Zones lie among the first places and markets among the last; some of the first places refine paste.
    `harsh` makes dangerous and dear ways common. Every way has a group of its own or shares one.
    """
    random = np.random.default_rng(seed)
    names = [f"p{i}" for i in range(places)]
    n_markets, n_zones = 1 + int(random.integers(0, max(1, places // 6))), 1 + int(random.integers(0, 3))
    market_names = names[-n_markets:]
    zone_names = names[: min(n_zones, places - n_markets - 1)]
    refined = [name for name in zone_names if random.random() < 0.5]
    nodes = [node for name in names for node in ([f"{name}:paste", name] if name in refined else [name])]
    rows = [
        Way(f"{name}:paste", name, ratio=0.4, cost=100.0, processing=True, time_per_kg=1e-3)
        for name in refined
    ]
    for i, name in enumerate(names[:-n_markets]):
        for _ in range(1 + int(random.poisson(ways - 1.0))):
            rows.append(_random_way(random, name, names[int(random.integers(i + 1, places))], harsh))
    groups, rows = _random_groups(random, rows, names[:-n_markets])
    guards = [group.name for group in groups if group.kind == "guards"]
    armed = [name for name in names[:-n_markets] if random.random() < 0.2]
    rulers = [f"C{c}" for c in range(countries)]
    ruled = random.integers(0, countries, places)
    return {
        "nodes": " ".join(nodes),
        "ways": rows,
        "zones": [_random_zone(random, name + ":paste" * (name in refined)) for name in zone_names],
        "markets": [
            Market(
                name,
                float(random.uniform(5e3, 5e4)),
                float(random.uniform(200, 5e3)),
                float(random.uniform(0.3, 3)),
            )
            for name in market_names
        ],
        "groups": groups,
        "kinds": (
            Kind("carriers", pay=float(random.uniform(300, 3000)), succession=0.4, split=0.3),
            Kind(
                "guards",
                moves_loads=False,
                enters=False,
                killings=0.005,
                escort_fee=50.0,
                escort_minimum=100.0,
                escort_effect=0.75,
            ),
        ),
        "brokers": _random_brokers(random, brokers, market_names, groups),
        "countries": [
            Country(
                ruler,
                " ".join(name for name, by in zip(names, ruled, strict=True) if by == c),
                strength=float(random.uniform(0.0, 3.0)),
                aid=float(random.choice([0.0, 1e6])),
                integrity=float(random.random()),
                stance=int(random.integers(0, 3)),
            )
            for c, ruler in enumerate(rulers)
        ],
        "escort": {name: str(random.choice(guards)) for name in armed} if guards else {},
        "held": {name: "b0" for name in names[:-n_markets] if random.random() < 0.1},
        "numbers": {
            "contracting": {
                "latent_loads_per_month": 2.0 if ad_hoc else 0.0,
                "lot_spread": 0.5,
                "lot_risk_response": 0.5,
                "partner_noise": 0.7,
                "fee_response": 1.0,
                "buying_cover": 1.2,
                "bottleneck_slack": 1.5,
            },
            "valuation": {"link_concavity": 0.5, "choice_scale": float(random.choice([0.05, 0.25, 1.0]))},
            "interdiction": {"raid_rate_per_month": 0.05, "load_size_exponent": 0.7},
            "violence": {"takeover_per_month": 0.2, "hold_loss_per_month": 0.05},
            "organisation": {"links_at_entry": 3.0},
            "production": {"season_amplitude": 0.1},
        },
        "on": ALL_ON,
        "group_slots": len(groups) + 40,
        "offer_slots": 5,
    }


def _random_way(random, tail, head, harsh):
    load, time = OPEN_MODES[int(random.integers(0, len(OPEN_MODES)))]
    often = 0.5 if harsh else 0.1
    return Way(
        tail,
        head,
        rent=float(random.choice([0.0, 0.0, 0.3])),
        fee=float(random.exponential(0.1)),
        cost=float(random.exponential(2000.0 if random.random() < often else 30.0)),
        hazard=float(random.exponential(1.0 if random.random() < often else 0.05)),
        load_kg=load,
        crew=float(random.integers(0, 4)),
        limit=float(random.uniform(50, 5e3)) if random.random() < 0.1 else np.inf,
        time_per_kg=time * float(random.uniform(0.5, 2.0)) / 10.0,
    )


def _random_zone(random, node):
    price = float(random.uniform(500, 1500))
    if random.random() < 0.3:
        return Zone(node, price, 0.5 * price, inflow_kg=float(random.uniform(100, 5e3)))
    area = float(random.uniform(500, 2e4))
    return Zone(node, price, 0.5 * price, area_ha=area, product_kg=0.4, eradication_ha=0.01 * area)


def _random_groups(random, ways, homes):
    """Groups at their homes, and the ways with up to three groups each that are at home at the tail."""
    groups, by = [], [[] for _ in ways]
    for home in homes:
        out = [i for i, way in enumerate(ways) if way.tail.split(":")[0] == home]
        for _ in range(int(random.integers(0, 3))):
            name = f"g{len(groups)}"
            groups.append(Group(name, home, float(random.uniform(5, 150)), access=int(random.integers(0, 3))))
            for i in random.permutation(out)[: int(random.integers(1, 4))]:
                if len(by[i]) < 3:
                    by[i].append(name)
        if random.random() < 0.2:
            groups.append(Group(f"g{len(groups)}", home, float(random.uniform(20, 200)), "guards"))
    ways = [Way(**(way.__dict__ | {"by": " ".join(works)})) for way, works in zip(ways, by, strict=True)]
    return groups, ways


def _random_brokers(random, count, markets, groups):
    brokers = []
    for b in range(count):
        own = groups[int(random.integers(0, len(groups)))].name if groups and random.random() < 0.5 else ""
        access = [market for market in markets if random.random() < 0.8] or markets[:1]
        share, hard = float(random.uniform(0.1, 1.0)), bool(random.random() < 0.5)
        brokers.append(Broker(f"b{b}", share, " ".join(access), "", hard, own))
    return brokers
