"""Record: what is written of a month is what happened in it."""

import numpy as np
import pytest
from tiny_worlds import (
    ALL_ON,
    Broker,
    Country,
    Group,
    Kind,
    Market,
    Way,
    Zone,
    begin,
    empty_record,
    recorded,
    tiny_world,
)

from trasiego.model import schedule
from trasiego.model.balance import Balance
from trasiego.model.record import RECORDED_ACCOUNTS, Recorder, sizes_of
from trasiego.model.schedule import simulate
from trasiego.model.state import ACCOUNTS, ESCORT, GROUP_FEES
from trasiego.world.tables import Event

SAFE = [
    Way("a:paste", "a", "clan", ratio=0.5, processing=True),
    Way("a", "b", "clan"),
    Way("b", "m", "second"),
]


def valley(**changes):
    """Paste refined at a, shipped over b in another country to m."""
    parts = {
        "nodes": "a:paste a b m",
        "ways": [
            Way("a:paste", "a", "clan", ratio=0.5, processing=True),
            Way("a", "b", "clan", fee=0.1, hazard=0.2),
            Way("b", "m", "second", fee=0.1, hazard=0.2, cost=10.0),
        ],
        "zones": [Zone("a:paste", inflow_kg=2000.0)],
        "markets": [Market("m")],
        "groups": [Group("clan", "a", 100.0, "clans"), Group("second", "b", 100.0)],
        "kinds": (Kind("carriers"), Kind("clans")),
        "countries": [Country("X"), Country("Y", places="b m", population=2e6, homicides=10.0)],
        "brokers": [Broker("one"), Broker("two", share=0.5)],
    }
    return tiny_world(**(parts | changes))


@pytest.fixture(scope="module")
def year():
    return recorded(valley())


def test_masses_are_kilograms_of_hydrochloride(year):
    # 2,000 kg of paste a month make 1,000 kg at a yield of a half
    assert year["produced_kg"] == pytest.approx(np.full(12, 1000.0))
    assert year["zone_produced_kg"][:, 0] == pytest.approx(np.full(12, 2000.0))
    assert year["process_loss_kg"] == pytest.approx(np.full(12, 1000.0))
    total = year["delivered_kg"].sum() + year["seized_kg"].sum() + year["stock_kg"][-1]
    assert year["produced_kg"].sum() == pytest.approx(total)


def test_countries_are_those_of_the_places(year):
    assert year["country_seized_kg"].sum(axis=1) == pytest.approx(year["seized_kg"])
    # what enters Y is what left X and was not seized on the way; inflow into a is no crossing
    crossing = year["link_flow_kg"][:, 1] - year["link_seized_kg"][:, 1]
    assert year["country_inflow_kg"] == pytest.approx(np.stack([np.zeros(12), crossing], axis=1), rel=1e-6)


def test_markets_and_sums_agree(year):
    assert year["market_consumed_kg"].sum(axis=1) == pytest.approx(year["delivered_kg"])
    assert year["market_price_usd_per_kg"].tolist() == [[10_000.0]] * 12


def test_flows_of_all_runs_are_those_of_the_whole_run(year):
    np.testing.assert_array_equal(year["flows"], year["link_flow_kg"])
    np.testing.assert_array_equal(year["prices"], year["place_price_usd_per_kg"])


def test_active_places_and_links_move_more_than_a_kilogram(year):
    assert year["active_links"].tolist() == [3.0] * 12
    assert year["active_places"].tolist() == [2.0] * 12


def test_fees_per_kilogram(year):
    fee, flow = year["link_fee_usd_per_kg"], year["link_flow_kg"]
    assert fee[:, 0] == pytest.approx(np.zeros(12))
    assert (fee * flow).sum() == pytest.approx(year["money_usd"][:, GROUP_FEES].sum(), rel=1e-5)


def test_price_of_a_place_is_its_value_to_the_principals(year):
    # before anybody has learnt: the value falls by fee, risk and outlay on each way
    first = year["place_price_usd_per_kg"][0]
    along = 0.1 + 0.2
    mean = (1.0 - np.exp(-along)) / along
    at_b = 10_000.0 * np.exp(-along) - 10.0 * mean
    assert first[1] == pytest.approx(at_b, rel=1e-6)
    assert first[0] == pytest.approx(at_b * np.exp(-along), rel=1e-6)
    assert first[2] == pytest.approx(10_000.0)


