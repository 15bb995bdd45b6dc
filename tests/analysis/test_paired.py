"""Measures of paired runs against answers reckoned by hand, and the scorecard that asks for them."""

import warnings

import numpy as np
import pytest
from scipy.stats import bootstrap

from trasiego.analysis import Overlay, scorecard
from trasiego.analysis.arms import Arm
from trasiego.analysis.estimate import pooled_ratio
from trasiego.analysis.measures import paired
from trasiego.analysis.paired import PairedView
from trasiego.analysis.patterns import Part, Pattern, load_patterns
from trasiego.analysis.scorecard import SUMS, measure_pattern
from trasiego.analysis.view import NotMeasurable


@pytest.fixture
def pair(make_world):
    """Two worlds, and the view of the second as the arm "more" of the first."""

    class Pair:
        base, more = make_world(), make_world()

        def view(self, **costs):
            return PairedView(self.base.view(), {"more": self.more.view()}, costs)

    return Pair()


def test_an_arm_of_other_runs_is_no_pair(pair, make_world):
    for other in (make_world(months=25), make_world(runs=3), make_world(start="2010-02")):
        with pytest.raises(NotMeasurable, match="the runs of more are not those of the base"):
            PairedView(pair.base.view(), {"more": other.view()})
    seeded = pair.more.result()
    seeded.manifest["seed"] = 2
    with pytest.raises(NotMeasurable, match="not those of the base"):
        PairedView(pair.base.view(), {"more": type(pair.base.view())(seeded)})


def test_views_are_cut_together(pair):
    pair.base.arrays["seized_kg"][:, :12] = 1
    pair.more.arrays["seized_kg"][:, :12] = 3
    pair.more.arrays["seized_kg"][:, 12:] = 50
    pair.base.arrays["seized_kg"][:, 12:] = 10
    view = pair.view()
    options = ("more", "base", "seized_kg", [])
    assert paired.total_ratio(view.within("2010-01", "2010-12"), *options) == pytest.approx([3, 3])
    assert paired.total_ratio(view.between(12, 24), *options) == pytest.approx([5, 5])


def test_ratio_of_totals_goes_run_by_run(pair):
    # Run 0: 10 and 30 kg a month in the two countries against 20 and 40; run 1: twice as much against that.
    for world, figures in (
        (pair.base, {"GT": 10, "HN": 30, "MX": 999}),
        (pair.more, {"GT": 20, "HN": 40, "MX": 1}),
    ):
        world.set("country_seized_kg", "country", figures)
    pair.base.arrays["country_seized_kg"][1] *= 2
    found = paired.total_ratio(pair.view(), "more", "base", "country_seized_kg", ["GT", "HN"])
    assert found == pytest.approx([1.5, 0.75])
    back = paired.total_ratio(pair.view(), "base", "more", "country_seized_kg", ["GT", "HN"])
    assert back == pytest.approx([1 / 1.5, 1 / 0.75])
    with pytest.raises(NotMeasurable, match="killings is nothing"):
        paired.total_ratio(pair.view(), "more", "base", "killings", [])


def test_killings_for_each_kilogram(pair):
    # 2 killed for 100 kg against 3 for 300: 0.02 over 0.01.
    for world, killed, entered in ((pair.base, 2, 100), (pair.more, 3, 300)):
        world.set("country_killings", "country", {"GT": killed, "MX": 50})
        world.set("country_inflow_kg", "country", {"GT": entered, "MX": 1})
    assert paired.killings_per_kg_ratio(pair.view(), "base", "more", "GT") == pytest.approx([2, 2])


def test_shares_of_modes(pair):
    # On foot 25 of 100 kg leave the town; with the arm 10 of 100, so two fifths of the share.
    pair.base.flows(by_pickup=75, on_foot=25, valley=500)
    pair.more.flows(by_pickup=90, on_foot=10, valley=500)
    found = paired.mode_share_ratio(pair.view(), "more", "base", ["pe-kimbiri"], ["foot"])
    assert found == pytest.approx([0.4, 0.4])


