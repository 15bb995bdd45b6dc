"""Changes to a world that must change nothing, or must change it in a known way."""

from dataclasses import replace

import numpy as np
from random_worlds import for_every_world, random_rows
from tiny_worlds import Group, Market, Way, Zone, begin, recorded, run_months, take_steps, tiny_world

SETTLED = ("bribery", "escort", "adaptive_effort", "learning", "price_response", "takeover", "violence")


def values(rows, months=0):
    """Values [node, principal] by name of node, after some months of a run."""
    world = tiny_world(**rows)
    run = begin(world)
    run_months(run, months)
    state = take_steps(run, "valuation", months)
    return dict(zip(world.names.nodes, state.prices.value, strict=True))


def same_values(one, other, tolerance, only=None):
    for name in only or one:
        np.testing.assert_allclose(other[name], one[name], rtol=tolerance, atol=0.0, err_msg=name)


def changed(row, **fields):
    return replace(row, **fields)


@for_every_world
def test_splitting_every_group_in_two_changes_no_value(world):
    rows = random_rows(**world)
    halves = {
        "groups": [
            changed(group, name=group.name + half, members=0.5 * group.members)
            for half in ("", "-too")
            for group in rows["groups"]
        ],
        "ways": [
            changed(way, by=" ".join(name + half for name in way.by.split() for half in ("", "-too")))
            for way in rows["ways"]
        ],
        "offer_slots": 10,
        "group_slots": 2 * len(rows["groups"]) + 8,
    }
    same_values(values(rows), values(rows | halves), 1e-9)


@for_every_world
def test_way_without_capacity_changes_no_value(world):
    rows = random_rows(**world)
    idle = [changed(way, by="", load_kg=0.0, cost=0.0, fee=0.0, hazard=0.0) for way in rows["ways"][::2]]
    same_values(values(rows), values(rows | {"ways": [*rows["ways"], *idle]}), 1e-12)


@for_every_world
def test_group_without_members_changes_no_value(world):
    rows = random_rows(**world)
    idle = Group("idle", rows["groups"][0].home if rows["groups"] else "p0", 0.0)
    ways = [changed(way, by=f"{way.by} idle") if len(way.by.split()) < 4 else way for way in rows["ways"]]
    same_values(values(rows), values(rows | {"ways": ways, "groups": [*rows["groups"], idle]}), 1e-12)


def own_carriers(rows):
    """The same world in which every way has a carrier of its own and nobody else carries."""
    ways = [changed(way, by=f"w{i}") for i, way in enumerate(rows["ways"])]
    groups = [Group(f"w{i}", way.tail.split(":")[0], 20.0 + 7.0 * (i % 9)) for i, way in enumerate(ways)]
    # slack is granted at every node, so that a place more loosens what narrows ahead (see below)
    contracting = rows["numbers"]["contracting"] | {"latent_loads_per_month": 0.0, "bottleneck_slack": 1.0}
    return rows | {
        "ways": ways,
        "groups": groups,
        "escort": {},
        "held": {},
        "brokers": [changed(each, group="") for each in rows["brokers"]],
        "numbers": rows["numbers"] | {"contracting": contracting},
        "group_slots": len(groups) + 4,
    }


def cut_in_two(rows, chosen):
    """Insert a place in the middle of some ways, that nothing else touches."""
    ways, nodes = [], rows["nodes"].split()
    for i, way in enumerate(rows["ways"]):
        if i not in chosen or way.processing:
            ways.append(way)
            continue
        middle = f"middle{i}"
        half = {
            name: 0.5 * getattr(way, name)
            for name in ("distance_km", "rent", "fee", "cost", "hazard", "time_per_kg")
        }
        nodes.insert(nodes.index(way.tail) + 1, middle)
        ways += [changed(way, head=middle, **half), changed(way, tail=middle, **half)]
    return rows | {"nodes": " ".join(nodes), "ways": ways}


@for_every_world
def test_pass_through_places_change_no_value(world):
    rows = own_carriers(random_rows(**world))
    cut = cut_in_two(rows, set(range(0, len(rows["ways"]), 3)))
    whole = values(rows)
    assert len(cut["nodes"].split()) > len(rows["nodes"].split()) or len(rows["ways"]) < 4
    same_values(whole, values(cut), 1e-9, only=whole)


def test_pass_through_place_before_a_narrow_stretch_changes_no_value():
    def fork(upper):
        """Two wide ways; the upper one ends in a narrow stretch to a better market."""
        return {
            "nodes": "a c b u l",
            "ways": [*upper, Way("b", "u", "up"), Way("a", "l", "down", cost=1000.0)],
            "zones": [Zone("a", inflow_kg=1000.0)],
            "markets": [Market("u"), Market("l")],
            "groups": [Group("wide", "a", 200.0), Group("up", "b", 20.0), Group("down", "a", 100.0)],
            "numbers": {"contracting": {"bottleneck_slack": 1.5}},
        }

    whole = values(fork([Way("a", "b", "wide")]))
    cut = values(fork([Way("a", "c", "wide", time_per_kg=0.005), Way("c", "b", "wide", time_per_kg=0.005)]))
    same_values(whole, cut, 1e-9, only=["a", "b"])


