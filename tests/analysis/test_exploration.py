"""Sensitivity and calibration: known answers through the same code, the same bits after a stop, V unread."""

import hashlib
import json
import shutil
import sys
from types import SimpleNamespace

import numpy as np
import pyarrow.parquet as pq
import pytest

import trasiego as tr
from trasiego import exploring
from trasiego.analysis import patterns as patterns_module
from trasiego.analysis import scorecard
from trasiego.analysis.exploration import study as study_module
from trasiego.analysis.exploration.calibration import own_figures
from trasiego.analysis.exploration.chosen import chosen_numbers, subjects_of
from trasiego.analysis.exploration.figures import pattern_figures
from trasiego.analysis.exploration.waves import implausibility, order_of
from trasiego.common.faults import Faults
from trasiego.common.paths import data_folder
from trasiego.ensemble.parameters import Ranges
from trasiego.scenario import load_scenario

WEIGHTS = {
    "production.supply_spread": 8.0,
    "production.season_amplitude": 4.0,
    "production.area_price_elasticity": 2.0,
}
SMALL = {"numbers": ["production.*"], "count": 4, "months": 4, "runs": 2}


class Stop(Exception):
    """Ends a study in a test as a fault of the program would."""


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("vrae-2010")


def in_cube(study, figures):
    """The figures of the numbers as parts of their ranges."""
    ranges = Ranges(study.numbers)
    scaled = np.where(ranges.wide, np.log(np.maximum(figures, 1e-300)), figures)
    return (scaled - ranges.low) / (ranges.high - ranges.low)


@pytest.fixture
def fake(monkeypatch):
    """A model of which all is known: weights on three numbers, and noise that differs from run to run."""
    model = SimpleNamespace(noise=0.0, hole=lambda at: np.zeros(len(at), bool), weights=WEIGHTS)

    def measured(study, figures, run_numbers, **works):
        at = in_cube(study, figures)
        weights = np.array([model.weights.get(number.path, 0.0) for number in study.numbers])
        values = at @ weights
        # A digest of the point, so that noise depends on nothing but the point and the run.
        seeds = [int(hashlib.sha256(row.tobytes()).hexdigest()[:8], 16) for row in figures]
        noise = [np.random.default_rng((s, r)).normal() for s, r in zip(seeds, run_numbers, strict=True)]
        values = values + model.noise * np.array(noise)
        values[model.hole(at)] = np.nan
        return np.repeat(values[:, None], len(study.figures), axis=1)

    monkeypatch.setattr(study_module, "measured_rows", measured)
    return model


def test_morris_finds_the_known_ranking(fake, scenario):
    fake.noise = 0.05
    found = exploring.sensitivity(scenario, count=8, numbers=["production.*"], outcomes=["delivered"])
    ranking = found.ranking("delivered")
    assert [each.number for each in ranking.effects[:3]] == list(WEIGHTS)
    assert [each.index.total for each in ranking.effects[:3]] == pytest.approx([8, 4, 2], abs=0.2)
    assert [each.is_clear for each in ranking.effects] == [True] * 3 + [False] * 4
    assert ranking.chance == pytest.approx(2 * 0.05 / np.sqrt(2 * np.pi) * 1.5, rel=0.3)
    assert found.points == 8 * 8
    assert found.driving.claims[0].id in scenario.number("production.supply_spread").claims
    assert "production.season_amplitude" in [each.number for each in found.driving.unsupported]


def test_sobol_finds_the_known_shares(fake, scenario):
    found = exploring.sensitivity(scenario, "sobol", 256, ["production.*"], ["delivered"], 1)
    effects = found.ranking("delivered").effects
    assert [each.number for each in effects[:3]] == list(WEIGHTS)
    ranges = Ranges([scenario.number(path) for path in WEIGHTS])
    even = np.linspace(0, 1, 2001)[:, None].repeat(3, 1)
    spread = list(WEIGHTS.values()) * ranges.at(even).std(axis=0) / (ranges.high - ranges.low)
    shares = spread**2 / np.sum(spread**2)
    assert [each.index.total for each in effects[:3]] == pytest.approx(list(shares), abs=0.05)
    assert [each.is_clear for each in effects] == [None] * 7


def test_numbers_of_a_table_move_together(fake, scenario):
    found = exploring.sensitivity(
        scenario, count=20, numbers=["production.*", "market.*"], outcomes=["seized"], by="table"
    )
    first, second = found.ranking("seized").effects
    assert (first.number, second.number) == ("production", "market")
    assert second.index.total == 0 and set(WEIGHTS) <= set(first.numbers)
    assert found.points == 20 * 3