def test_groups_and_kinds(year):
    assert year["active_groups"].tolist() == [2.0] * 12
    assert year["groups_active_by_kind"].tolist() == [[1.0, 1.0]] * 12
    assert year["members_by_kind"].tolist() == [[100.0, 100.0]] * 12
    assert year["group_members"][:, :2].tolist() == [[100.0, 100.0]] * 12
    assert year["group_kind_index"][0].tolist() == [1.0, 0.0] + [-1.0] * 6
    assert year["group_home_index"][0].tolist() == [0.0, 1.0] + [-1.0] * 6


def test_reach_of_protection_and_who_sends_with_whom(year):
    assert year["group_access"].dtype == np.int8
    assert year["group_access"][0].tolist() == [0, 0] + [-1] * 6
    sent = year["principal_group_kg"]
    assert sent.shape == (12, 2, 8)
    # all that moves over the links goes with a named group, and both principals use both groups
    assert sent.dtype == np.int32
    assert sent.sum(axis=(1, 2)) == pytest.approx(year["link_flow_kg"].sum(axis=1), abs=2)
    assert (sent[:, :, :2] > 0.0).any(axis=0).all() and (sent[:, :, 2:] == 0.0).all()


def test_concentration_of_two_groups():
    # the clan moves 2,000 kg of paste and 1,000 kg on, the second 1,000: shares 3/4 and 1/4
    found = recorded(valley(ways=SAFE), 3)
    assert found["group_concentration_hhi"][-1] == pytest.approx(0.5625 + 0.0625)


def test_no_flow_has_no_concentration():
    found = recorded(valley(zones=[]), 2)
    assert np.isnan(found["group_concentration_hhi"]).all()
    assert found["active_links"].tolist() == [0.0, 0.0] and found["police_capture"].tolist() == [0.0, 0.0]


def test_revenue_of_groups_is_what_they_were_paid(year):
    paid = year["money_usd"][:, GROUP_FEES] + year["money_usd"][:, ESCORT]
    assert year["group_revenue_usd"].sum(axis=1) == pytest.approx(paid, rel=1e-6)


def test_revenue_is_recorded_for_who_earned_it():
    """A group that gives up at the end of a month was paid in it."""
    kinds = (Kind("carriers", minimum=500.0), Kind("clans"))
    found = recorded(valley(kinds=kinds, on=["growth"]), 1)
    assert found["group_revenue_usd"][0, 1] > 0.0


def test_homicides_are_those_of_other_causes_and_of_the_trade():
    found = recorded(valley(on=["violence"]), 2)
    # 0.1 killings a month by 100 members at 0.001, in populations of one and two million
    assert found["country_killings"] == pytest.approx(np.full((2, 2), 0.1))
    assert found["country_homicides_per_100k"][0] == pytest.approx([5.0 + 0.12, 10.0 + 0.06])
    assert found["killings"] == pytest.approx([0.2, 0.2])
    assert found["place_killings"][0] == pytest.approx([0.1, 0.1, 0.0])


def test_enforcement_spending_is_own_and_disbursed():
    world = valley(
        countries=[Country("X", budget=3e5, aid=1e5, disbursement=0.2), Country("Y", places="b m")]
    )
    assert recorded(world, 1)["country_enforcement_usd"][0].tolist() == [320_000.0, 1e6]


def test_accounts_close():
    found = recorded(valley(on=ALL_ON), 24)
    money = dict(zip(RECORDED_ACCOUNTS, found["money_usd"].T, strict=True))
    received = sum(
        money[name] for name in ("producers", "ad_hoc_fees", "police", "transport", "wages", "confiscated")
    )
    change = money["broker_capital_change"] + money["group_capital_change"]
    gap = money["consumers_paid"] + money["entry_capital"] - received - change
    assert np.abs(gap).max() <= 1e-9 * money["consumers_paid"].max()
    assert np.abs(money["residual"]).max() <= 1e-9
    assert RECORDED_ACCOUNTS[: len(ACCOUNTS)] == ACCOUNTS


def test_accounts_close_in_the_first_recorded_month():
    found = recorded(valley(spin_up=6), 1)
    money = dict(zip(RECORDED_ACCOUNTS, found["money_usd"][0], strict=True))
    received = money["producers"] + money["transport"] + money["wages"]
    change = money["broker_capital_change"] + money["group_capital_change"]
    assert money["consumers_paid"] - received == pytest.approx(change)