def test_value_of_a_seizure_at_the_prices_of_the_base(pair):
    # Base: every month 10 kg taken at Zacapa, worth 2,000 each. Arm: 9 kg there and 1 at Colon, worth 1,000:
    # half as many kilograms to a seizure, and cheaper ones; its own prices do not matter.
    for world, kg in ((pair.base, {"from-zacapa": 10}), (pair.more, {"from-zacapa": 9, "into-zacapa": 1})):
        world.set("link_seized_kg", "link", kg)
    pair.base.set("place_price_usd_per_kg", "place", {"gt-zacapa": 2000, "hn-colon": 1000})
    pair.base.arrays["place_price_usd_per_kg"][:, 3] = np.nan
    pair.more.set("place_price_usd_per_kg", "place", {"gt-zacapa": 9000, "hn-colon": 9000})
    found = paired.seizure_value_ratio(pair.view(), "more", "base")
    assert found == pytest.approx([(18_000 + 1000) / 2 / 20_000] * 2)


def deliver(pair, base, more):
    pair.base.arrays["delivered_kg"][:] = np.array(base)[:, None] / 24
    pair.more.arrays["delivered_kg"][:] = np.array(more)[:, None] / 24


def test_fall_of_deliveries(pair, make_world):
    deliver(pair, [1000, 1000], [900, 1020])
    less = make_world()
    less.arrays["delivered_kg"][:] = 960 / 24
    view = PairedView(pair.base.view(), {"more": pair.more.view(), "less": less.view()})
    found = paired.fall_ratio(view, "more", "less")
    assert found.upper == pytest.approx([100, -20])
    assert found.lower == pytest.approx([40, 40])
    assert pooled_ratio(found.upper, found.lower, "1").median == pytest.approx(1)


def test_cost_of_a_kilogram_kept(pair, make_world):
    # 100 kg for 50 a month against 20 kg for 5 a month: 0.5 a kg against 0.25, twice as dear.
    deliver(pair, [1000, 1000], [900, 900])
    cheap = make_world()
    cheap.arrays["delivered_kg"][:] = 980 / 24
    view = PairedView(
        pair.base.view(), {"more": pair.more.view(), "cheap": cheap.view()}, {"more": 50.0, "cheap": 5.0}
    )
    found = paired.cost_ratio(view, "more", "cheap")
    assert pooled_ratio(found.upper, found.lower, "1").median == pytest.approx(2)
    with pytest.raises(NotMeasurable, match="the policies of more have no cost"):
        paired.cost_ratio(pair.view(), "more", "more")


def test_rise_over_a_reported_rise(pair):
    pair.base.set("country_homicides_per_100k", "country", {"MX": 10})
    pair.more.set("country_homicides_per_100k", "country", {"MX": 12})
    pair.more.arrays["country_homicides_per_100k"][1, :, pair.more.at("country", "MX")] = 9
    found = paired.rise_over_reported(pair.view(), "more", "base", "MX", 8.0)
    assert found == pytest.approx([0.25, -0.125])


def captured(pair, month="2010-07"):
    """The family is at home in Zacapa and also works in Peten and Tapachula; its leader is captured."""
    for world in (pair.base, pair.more):
        world.arrays["group_home_index"][:, :, world.at("group", "old-family")] = world.at(
            "place", "gt-zacapa"
        )
    pair.base.event(month, "leader_arrest", "old-family")
    pair.base.event(month, "raid", "street")
    return pair


def test_killings_at_home_in_the_year_after_a_capture(pair):
    captured(pair)
    zacapa = pair.base.at("place", "gt-zacapa")
    for world, before, after in ((pair.base, 5, 18), (pair.more, 5, 10)):
        world.arrays["place_killings"][:, :6, zacapa] = before
        world.arrays["place_killings"][:, 6:18, zacapa] = after
        world.arrays["place_killings"][:, 18:, zacapa] = 1000 * after
    found = paired.killings_after_captures(pair.view(), "base", "more", ["GT"])
    assert found == pytest.approx([1.8, 1.8])
    with pytest.raises(NotMeasurable, match="no leader is captured"):
        paired.killings_after_captures(pair.view(), "base", "more", ["MX"])


