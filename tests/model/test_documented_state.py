"""The steps read and write the state that the model documentation says; arrays have its shapes."""

import copy
import sys
from functools import cache, reduce
from pathlib import Path

import numpy as np

from trasiego.model import schedule
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from model_documentation.code import state_variables
from model_documentation.document import SOURCES
from model_documentation.sources import read_rows, read_submodels
from model_documentation.tables import of_step

SETTINGS = (
    "interdiction.raid_rate_per_month=0.2",
    "interdiction.leader_arrest_probability=1",
    "organisation.group_slots=256",
    "kinds.armed_protector.escort_fee_usd_per_kg=1",
    "kinds.armed_protector.escort_minimum_usd=10",
)
MONTHS = 24
# Written so seldom, or with what stands there already, that two years of one scenario don't show it.
SELDOM = {"full_table", "groups.access", "killings", "territory.holder", "broker_capital_usd"}


def part(state, name):
    return reduce(getattr, name.split("."), state)


def variables(run, kinds="fi"):
    found = {name: part(run.state, name) for name in state_variables()}
    return {
        name: each
        for name, each in found.items()
        if isinstance(each, np.ndarray) and each.dtype.kind in kinds
    }


def changed(before, after):
    return {name for name in before if not np.array_equal(before[name], after[name], equal_nan=True)}


def clear(run):
    for array in run.state.flows:
        array[...] = 0.0
    run.state.raided_kg[:] = 0.0
    run.state.killings[:] = 0.0


@cache
def two_years():
    """Return a run after two years, and by step the state variables that it changed on the way."""
    run = schedule.start_run(compile_world(load_scenario("vrae-2010", (), SETTINGS)), 1, 0)
    written = {name: set() for name, _step in schedule.STEPS}
    for month in range(MONTHS):
        clear(run)
        for name, step in schedule.STEPS:
            before = {key: array.copy() for key, array in variables(run).items()}
            step(run, month)
            written[name] |= changed(before, variables(run))
    return run, written


def documented(step, which):
    return set(of_step(read_submodels(SOURCES / "submodels"), step, which))


def test_steps_write_what_the_documentation_says():
    _run, written = two_years()
    for step, names in written.items():
        said = documented(step, "writes")
        assert names <= said, f"{step} also writes {sorted(names - said)}"
        if step != "events":
            unseen = said - names - SELDOM
            assert not unseen, f"{step} does not write {sorted(unseen)}"


def test_steps_read_what_the_documentation_says():
    """Whatever a step's outcome depends on is named: change one variable a little, and see who notices."""
    run, _written = two_years()
    run, month = copy.deepcopy(run, {id(run.world): run.world}), MONTHS
    clear(run)
    for step, act in schedule.STEPS:
        plain = copy.deepcopy(run, {id(run.world): run.world})
        act(plain, month)
        said, seen = documented(step, "reads"), set()
        for name in variables(run, "f"):
            other = copy.deepcopy(run, {id(run.world): run.world})
            array = part(other.state, name)
            array[...] = np.where(array == 0.0, 1e-3, 0.9 * array)
            act(other, month)
            seen |= {name} if changed(variables(plain), variables(other)) - {name} else set()
        # What the month counts from zero is no input of the step that counts it.
        counted = {name for name in documented(step, "writes") if name.startswith("flows.")}
        assert seen - counted <= said, f"{step} also reads {sorted(seen - counted - said)}"
        act(run, month)


def test_state_arrays_have_the_shapes_of_the_documentation():
    run, _written = two_years()
    world = run.world
    sizes = {
        "P": world.places.country.size,
        "N": world.nodes.place.size,
        "L": world.links.tail.size,
        "M": world.opening.offer_group.shape[1],
        "M+1": world.opening.offer_group.shape[1] + 1,
        "G": world.opening.group_kind.size,
        "B": world.principals.share.size,
        "Z": world.zones.node.size,
        "Q": world.markets.node.size,
        "C": world.countries.strength.size,
        "account": run.state.flows.money_usd.size,
        "2": 2,
    }
    for name, row in read_rows(SOURCES / "state-variables.csv").items():
        if row["shape"] == "scalar":
            assert np.ndim(part(run.state, name)) == 0, name
        else:
            said = tuple(sizes[letter] for letter in row["shape"].strip("[]").split(", "))
            assert part(run.state, name).shape == said, name