def test_trajectories_without_an_answer_are_left_out(fake, scenario):
    fake.hole = lambda at: at[:, -1] > 0.9
    found = exploring.sensitivity(scenario, count=12, numbers=["production.*"], outcomes=["delivered"])
    assert 2 <= found.ranking("delivered").blocks < 12
    assert [each.number for each in found.ranking("delivered").effects[:3]] == list(WEIGHTS)
    fake.hole = lambda at: np.ones(len(at), bool)
    found = exploring.sensitivity(scenario, count=4, numbers=["production.*"], outcomes=["delivered"])
    assert found.unanswered == ("delivered",) and found.rankings == ()


def test_where_no_point_fits_the_nearest_is_given_and_no_range(fake, scenario):
    fake.weights = {"production.supply_spread": 400.0}  # never the 800 to 1,000 of the price
    found = exploring.calibrate(scenario, ["production.*"], 8, 2, 2)
    assert {each.figure for each in found.bounds} == {"vrae-volume/outflow", "price-source/paste"}
    assert found.kept == () and not found.holds
    assert all(each.left is None and each.split is None for each in found.remaining)
    assert found.implausible[found.nearest] == min(found.implausible)


def test_waves_go_where_the_bands_are(fake, scenario, monkeypatch):
    fake.weights = {"production.supply_spread": 400.0}
    only = tuple(figure for figure in own_figures(scenario, 60) if "volume" in figure.id)
    monkeypatch.setattr("trasiego.analysis.exploration.calibration.own_figures", lambda *_: only)
    found = exploring.calibrate(scenario, ["production.*"], 64, 3, 2)
    left = {each.number: each for each in found.remaining}
    told = left["production.supply_spread"]
    assert told.is_split and told.left < 0.3 and told.low < told.kept_low < told.kept_high < told.high
    assert sum(each.is_split for each in found.remaining) == 1
    worst = np.array(found.implausible).reshape(3, 64)
    kept = (worst <= 3).mean(axis=1)
    assert kept[2] > 0.5 > 0.3 > kept[0] > 0
    assert found.holds and found.nearest == found.kept[0]
    assert {claim.id for claim in found.driving.claims} >= {"s024", "s042", "f177"}


def test_implausibility_by_hand():
    every = {figure.id: figure for figure in pattern_figures()}
    price, volume = every["price-source/paste"], every["vrae-volume/outflow"]
    runs = [[(900, 200), (900, 200)], [(800, 220), (800, 220)], [(0, 190), (0, 210)]]
    found = np.array(runs, dtype=float)
    result = implausibility((price, volume), found)
    middle = (np.log(800) + np.log(1000)) / 2
    assert result[0] == pytest.approx([abs(np.log(900) - middle) / (np.log(1.25) / 4), 0.0])
    assert result[1] == pytest.approx([2.0, 2.0])
    assert result[2, 0] == np.inf and result[2, 1] == 0.0
    assert order_of(result) == [0, 1, 2]
    noisy = implausibility((volume,), np.array([[[220.0], [260.0]]]))
    assert noisy[0, 0] == pytest.approx(40 / np.sqrt(10**2 + 800 / 2))


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.mark.parametrize("command", ["sensitivity", "calibrate"])
def test_a_stopped_study_goes_on_to_the_same_bits(command, tmp_path, monkeypatch):
    monkeypatch.setattr(study_module, "CHUNK_ROWS", 8)
    if command == "sensitivity":
        call, again = exploring.sensitivity, exploring.resume_sensitivity
        sizes = {"numbers": ["production.[ps]*"], "count": 3, "months": 4}
    else:
        call, again = exploring.calibrate, exploring.resume_calibrate
        sizes = {"numbers": ["production.[ps]*"], "count": 6, "waves": 2, "months": 30, "runs": 2}
    call("vrae-2010", out=tmp_path / "whole", threads=1, **sizes)

    def stop(step):
        if step.stage == "run" and step.done > 18:
            raise Stop

    with pytest.raises(Stop):
        call("vrae-2010", out=tmp_path / "cut", threads=2, progress=stop, **sizes)
    assert [path.name for path in (tmp_path / "cut.unfinished" / "chunks").glob("runs-*1[0-9]*")]
    again(tmp_path / "cut", threads=2)
    assert digests(tmp_path / "whole") == digests(tmp_path / "cut")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cut", "whole"]


def test_a_study_goes_on_only_as_it_began_and_by_its_own_command(tmp_path):
    def stop(step):
        if step.stage == "run" and step.done > 24:
            raise Stop

    with pytest.raises(Stop):
        exploring.sensitivity("vrae-2010", out=tmp_path / "cut", progress=stop, **SMALL)
    with pytest.raises(Faults, match="not finished"):
        exploring.sensitivity("vrae-2010", out=tmp_path / "cut", **SMALL)
    with pytest.raises(Faults, match="trasiego sensitivity began"):
        tr.resume(tmp_path / "cut")
    with pytest.raises(Faults, match="trasiego sensitivity --resume"):
        exploring.resume_calibrate(tmp_path / "cut")
    with pytest.raises(Faults, match="with which the study began"):
        exploring.sensitivity("vrae-2010", out=tmp_path / "cut", resume=True, **{**SMALL, "count": 5})


