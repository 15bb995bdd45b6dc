import numpy as np
import pytest

from trasiego.common.faults import Faults
from trasiego.scenario import load_scenario

INTEGRITY = "countries.PE.integrity"


@pytest.fixture
def laid(write):
    """Lay a policy text or settings over the small scenario with two countries' worth of numbers."""

    def lay(policy="", settings=(), head=""):
        scenario = write("plain", "")
        policies = [write("policy", f"[policy]\n{head}\n{policy}", base=None)] if policy else []
        return load_scenario(scenario, policies, settings)

    return lay


def test_without_overlay_nothing_changes(laid, small):
    assert laid().hash == small.hash


def record(number):
    return (number.value, number.low, number.high, number.status, number.claims)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.8", (0.8, 0.8, 0.8, "assumed", ())),
        ("{ value = 0.8 }", (0.8, 0.8, 0.8, "assumed", ())),
        ("{ value = 0.8, low = 0.7, high = 0.9 }", (0.8, 0.7, 0.9, "assumed", ())),
        ("{ low = 0.4, high = 0.9 }", (0.5, 0.4, 0.9, "assumed", ())),
        ("{ times = 1.5 }", (0.75, 0.75, 0.75, "assumed", ())),
        ('{ value = 0.8, status = "measured", claims = ["f031"] }', (0.8, None, None, "measured", ("f031",))),
    ],
)
def test_ways_to_change_a_number(laid, text, expected):
    assert record(laid(f"[countries.PE]\nintegrity = {text}\n").number(INTEGRITY)) == expected
    assert record(laid(settings=[f"{INTEGRITY}={text}"]).number(INTEGRITY)) == expected


def test_times_keeps_evidence_and_multiplies_the_range(write):
    name = write(
        "base",
        "[countries.PE]\n"
        'integrity = { value = 0.4, low = 0.3, high = 0.7, status = "measured", claims = ["f031"] }\n',
    )
    number = load_scenario(name, settings=[f"{INTEGRITY}.times=2"]).number(INTEGRITY)
    assert record(number) == (0.8, 0.6, 1.0, "measured", ("f031",))
    assert number.note == "2 times 0.4 by --set countries.PE.integrity.times=2"


def test_who_set_a_number_is_told(laid):
    assert laid(settings=[f"{INTEGRITY}=0.8"]).number(INTEGRITY).note == f"set by --set {INTEGRITY}=0.8"
    number = laid("[countries.PE]\nintegrity = 0.8\n").number(INTEGRITY)
    assert (number.note, number.file, number.line) == ("set by policy.toml", "policy.toml", 4)


@pytest.mark.parametrize(
    ("setting", "read", "expected"),
    [
        ("countries.PE.stance=show", lambda s: s.choice("countries.PE.stance"), "show"),
        ('countries.PE.stance="show"', lambda s: s.choice("countries.PE.stance"), "show"),
        ("switches.raids=false", lambda s: s.flag("switches.raids"), False),
        ("scenario.months=12", lambda s: s.months, 12),
        ("scenario.start=2010-06", lambda s: s.start, np.datetime64("2010-06")),
        ('processing.places=["pe-lima"]', lambda s: s.ids("processing.places"), ("pe-lima",)),
        (f"{INTEGRITY}.value=0.25", lambda s: s.value(INTEGRITY), 0.25),
        (f" {INTEGRITY} = 0.25 ", lambda s: s.value(INTEGRITY), 0.25),
        ("organisation.offer_slots=4", lambda s: s.value("organisation.offer_slots"), 4.0),
    ],
)
def test_settings_of_all_types(laid, setting, read, expected):
    scenario = laid(settings=[setting])
    assert read(scenario) == expected
    assert scenario.settings == (setting,)


def test_later_overlays_build_on_earlier_ones(laid):
    scenario = laid(
        "[countries.PE]\nintegrity = 0.4\n", settings=[f"{INTEGRITY}.times=2", f"{INTEGRITY}.times=1.25"]
    )
    assert scenario.value(INTEGRITY) == 1.0
    assert scenario.policies == ("policy.toml",)


def test_an_overlay_for_all_ids(write):
    figure = '{ value = 100, low = 50, high = 200, status = "assumed", note = "for tests" }'
    name = write("base", f"[zones.pe-vrae]\neradication_ha_per_year = {figure}\n")
    policy = write("all", '[policy]\n[zones."*"]\neradication_ha_per_year = { times = 2 }\n', base=None)
    number = load_scenario(name, [policy]).number("zones.pe-vrae.eradication_ha_per_year")
    assert record(number) == (200, 100, 400, "assumed", ())
    setting = "kinds.*.succession_probability=0.1"
    assert load_scenario(name, settings=[setting]).value("kinds.network.succession_probability") == 0.1


