"""The opening state: who works which link, who waits, who is gone, and who holds what."""

import numpy as np
import pytest

from trasiego.world.actors import NEVER, STANCES

GROUP = """
[groups.{name}]
title = "{name}"
kind = "{kind}"
country = "PE"
places = [{places}]
members = {{ value = {members}, low = 1, high = 500, status = "assumed", note = "for tests" }}
political_access = "{access}"
strategy = "freelance"
standing = "alleged"
{more}
"""


def group(name, *places, kind="transport_network", members=20, access="none", more=""):
    quoted = ", ".join(f'"{place}"' for place in places)
    return GROUP.format(name=name, kind=kind, places=quoted, members=members, access=access, more=more)


def works(world, name):
    slot = world.names.groups.index(name)
    found = np.flatnonzero((world.opening.offer_group == slot).any(axis=1))
    return [world.names.links[i] for i in found]


def test_named_group_works_the_links_of_its_places(valley):
    _scenario, world = valley(group("porters", "pe-ayacucho", "pe-huancayo", more='modes = ["truck"]'))
    # inside its places, and out of them; refining needs no vehicle
    assert works(world, "porters") == [
        "pe-ayacucho--pe-huancayo--truck--paste",
        "pe-ayacucho--pe-lima--truck--paste",
        "pe-huancayo--processing",
        "pe-huancayo--pe-lima--truck--paste",
        "pe-huancayo--pe-lima--truck",
    ]


def test_group_without_modes_works_all_that_touch_its_places(valley):
    _scenario, world = valley(group("porters", "pe-vrae"))
    assert works(world, "porters") == [
        "pe-vrae--pe-kimbiri--pickup--paste",
        "pe-vrae--pe-kimbiri--river_boat--paste",
    ]


def test_record_of_a_group(valley):
    _scenario, world = valley(group("porters", "pe-huancayo", "pe-lima", members=33, access="national"))
    slot = world.names.groups.index("porters")
    opening = world.opening
    assert opening.group_members[slot] == 33.0 and opening.group_access[slot] == 2
    assert world.names.places[opening.group_home[slot]] == "pe-huancayo"
    assert world.names.kinds[opening.group_kind[slot]] == "transport_network"
    assert (opening.group_first[slot], opening.group_last[slot]) == (0, NEVER)
    assert slot < opening.reserved


def test_kinds_that_move_nothing_have_no_offers(valley):
    _scenario, world = valley(group("watch", "pe-huancayo", kind="gang"))
    assert works(world, "watch") == []
    assert not any("watch" in note for note in world.notes)


def test_armed_protectors_sell_escort_at_their_places(valley):
    _scenario, world = valley(group("column", "pe-huancayo", "pe-lima", kind="armed_protector"))
    sellers = {
        place: int(slot) for place, slot in zip(world.names.places, world.opening.escort_group, strict=True)
    }
    slot = world.names.groups.index("column")
    assert sellers["pe-huancayo"] == sellers["pe-lima"] == slot
    assert world.names.groups[sellers["pe-vrae"]] == "vraem-armed-group"


def test_group_that_comes_later_waits_without_offers(valley):
    _scenario, world = valley(group("late", "pe-vrae", more='active_from = "2008-10"'))
    slot = world.names.groups.index("late")
    # nine months after January 2008, and six of spin-up before
    assert world.opening.group_first[slot] == 15
    assert works(world, "late") == []
    waiting = world.opening.waiting_offers
    assert [world.names.links[link] for link, who in waiting if who == slot] == [
        "pe-vrae--pe-kimbiri--pickup--paste",
        "pe-vrae--pe-kimbiri--river_boat--paste",
    ]
    assert [(e.month, e.kind) for e in world.events if e.target == slot and e.table == "groups"] == [
        (15, "enter")
    ]


def test_group_that_ended_before_is_not_there(valley):
    _scenario, world = valley(group("gone", "pe-vrae", more='active_to = "2006-01"'))
    assert works(world, "gone") == []
    slot = world.names.groups.index("gone")
    assert world.opening.group_last[slot] < 0

    from trasiego.model.schedule import start_run

    run = start_run(world, 1, 0)
    assert run.state.groups.kind[slot] == -1 and run.state.groups.members[slot] == 0.0
    assert not (run.state.networks.group == slot).any()


def test_group_that_comes_during_the_spin_up_is_let_in_then(valley):
    _scenario, world = valley(group("early", "pe-vrae", more='active_from = "2007-10"'))
    slot = world.names.groups.index("early")
    assert [(e.month, e.kind) for e in world.events if e.target == slot] == [(3, "enter")]