def test_spin_up_is_run_and_not_recorded():
    long, late = recorded(valley(), 12), recorded(valley(spin_up=5), 7)
    np.testing.assert_array_equal(late["seized_kg"], long["seized_kg"][5:])
    np.testing.assert_array_equal(late["link_flow_kg"], long["link_flow_kg"][5:])


def test_chains_are_compared_with_a_year_before():
    world = valley(ways=SAFE, spin_up=3)
    found = recorded(world, 14)
    # nine recorded months after three of spin-up lack a year before
    assert np.isnan(found["chain_similarity"][:9]).all() and np.isnan(found["links_reused"][:9]).all()
    assert found["chain_similarity"][9:] == pytest.approx(np.ones(5))
    assert found["links_reused"][9:] == pytest.approx(np.ones(5))


def test_new_partners_lower_the_similarity_of_chains():
    gone = Event(12, "dissolve", 1, "groups", 0.0, 0.0, -1, "", "", (), "gone")
    world = valley(
        ways=[
            Way("a:paste", "a", "clan", ratio=0.5, processing=True),
            Way("a", "b", "clan", fee=0.1),
            Way("b", "m", "second clan", fee=0.1),
        ],
        events=[gone],
        on=["events"],
    )
    found = recorded(world, 13)
    assert 0.0 < found["chain_similarity"][12] < 0.999
    assert 0.0 < found["links_reused"][12] < 1.0


def test_capture_is_weighed_by_what_passes():
    world = valley(on=[])
    run = schedule.start_run(world, 1, 0)
    run.state.authority.capture[:] = [0.5, 0.1, 0.9]
    arrays, flows, prices = empty_record(world, months=1)
    schedule.run_month(run, 0, Balance(run.state))
    Recorder(world, arrays, 0, flows[0], prices[0]).write(run.state, 0, 0, 0.0)
    through = run.state.flows.link_kg
    by_hand = (0.5 * (through[0] + through[1]) + 0.1 * through[2]) / through.sum()
    assert arrays["police_capture"][0, 0] == pytest.approx(by_hand)


def test_zone_columns():
    world = valley(zones=[Zone("a:paste", price=900.0, area_ha=4000.0, product_kg=0.5)])
    found = recorded(world, 2)
    assert found["zone_area_ha"].tolist() == [[4000.0]] * 2
    assert found["zone_price_usd_per_kg"].shape == (2, 1)


def test_raids_of_the_month_are_counted():
    world = valley(numbers={"interdiction": {"raid_rate_per_month": 1e9}}, on=["raids"])
    found = recorded(world, 3)
    assert found["raids"].tolist() == [2.0] * 3


def test_raided_goods_count_as_seized():
    run = begin(valley())
    world = run.world
    schedule.run_month(run, 0, Balance(run.state))
    run.state.raided_kg[1] = 25.0
    arrays, flows, prices = empty_record(world, months=1)
    Recorder(world, arrays, 0, flows[0], prices[0]).write(run.state, 0, 0, 0.0)
    before = run.state.flows.node_seized_kg @ world.nodes.equivalent
    assert arrays["seized_kg"][0, 0] == pytest.approx(before + 25.0)
    assert arrays["country_seized_kg"][0, 0, 0] == pytest.approx(
        run.state.flows.node_seized_kg[:2] @ world.nodes.equivalent[:2] + 25.0
    )


def test_whole_flows_are_kept_for_the_first_runs_only():
    world = valley()
    arrays, flows, prices = empty_record(world, runs=2, flow_runs=1, months=3)
    for row in range(2):
        simulate(world, 1, row, Recorder(world, arrays, row, flows[row], prices[row]), 3)
    assert arrays["link_flow_kg"].shape == (1, 3, 3)
    assert flows[1].sum() > 0.0
    assert not np.array_equal(arrays["seized_kg"][0], arrays["seized_kg"][1])


def test_sizes_are_those_of_the_names():
    world = valley()
    assert sizes_of(world) == {
        "place": 3,
        "link": 3,
        "market": 1,
        "zone": 1,
        "country": 2,
        "kind": 2,
        "broker": 2,
        "group": 8,
        "account": len(RECORDED_ACCOUNTS),
    }


def test_run_ends_early_when_asked():
    world = valley()
    arrays, flows, prices = empty_record(world)
    asked = iter([False] * 4 + [True] * 100)
    assert not simulate(world, 1, 0, Recorder(world, arrays, 0, flows[0], prices[0]), 12, lambda: next(asked))
    assert arrays["produced_kg"][0, 3] > 0.0 and arrays["produced_kg"][0, 4:].sum() == 0.0
