"""The page of a comparison: its parts are used, names stay text, it runs in a browser without a request."""

import json
import re
import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from trasiego.analysis.comparison import compare_arms
from trasiego.analysis.outcomes import KINDS, Measured, OutcomeKey
from trasiego.report import comparison, page
from trasiego.report.comparison_strings import comparison_texts
from trasiego.scenario import read_policy

TOOLS = runpy.run_path(str(Path(__file__).with_name("browser.py")))
PARTS = page.PAGE / comparison.PARTS
HOSTILE = "</script><b id='hostile'>&"


def measured(seed, factor=1.0, added=0.0):
    """Return made-up figures of eight runs for every outcome; the same seed gives the same noise."""
    draws = np.random.default_rng(seed)
    values = {}
    for kind in KINDS:
        entities = {"market_price": ("us-west", "eu-uk"), "inflow": ("GT", "MX", "HN", "US")}.get(
            kind.id, ("world",)
        )
        for entity in entities:
            values[OutcomeKey(kind.id, entity)] = factor * (
                100 + draws.normal(size=8)
            ) + added * draws.normal(size=8)
    return Measured(values, tuple(range(8)), 1, "0", ("2010-01", "2012-12"))


@pytest.fixture(scope="module")
def made():
    policies = [read_policy("guatemala-budget-20")]
    arms = {
        "A": (policies, measured(1, 0.9)),
        "A+B": (policies, measured(1, 1.0, 0.1)),
        "C": (policies, measured(1)),
    }
    about = {
        "scenario": "x",
        "title": HOSTILE,
        "scenario_hash": "0",
        "trasiego_version": "0",
        "months": 36,
        "start": "2010-01",
    }
    return compare_arms(measured(1), arms, about)


@pytest.fixture(scope="module")
def written(built, made, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "comparison.html"
    comparison.write_comparison_page(made, path)
    return path


def test_every_part_is_used_and_makes_no_markup_from_texts():
    own = [name for name in comparison.SCRIPTS if "/" in name]
    assert sorted(own) == sorted(f"{comparison.PARTS}/{path.name}" for path in PARTS.glob("*.js"))
    for name in own:
        script = (page.PAGE / name).read_text("utf-8")
        for word in ("innerHTML", "insertAdjacentHTML", ".html(", "eval(", "fetch(", "XMLHttpRequest"):
            assert word not in script, f"{name} has {word}"


def test_every_text_that_is_asked_for_is_there_and_every_text_is_used():
    texts = set(comparison_texts())
    scripts = "".join(path.read_text("utf-8") for path in PARTS.glob("*.js"))
    programs = Path(comparison.__file__).read_text("utf-8")
    frame = set(re.findall(r"\$(\w+)", (PARTS / "index.html").read_text("utf-8")))
    asked = set(re.findall(r'page\.text\("([^"]+)"', scripts)) | set(
        re.findall(r'words\["([^"]+)"', programs)
    )
    assert len(asked) > 20
    assert asked <= texts
    quoted = set(re.findall(r'"([\w-]+)"', scripts)) | {"page_title", "nothing"}
    assert texts - asked - frame - quoted == set()


def test_hostile_names_stay_text(written):
    text = written.read_text("utf-8")
    assert "<b id=" not in text
    assert "unsafe-inline" not in text
    payload = re.search(
        r'<script type="application/json" id="payload">(.*?)</script>', text, re.DOTALL
    ).group(1)
    assert json.loads(payload)["title"] == HOSTILE


@pytest.mark.skipif(TOOLS["program"]() is None, reason="chromium is not installed")
def test_the_page_runs_and_shows_what_was_found(written, made, tmp_path_factory):
    browser = TOOLS["Browser"](tmp_path_factory.mktemp("profile"))
    try:
        browser.open(written)
        assert browser.faults() == []
        assert browser.requests() == [written.as_uri()]
        count = "document.querySelectorAll('{}').length"
        world = [row for row in made.outcomes if row.entity == "world"]
        told = sum(each.distinct for row in world for each in row.differences)
        assert browser.run(count.format("#changes-table tbody tr")) == len(world)
        assert browser.run(count.format("#changes-table svg.told")) == told > 0
        assert browser.run(count.format("#countries-table tbody tr")) == 4
        assert browser.run(count.format("#apart-table thead th")) == 4
        before = browser.run("document.getElementById('share').textContent")
        browser.run("(arm.value = '2', arm.dispatchEvent(new Event('change')))")
        assert browser.run("document.getElementById('share').textContent") != before
    finally:
        browser.close()


def test_one_arm_alone_has_nothing_to_be_told_from(built, made):
    alone = replace(made, arms=made.arms[:1], pairs=())
    payload = comparison.comparison_payload(alone, comparison_texts())
    assert payload["pairs"] == []
    assert [policy["name"] for policy in payload["policies"]] == ["guatemala-budget-20"]