def test_a_policy_may_add_an_event(laid):
    text = '[events.more]\ndate = "2010-07"\nkind = "raid"\ntarget = "clan"\ntext = "Another raid"\n'
    assert laid(text).section("events") == ["raid-2011", "more"]


def test_a_start_given_to_all_policies_leaves_those_with_their_own(write):
    plain = write("plain", "")
    early = write("early", "[policy]\n[countries.PE]\nintegrity = 0.6\n", base=None)
    own = write("own", '[policy]\nstart = "2010-08"\n[countries.PE]\nintegrity = 0.7\n', base=None)
    scenario = load_scenario(plain, [early, own], start="2010-03")
    assert [str(change.start) for change in scenario.delayed] == ["2010-03", "2010-08"]
    assert scenario.value(INTEGRITY) == load_scenario(plain).value(INTEGRITY)


def test_a_policy_with_a_start_changes_later(laid, small):
    text = "[countries.PE]\nintegrity = { times = 1.5 }\n"
    scenario = laid(text, head='start = "2010-07"')
    assert scenario.value(INTEGRITY) == 0.5
    ((month, path, number),) = scenario.delayed
    assert (month, path, number.value) == (np.datetime64("2010-07"), INTEGRITY, 0.75)
    assert month.dtype == "datetime64[M]"
    assert scenario.hash != small.hash


def test_delayed_changes_build_on_each_other(write):
    name = write("plain", "")
    one = write("one", '[policy]\nstart = "2010-04"\n[countries.PE]\nintegrity = 0.6\n', base=None)
    two = write(
        "two", '[policy]\nstart = "2010-08"\n[countries.PE]\nintegrity = { times = 1.5 }\n', base=None
    )
    assert [round(change.number.value, 9) for change in load_scenario(name, [one, two]).delayed] == [0.6, 0.9]


def test_a_policy_on_what_the_cut_leaves_out_is_no_silent_matter(write):
    write(
        "more",
        f'[cut]\nplaces = [{PLACES}, "bo-yacuiba"]\n\n[regions.andes]\ncountries = ["PE", "BO"]\n{BOLIVIA}',
    )
    name = write("less", f"[cut]\nplaces = [{PLACES}]\n", base="more.toml")
    policy = write("only", "[policy]\n[countries.BO]\nintegrity = 0.9\n", base=None)
    both = write(
        "both", "[policy]\n[countries.BO]\nintegrity = 0.9\n[countries.PE]\nintegrity = 0.9\n", base=None
    )
    assert load_scenario("more.toml", [policy]).value("countries.BO.integrity") == 0.9
    with pytest.raises(Faults, match=r"changes only outside the cut: countries\.BO\.integrity"):
        load_scenario(name, [policy])
    assert load_scenario(name, [both]).value(INTEGRITY) == 0.9


PLACES = '"pe-vrae", "pe-kimbiri", "pe-cusco", "pe-huancayo", "pe-lima", "pe-callao"'
FIGURE = '{{ value = {0}, low = {0}, high = {0}, status = "assumed", note = "for tests" }}'
BOLIVIA = "\n[countries.BO]\nstance = \"show\"\n" + "".join(
    f"{key} = {FIGURE.format(figure)}\n"
    for key, figure in {
        "interdiction_strength": 1,
        "own_budget_usd_per_month": 1000,
        "aid_usd_per_month": 0,
        "aid_disbursement": 1,
        "integrity": 0.5,
        "population": 1_000_000,
        "base_homicides_per_100k": 5,
    }.items()
)  # fmt: skip


def test_numbers_that_count_against_the_file_are_told_as_they_were(laid):
    path = "countries.PE.own_budget_usd_per_month"
    plain = laid()
    assert plain.file_figures == {}
    doubled = laid(settings=[f"{path}.times=2", "countries.PE.integrity=0.8"])
    assert doubled.file_figures == {path: plain.value(path)}
    assert doubled.value(path) == 2 * plain.value(path)
    assert doubled.hash != laid(settings=["countries.PE.integrity=0.8"]).hash != plain.hash


def test_emptying_a_list_is_an_effect():
    scenario = load_scenario("guatemala-2011", settings=["brokers.zetas.places_held=[]"])
    assert scenario.ids("brokers.zetas.places_held") == ()