def mirrored(rows, flipped):
    """Two copies of a world side by side, that share only principals; `flipped` puts the copy first."""
    sides = ("-copy", "") if flipped else ("", "-copy")

    def twice(each, *fields):
        return [
            changed(row, **{field: _renamed(getattr(row, field), side) for field in fields})
            for side in sides
            for row in each
        ]

    def both(names):
        return " ".join(_renamed(names, side) for side in sides) if names else ""

    nodes = [_renamed(node, side) for node in rows["nodes"].split() for side in sides]
    return rows | {
        "nodes": " ".join(nodes),
        "ways": twice(rows["ways"], "tail", "head", "by"),
        "zones": twice(rows["zones"], "node"),
        "markets": twice(rows["markets"], "node"),
        "groups": twice(rows["groups"], "name", "home"),
        "brokers": [changed(each, markets=both(each.markets), group="") for each in rows["brokers"]],
        "countries": [changed(each, places=both(each.places)) for each in rows["countries"]],
        "escort": {_renamed(p, side): _renamed(g, side) for side in sides for p, g in rows["escort"].items()},
        "held": {_renamed(place, side): broker for side in sides for place, broker in rows["held"].items()},
        "group_slots": 2 * len(rows["groups"]) + 8,
    }


def _renamed(names, side):
    """Names with a side, "p1:paste" as "p1-copy:paste"."""
    parts = [name.partition(":") for name in names.split()]
    return " ".join(place + side + colon + product for place, colon, product in parts)


@for_every_world
def test_mirrored_world_has_mirrored_values(world):
    rows = random_rows(**world)
    alone, pair, turned = (values(each) for each in (rows, mirrored(rows, False), mirrored(rows, True)))
    for node, value in alone.items():
        for both in (pair, turned):
            np.testing.assert_allclose(both[node], value, rtol=1e-12)
            np.testing.assert_allclose(both[_renamed(node, "-copy")], value, rtol=1e-12)


@for_every_world
def test_names_change_nothing(world):
    rows = random_rows(**world)
    first, again = recorded(tiny_world(**rows), 6), recorded(tiny_world(**_relabelled(rows)), 6)
    for name in first:
        np.testing.assert_array_equal(first[name], again[name], err_msg=name)


def _relabelled(rows):
    """Every place, group and principal under another name, in an alphabet that runs backwards."""

    def name(text):
        parts = [part.partition(":") for part in text.split()]
        return " ".join(f"z{_backwards(place)}{colon}{product}" for place, colon, product in parts)

    return rows | {
        "nodes": name(rows["nodes"]),
        "ways": [changed(w, tail=name(w.tail), head=name(w.head), by=name(w.by)) for w in rows["ways"]],
        "zones": [changed(each, node=name(each.node)) for each in rows["zones"]],
        "markets": [changed(each, node=name(each.node)) for each in rows["markets"]],
        "groups": [changed(each, name=name(each.name), home=name(each.home)) for each in rows["groups"]],
        "brokers": [
            changed(each, name=name(each.name), markets=name(each.markets), group=name(each.group))
            for each in rows["brokers"]
        ],
        "countries": [changed(each, places=name(each.places)) for each in rows["countries"]],
        "escort": {name(place): name(group) for place, group in rows["escort"].items()},
        "held": {name(place): name(broker) for place, broker in rows["held"].items()},
    }


def _backwards(text):
    return "".join(chr(219 - ord(letter)) if letter.islower() else letter for letter in text)


@for_every_world
def test_order_of_groups_changes_nothing_where_slots_draw_nothing(world):
    """Raids, leaders and births decide by slot or home; without them a group is the same in any slot."""
    rows = random_rows(**world) | {"on": SETTLED}
    turned = rows | {"groups": rows["groups"][::-1]}
    first, again = recorded(tiny_world(**rows), 6), recorded(tiny_world(**turned), 6)
    count = len(rows["groups"])
    np.testing.assert_allclose(
        again["group_members"][:, :count][:, ::-1], first["group_members"][:, :count], rtol=1e-6
    )
    for name in ("flows", "seized_kg", "market_price_usd_per_kg", "killings", "police_capture"):
        np.testing.assert_allclose(again[name], first[name], rtol=1e-6, atol=1e-6, err_msg=name)


UNIT = 1024.0  # a power of two, so that not even a rounding differs
PER_KG = ("price", "cost")


