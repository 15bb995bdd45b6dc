"""A budget that a policy changes from the start on changes what enforcement can do."""

import numpy as np
import pytest

from trasiego.model.schedule import start_run

OWN = "countries.PE.own_budget_usd_per_month"
AID = "countries.PE.aid_usd_per_month"


def effort(world):
    """Effort of Peru before the first month."""
    return start_run(world, 1, 0).effort[world.names.countries.index("PE")]


def test_twice_the_budget_is_twice_the_effort(valley):
    _scenario, plain = valley(settings=[f"{AID}=0"])
    _scenario, doubled = valley(settings=[f"{AID}=0", f"{OWN}.times=2"])
    scenario, more_aid = valley(settings=[f"{AID}.times=3"])
    before = valley()[0]
    own, aid, paid = (
        before.value(f"countries.PE.{key}")
        for key in ("own_budget_usd_per_month", "aid_usd_per_month", "aid_disbursement")
    )
    strength = before.value("countries.PE.interdiction_strength")
    assert effort(plain) == pytest.approx(strength * own / (own + aid * paid))
    assert effort(doubled) == pytest.approx(2 * effort(plain))
    assert effort(more_aid) == pytest.approx(strength * (own + 3 * aid * paid) / (own + aid * paid))
    assert np.isfinite(effort(more_aid)) and scenario.file_budgets == {"PE": own + aid * paid}


def test_a_budget_in_the_file_itself_is_the_one_that_strength_speaks_of(valley):
    scenario, world = valley()
    assert scenario.file_budgets == {}
    assert effort(world) == pytest.approx(scenario.value("countries.PE.interdiction_strength"))