def test_killings_at_the_other_places_of_the_group_that_a_link_joins(pair):
    # Tapachula is joined to Zacapa and the family is reported there; Colon is joined but not the family's;
    # Peten is the family's but no link joins it.
    captured(pair)
    for world, killed in (
        (pair.base, {"mx-tapachula": 13, "hn-colon": 70, "gt-peten": 70}),
        (pair.more, {"mx-tapachula": 10, "hn-colon": 7, "gt-peten": 7}),
    ):
        world.set("place_killings", "place", killed)
        world.arrays["place_killings"][:, 12:] *= 2 if world is pair.base else 1
    found = paired.killings_near_captures(pair.view(), "base", "more", ["GT"])
    assert found == pytest.approx([1.3, 1.3])


def test_a_group_that_was_gone_is_not_captured(pair):
    captured(pair)
    kinds = pair.base.arrays["group_kind_index"]
    kinds[:, 3:, pair.base.at("group", "old-family")] = -1
    for world in (pair.base, pair.more):
        world.set("place_killings", "place", {"gt-zacapa": 1})
    with pytest.raises(NotMeasurable, match="no leader is captured"):
        paired.killings_after_captures(pair.view(), "base", "more", ["GT"])


def test_a_capture_in_the_first_month_is_looked_up_without_it(pair):
    captured(pair, "2010-01")
    pair.base.arrays["group_kind_index"][:, :, pair.base.at("group", "old-family")] = -1
    for world, killed in ((pair.base, 2), (pair.more, 1)):
        world.set("place_killings", "place", {"gt-zacapa": killed})
    assert paired.killings_after_captures(pair.view(), "base", "more", ["GT"]) == pytest.approx([2, 2])


def test_price_in_transit(pair):
    for world, price in ((pair.base, 10_000), (pair.more, 11_000)):
        world.flows(from_zacapa=10)
        world.set("place_price_usd_per_kg", "place", {"gt-zacapa": price})
    assert paired.price_ratio(pair.view(), "more", "base", "GT") == pytest.approx([1.1, 1.1])


def test_a_pooled_ratio_is_that_of_the_sums_with_an_interval_over_runs():
    upper, lower = np.array([1.0, 9.0, 2.0, 8.0]), np.array([2.0, 3.0, 2.0, 3.0])
    found = pooled_ratio(upper, lower, "1")
    assert found.median == 2
    # every resample of whole runs lies between the smallest and the largest ratio of one run
    assert 0.5 <= found.low < 2 < found.high <= 3
    assert pooled_ratio(upper, lower, "1") == found
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        endless = pooled_ratio(np.array([1.0, 1.0]), np.array([-1.0, 2.0]), "1")
    assert (endless.median, endless.high) == (2, np.inf)
    alike = pooled_ratio(np.full(5, 6.0), np.full(5, 3.0), "1")
    assert (alike.median, alike.low, alike.high) == (2, 2, 2)


def test_the_interval_of_a_pooled_ratio_is_that_of_another_bootstrap():
    draw = np.random.default_rng(3)
    upper, lower = draw.normal(2, 1, 9), draw.normal(3, 1, 9)
    other = bootstrap(
        (upper, lower),
        lambda above, below, axis=-1: above.sum(axis=axis) / below.sum(axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=20_000,
        confidence_level=0.9,
        method="percentile",
        random_state=np.random.default_rng(2),
    ).confidence_interval
    found = pooled_ratio(upper, lower, "1")
    assert (found.low, found.high) == pytest.approx((other.low, other.high), abs=0.02)


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ([4.0], [2.0], 2.0),
        ([3.0, 1.0], [-5.0, 1.0], np.inf),
        ([-3.0, 1.0], [5.0, 1.0], 0.0),
        ([-1.0, 0.0], [-1.0, 0.0], np.nan),
    ],
)
def test_sums_below_zero_count_as_nothing(upper, lower, expected):
    found = pooled_ratio(np.array(upper), np.array(lower), "1")
    np.testing.assert_equal(found.median, expected)


def part(name, measure, low=None, high=None, arm="", **options):
    return Part(name, low, high, "1", "linear", measure, "", options, (None, None), (), (), "Why.", arm)


NOTHING = Overlay()


def pattern(parts, arms, base=NOTHING, kind="V"):
    return Pattern(
        "made",
        kind,
        "made-up",
        "Title",
        "Does it?",
        "paired runs",
        "Words.",
        (),
        tuple(parts),
        base,
        {name: Arm("Text.", overlay) for name, overlay in arms.items()},
    )


MORE, LESS, BELOW = (Overlay(settings=(f"countries.PE.integrity={figure}",)) for figure in (0.2, 0.1, 0.9))