def in_units(rows):
    """The same world with masses in units of 1,024 kg."""
    numbers = {section: dict(each) for section, each in rows["numbers"].items()}
    numbers["contracting"]["lot_kg"] = 100.0 / UNIT
    return rows | {
        "numbers": numbers,
        "kinds": [changed(kind, escort_fee=kind.escort_fee * UNIT) for kind in rows["kinds"]],
        "ways": [
            changed(
                way,
                cost=way.cost * UNIT,
                load_kg=way.load_kg / UNIT,
                limit=way.limit / UNIT,
                time_per_kg=way.time_per_kg * UNIT,
            )
            for way in rows["ways"]
        ],
        "zones": [
            changed(
                zone,
                price=zone.price * UNIT,
                cost=zone.cost * UNIT,
                inflow_kg=zone.inflow_kg / UNIT,
                product_kg=zone.product_kg / UNIT,
            )
            for zone in rows["zones"]
        ],
        "markets": [
            changed(market, price=market.price * UNIT, kg=market.kg / UNIT) for market in rows["markets"]
        ],
    }


@for_every_world
def test_masses_in_another_unit_change_nothing_but_their_figures(world):
    rows = random_rows(**world)
    kg, units = recorded(tiny_world(**rows), 10), recorded(tiny_world(**in_units(rows)), 10)
    for name in kg:
        if name.endswith("usd_per_kg"):
            factor = UNIT
        elif name in ("flows", "zone_area_ha") or "_kg" in name:
            factor = 1.0 if name == "zone_area_ha" else 1.0 / UNIT
        elif name == "prices":
            factor = UNIT
        else:
            factor = 1.0
        if name in ("active_links", "active_places", "principal_group_kg"):
            continue  # counted where more than a kilogram moves, or in whole kilograms
        expected = kg[name] * factor
        # what rounding leaves of a sum is relative to what was summed, not to the nothing that is left
        rounding = 1e-12 * max(1000.0, np.abs(expected[np.isfinite(expected)]).max(initial=0.0))
        np.testing.assert_allclose(units[name], expected, rtol=1e-6, atol=rounding, err_msg=name)


@for_every_world
def test_money_in_another_unit_changes_nothing_but_its_figures(world):
    """Dollars of a sixteenth: prices, outlays, pay and capital all take the same factor."""
    cents = 16.0
    rows = random_rows(**world)
    numbers = {section: dict(each) for section, each in rows["numbers"].items()}
    numbers["bribery"] = {"half_spending_usd_per_month": 10_000.0 * cents}
    numbers["organisation"] |= {"capital_usd_per_member": 1000.0 * cents}
    numbers["violence"] |= {"takeover_reference_usd_per_month": 1e7 * cents}
    other = rows | {
        "numbers": numbers,
        "ways": [changed(way, cost=way.cost * cents) for way in rows["ways"]],
        "zones": [changed(zone, price=zone.price * cents, cost=zone.cost * cents) for zone in rows["zones"]],
        "markets": [changed(market, price=market.price * cents) for market in rows["markets"]],
        "kinds": [
            changed(
                kind,
                pay=kind.pay * cents,
                escort_fee=kind.escort_fee * cents,
                escort_minimum=kind.escort_minimum * cents,
            )
            for kind in rows["kinds"]
        ],
        "countries": [
            changed(each, budget=each.budget * cents, aid=each.aid * cents) for each in rows["countries"]
        ],
    }
    usd, sixteenths = recorded(tiny_world(**rows), 10), recorded(tiny_world(**other), 10)
    for name in ("flows", "seized_kg", "delivered_kg", "group_members", "killings", "police_capture"):
        np.testing.assert_allclose(sixteenths[name], usd[name], rtol=1e-6, atol=1e-9, err_msg=name)
    np.testing.assert_allclose(
        sixteenths["money_usd"][:, :-1], usd["money_usd"][:, :-1] * cents, rtol=1e-6, atol=1e-3
    )


def test_better_bad_way_lowers_the_value_by_no_more_than_its_bound():
    """The value is an expectation over noisy choices: up to e^-2 of the gain of a bad way may be lost."""
    rows = {
        "nodes": "a m",
        "zones": [],
        "markets": [Market("m", price=10_000.0)],
        "groups": [Group("one", "a", 100.0), Group("two", "a", 100.0)],
    }
    costs = np.linspace(9999.0, 0.0, 60)
    found = []
    for cost in costs:
        ways = [Way("a", "m", "one"), Way("a", "m", "two", cost=float(cost))]
        found.append(float(values(rows | {"ways": ways})["a"][0]))
    gains, changes = -np.diff(costs), np.diff(found)
    assert changes.min() < 0.0
    assert (changes >= -np.exp(-2.0) * gains).all()
    assert found[-1] == 10_000.0
