"""Budgets and eradication that a policy changes from the start on change what they are meant to."""

import pytest

from trasiego.model.balance import Balance
from trasiego.model.schedule import run_month, start_run

OWN = "countries.PE.own_budget_usd_per_month"
AID = "countries.PE.aid_usd_per_month"
ERADICATION = "zones.pe-vrae.eradication_ha_per_year"


def after(world, months=2):
    """Return a run after its first months."""
    run = start_run(world, 1, 0)
    balance = Balance(run.state)
    for month in range(months):
        run_month(run, month, balance)
        balance.close_month(run.state)
    return run


def effort(world):
    return after(world).effort[world.names.countries.index("PE")]


def test_twice_the_budget_is_twice_the_effort(valley):
    scenario, plain = valley()
    own, aid, paid = (
        scenario.value(f"countries.PE.{key}")
        for key in ("own_budget_usd_per_month", "aid_usd_per_month", "aid_disbursement")
    )
    strength, budget = scenario.value("countries.PE.interdiction_strength"), own + aid * paid
    assert effort(plain) == pytest.approx(strength)
    changed, doubled = valley(settings=[f"{OWN}.times=2"])
    assert changed.file_figures == {OWN: own}
    assert effort(doubled) == pytest.approx(strength * (budget + own) / budget)
    assert after(doubled).state.authority.own_budget_usd.tolist()[0] == 2 * own
    _scenario, more_aid = valley(settings=[f"{AID}.times=3"])
    assert effort(more_aid) == pytest.approx(strength * (own + 3 * aid * paid) / budget)


def test_twice_the_eradication_takes_area(valley):
    scenario, plain = valley()
    _scenario, doubled = valley(settings=[f"{ERADICATION}.times=2"])
    taken = scenario.value(ERADICATION) / 12 * scenario.value("production.eradication_effect")
    assert taken > 0
    before, later = (after(world, 1).state.sources.area_ha[0] for world in (plain, doubled))
    assert before - later == pytest.approx(taken)


def test_figures_of_the_file_itself_are_what_the_model_counts_against(valley):
    scenario, world = valley()
    assert scenario.file_figures == {} and world.delayed == ()