def seizing(make_world, kg):
    world = make_world()
    world.arrays["seized_kg"][:] = kg
    world.arrays["delivered_kg"][:] = 90
    return world.view()


def ratio_part(arm, **band):
    made = part("ratio", "paired.total_ratio", **band)
    return type(made)(
        **{**vars(made), "options": {"arm": arm, "over": "base", "variable": "seized_kg", "countries": []}}
    )


def test_a_pattern_is_measured_in_its_arms(make_world):
    made = pattern(
        [ratio_part("more", low=1.5), part("share", "seizures.overall_share", high=0.05, arm="less")],
        {"more": MORE, "less": LESS},
    )
    arms = {MORE: seizing(make_world, 20), LESS: seizing(make_world, 10)}
    found = measure_pattern(made, seizing(make_world, 10), arms)
    ratio, share = found.parts
    assert (ratio.median, ratio.holds) == (2, True)
    assert (share.median, share.holds) == (pytest.approx(0.1), False)
    assert (found.holds, found.part) == (False, "share")


def test_arms_lie_upon_the_base_of_the_pattern(make_world):
    made = pattern([ratio_part("more", low=1)], {"more": MORE}, base=BELOW)
    arms = {
        BELOW: seizing(make_world, 40),
        MORE.upon(BELOW): seizing(make_world, 60),
        MORE: seizing(make_world, 1),
    }
    assert measure_pattern(made, seizing(make_world, 10), arms).median == 1.5
    del arms[BELOW]
    assert measure_pattern(made, seizing(make_world, 10), arms).median is None


def test_without_its_arms_a_pattern_says_what_to_do(make_world):
    made = pattern([ratio_part("more", low=1), ratio_part("less", low=1)], {"more": MORE, "less": LESS})
    for arms in (None, {}, {MORE: seizing(make_world, 20)}):
        found = measure_pattern(made, seizing(make_world, 10), arms)
        assert found.holds is None
        assert found.reason == "it needs paired runs: trasiego check made-up"


def test_a_ratio_of_sums_says_that_it_is_one(make_world):
    made = part("fall", "paired.fall_ratio", low=3, arm="")
    made = type(made)(**{**vars(made), "options": {"arm": "more", "over": "less"}})
    base = make_world()
    base.arrays["delivered_kg"][:] = 100
    arms = {}
    for overlay, kg in ((MORE, 80), (LESS, 95)):
        world = make_world()
        world.arrays["delivered_kg"][:] = kg
        arms[overlay] = world.view()
    found = measure_pattern(pattern([made], {"more": MORE, "less": LESS}), base.view(), arms)
    assert (found.median, found.holds, found.estimator) == (4, True, SUMS)
    arms[LESS] = base.view()
    endless = measure_pattern(pattern([made], {"more": MORE, "less": LESS}), base.view(), arms)
    assert endless.holds is True and "no end" in endless.reason
    assert endless.to_dict()["median"] is None


def test_a_question_is_answered_in_words(make_world):
    made = pattern([ratio_part("more")], {"more": MORE}, kind="Q")
    found = measure_pattern(made, seizing(make_world, 10), {MORE: seizing(make_world, 20)})
    assert found.answer == "Does it? ratio 2."
    assert measure_pattern(made, seizing(make_world, 10), {}).answer == ""


def test_the_scorecard_takes_results_of_arms(make_world):
    world, struck = make_world(start="2020-01"), make_world(start="2020-01")
    world.scenario = struck.scenario = "guatemala-2020"
    world.arrays["link_flow_kg"][:, :, world.at("link", "into-zacapa")] = 10
    for month, kg in ((0, 10), (12, 0), (13, 9)):
        struck.arrays["link_flow_kg"][:, month:, struck.at("link", "into-zacapa")] = kg
    struck.event("2021-01", "dissolve", "old-family")
    fragmentation = next(row for row in load_patterns() if row.id == "fragmentation")
    arms = {fragmentation.arms["dismantled"].overlay: struck.result()}
    card = {entry.id: entry for entry in scorecard(world.result(), arms=arms)}
    throughput = card["fragmentation"].parts[2]
    assert (throughput.median, throughput.holds) == (pytest.approx(0.9), True)
    assert "trasiego check guatemala-2011" in card["coercion"].reason