def test_group_dissolves_after_its_last_month(valley):
    _scenario, world = valley(group("short", "pe-vrae", more='active_to = "2008-04"'))
    slot = world.names.groups.index("short")
    # April 2008 is month 9; it is there until then
    assert world.opening.group_last[slot] == 9
    assert [(e.month, e.kind) for e in world.events if e.target == slot] == [(10, "dissolve")]


def test_unnamed_groups_fill_every_place_with_a_way_out(valley):
    scenario, world = valley(settings=["organisation.initial_groups_per_place=3"])
    opening = world.opening
    unnamed = slice(opening.reserved, None)
    homes = opening.group_home[unnamed][opening.group_kind[unnamed] >= 0]
    named = {place: int((homes == p).sum()) for p, place in enumerate(world.names.places)}
    assert named == {place: 0 if place == "pe-callao" else 3 for place in world.names.places}
    for slot in np.flatnonzero(opening.group_kind >= 0)[opening.reserved :]:
        kind = world.names.kinds[opening.group_kind[slot]]
        low, high = (scenario.value(f"kinds.{kind}.members_at_entry_{end}") for end in ("low", "high"))
        assert low <= opening.group_members[slot] <= high


def test_unnamed_groups_are_of_the_kind_of_their_place(valley):
    _scenario, world = valley()
    kinds = dict(zip(world.names.places, world.places.home_kind.tolist(), strict=True))
    assert world.names.kinds[kinds["pe-vrae"]] == "producer_clan"
    assert world.names.kinds[kinds["pe-callao"]] == "port_service"
    assert world.names.kinds[kinds["pe-lima"]] == "transport_network"


def test_no_unnamed_groups_where_none_are_wanted(valley):
    _scenario, world = valley(settings=["organisation.initial_groups_per_place=0"])
    assert (world.opening.group_kind >= 0).sum() == world.opening.reserved


def test_group_that_finds_no_slot_is_noted(valley):
    rivals = "".join(group(f"rival-{i}", "pe-kimbiri") for i in range(12))
    _scenario, world = valley(rivals)
    slots = world.opening.offer_group.shape[1]
    assert (
        world.opening.offer_group[world.names.links.index("pe-kimbiri--pe-ayacucho--truck--paste")] >= 0
    ).sum() == slots
    assert any("rival-11" in note for note in world.notes)


def test_principals_deal_with_their_zones_and_markets(valley):
    scenario, world = valley()
    for b, broker in enumerate(world.names.brokers):
        markets = scenario.ids(f"brokers.{broker}.markets")
        assert [name in markets for name in world.names.markets] == world.principals.access[:, b].astype(
            bool
        ).tolist()
        zones = scenario.ids(f"brokers.{broker}.zones") or world.names.zones
        assert [name in zones for name in world.names.zones] == world.principals.buys[:, b].astype(
            bool
        ).tolist()
        assert world.principals.share[b] == scenario.value(f"brokers.{broker}.buying_share")


def test_principal_is_tied_to_its_group(valley):
    scenario, world = valley()
    for b, broker in enumerate(world.names.brokers):
        own = scenario.text(f"brokers.{broker}.group")
        slot = world.principals.group[b]
        assert (world.names.groups[slot] if slot >= 0 else None) == (
            own if own in world.names.groups else None
        )


def test_held_places(valley):
    _scenario, world = valley('[brokers.sinaloa]\nplaces_held = ["pe-lima"]\n')
    held = dict(zip(world.names.places, world.opening.place_holder.tolist(), strict=True))
    assert held == {place: -1 for place in world.names.places} | {
        "pe-lima": world.names.brokers.index("sinaloa")
    }


@pytest.mark.parametrize("stance", STANCES)
def test_countries(valley, stance):
    scenario, world = valley(settings=[f"countries.PE.stance={stance}"])
    assert world.names.countries == ("PE",)
    assert STANCES[world.countries.stance[0]] == stance
    assert world.countries.strength[0] == scenario.value("countries.PE.interdiction_strength")
    assert world.countries.population[0] == scenario.value("countries.PE.population")


def test_opening_is_the_same_for_all_seeds(valley):
    """The opening belongs to the scenario: runs differ by what happens, not by who is there."""
    _scenario, one = valley()
    _scenario, other = valley()
    np.testing.assert_array_equal(one.opening.group_members, other.opening.group_members)
    np.testing.assert_array_equal(one.opening.offer_group, other.opening.offer_group)