def test_the_folder_has_what_the_result_has(tmp_path):
    found = exploring.sensitivity("vrae-2010", out=tmp_path / "out", outcomes=["seized", "price"], **SMALL)
    assert digests(tmp_path / "out").keys() == {
        "sensitivity.json", "effects.parquet", "points.parquet", "runs.parquet",
    }  # fmt: skip
    stored = json.loads((tmp_path / "out" / "sensitivity.json").read_text())
    assert stored == json.loads(json.dumps(found.to_dict()))
    points = pq.read_table(tmp_path / "out" / "points.parquet").to_pandas()
    runs = pq.read_table(tmp_path / "out" / "runs.parquet").to_pandas()
    # A point is what a run gives with its figures set: the same draws, run by run.
    point = points.iloc[5]
    settings = [f"{path}={float(point[path])!r}" for path in found.numbers]
    result = tr.run("vrae-2010", 2, 1, 4, settings=settings)
    assert runs[runs.point == 5]["seized"].tolist() == pytest.approx(
        list(result.dataset["seized_kg"].values.sum(axis=1) / 1000 * 3), rel=1e-12
    )


def test_a_folder_is_written_anew_when_asked(tmp_path):
    out, sizes = tmp_path / "out", {"outcomes": ["seized"], "numbers": ["hijack.*"], "count": 2, "months": 2}
    exploring.sensitivity("vrae-2010", out=out, **sizes)
    before = digests(out)
    (out / "runs.parquet").write_text("spoilt")
    with pytest.raises(Faults, match="there already"):
        exploring.sensitivity("vrae-2010", out=out, **sizes)
    exploring.sensitivity("vrae-2010", out=out, overwrite=True, **sizes)
    assert digests(out) == before


def test_the_nearest_point_is_a_policy_that_gives_its_runs_again(tmp_path):
    out = tmp_path / "fitted"
    found = exploring.calibrate("vrae-2010", ["zones.pe-vrae.*"], 4, 1, 2, months=36, out=out)
    assert found.left_out == ("zones.pe-vrae.eradication_ha_per_year",)
    result = tr.run("vrae-2010", 2, 1, 36, policies=[str(out / "nearest.toml")], whole_runs=2)
    card = {each.id: each for each in scorecard(result, ("C",))}
    assert found.bounds[0].figure == "price-source/paste"
    assert card["price-source"].median == pytest.approx(found.bounds[0].nearest, rel=1e-12)
    assert digests(out).keys() == {
        "calibration.json", "points.parquet", "runs.parquet", "ranges.parquet", "nearest.toml",
    }  # fmt: skip


def test_v_patterns_are_not_read_whatever_is_in_them(tmp_path, monkeypatch, fake, scenario):
    folder = tmp_path / "patterns"
    shutil.copytree(data_folder("patterns"), folder)
    kinds = {each.id: each.kind for each in patterns_module.load_patterns()}
    for path in folder.glob("*.toml"):
        if kinds.get(path.stem) == "V":
            head = path.read_text("utf-8").partition('kind = "V"')[0]
            path.write_bytes(head.encode() + b'kind = "V"\n[[[ no TOML at all \xff')
    monkeypatch.setattr(patterns_module, "data_folder", lambda name: folder)
    with pytest.raises(Faults):
        patterns_module.load_patterns()
    ids = {figure.id.partition("/")[0] for figure in pattern_figures()}
    assert ids == {name for name, kind in kinds.items() if kind == "C"}
    assert exploring.calibrate(scenario, ["production.*"], 4, 1, 1).figures
    assert exploring.sensitivity(scenario, count=2, numbers=["production.s*"]).figures


def test_numbers_are_chosen_by_name(scenario):
    judged = chosen_numbers(scenario, ())
    assert {number.status for number in judged} == {"assumed", "calibrated"}
    named = chosen_numbers(scenario, ["interdiction.raid*", "production.supply_spread"])
    assert "production.supply_spread" in [number.path for number in named] and len(named) > 3
    assert {subject.name for subject in subjects_of(named, "section")} == {"interdiction", "production"}
    with pytest.raises(Faults) as caught:
        chosen_numbers(scenario, ["production.supply_spred", "nix.*"])
    assert len(caught.value.faults) == 2
    assert caught.value.faults[0].nearest == "production.supply_spread"


def test_without_salib_it_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib.sample", None)
    with pytest.raises(Faults, match=r"pip install 'trasiego\[sensitivity\]'"):
        exploring.sensitivity("vrae-2010", **SMALL)
