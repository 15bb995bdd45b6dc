"""The page of a network: names stay text, it runs without a request, a click shows who says so."""

import json
import re
import runpy
from pathlib import Path

import pytest

from tests.reading.network.small import MERGE, SECRETS, entity, relation, two_reports
from tests.reading.review.sample import candidates
from trasiego.common.predicates import PREDICATES
from trasiego.evidence.own import OwnLedger
from trasiego.reading.candidate import MODALITIES
from trasiego.reading.network import graph_of
from trasiego.reading.persons import persons_of
from trasiego.report import network, page
from trasiego.report.network_strings import network_texts

TOOLS = runpy.run_path(str(Path(__file__).with_name("browser.py")))
PARTS = page.PAGE / network.PARTS
HOSTILE = "</script><b id='hostile'>&"


@pytest.fixture(scope="module")
def graph():
    hostile = [
        entity("c.txt", HOSTILE, "group"),
        relation("c.txt", "c1", HOSTILE, "protects", "trucks", HOSTILE),
    ]
    return graph_of([*two_reports(), *hostile], [MERGE])


@pytest.fixture(scope="module")
def written(built, graph, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "network.html"
    network.write_network_page(graph, path, "claims.jsonl")
    return path


def test_every_part_is_used_and_makes_no_markup_from_texts():
    own = [name for name in network.SCRIPTS if "/" in name]
    assert sorted(own) == sorted(f"{network.PARTS}/{path.name}" for path in PARTS.glob("*.js"))
    for name in own:
        script = (page.PAGE / name).read_text("utf-8")
        for word in ("innerHTML", "insertAdjacentHTML", ".html(", "eval(", "fetch(", "XMLHttpRequest"):
            assert word not in script, f"{name} has {word}"


def test_every_text_that_is_asked_for_is_there_and_every_text_is_used():
    texts = network_texts()
    scripts = "".join(path.read_text("utf-8") for path in PARTS.glob("*.js"))
    programs = Path(network.__file__).read_text("utf-8")
    frame = set(re.findall(r"\$(\w+)", (PARTS / "index.html").read_text("utf-8")))
    asked = set(re.findall(r'page\.text\("([^"]+)"', scripts)) | set(
        re.findall(r'words\["([^"]+)"', programs)
    )
    assert asked <= set(texts)
    quoted = set(re.findall(r'"([\w-]+)"', scripts)) | {"page_title", "nothing"}
    plain = {key for key in texts if "." not in key}
    assert plain - asked - frame - quoted == set()
    assert {f"predicate.{name}" for name in PREDICATES} <= set(texts)
    assert {f"modality.{name}" for name in MODALITIES} <= set(texts)


def test_hostile_names_stay_text_and_persons_stay_unnamed(written):
    text = written.read_text("utf-8")
    assert "<b id=" not in text
    assert not [secret for secret in SECRETS if secret in text]
    payload = re.search(
        r'<script type="application/json" id="payload">(.*?)</script>', text, re.DOTALL
    ).group(1)
    assert HOSTILE in [node["label"] for node in json.loads(payload)["nodes"]]


@pytest.mark.skipif(TOOLS["program"]() is None, reason="chromium is not installed")
def test_the_page_runs_and_a_click_shows_who_says_so(written, graph, tmp_path_factory):
    browser = TOOLS["Browser"](tmp_path_factory.mktemp("profile"))
    try:
        browser.open(written)
        assert browser.faults() == []
        assert browser.requests() == [written.as_uri()]
        count = "document.querySelectorAll('{}').length"
        tied = {end for one, other in graph.edges() for end in (one, other)}
        assert browser.run(count.format(".party")) == len(tied) < len(graph)
        assert browser.run(count.format(".tie")) == graph.number_of_edges() - 1  # two say the same
        assert browser.run(count.format(".tie.unsure")) == 2
        assert browser.run(count.format("#statements-table tbody tr")) == graph.number_of_edges()
        leads = (
            "[...document.querySelectorAll('.tie.unsure')].find((tie) => tie.ariaLabel.includes(' leads '))"
        )
        click = f"{leads}.dispatchEvent(new MouseEvent('click', {{bubbles: true}}))"
        browser.run(click)
        shown = browser.run("document.getElementById('sources').innerText")
        for part in ("head of the group leads Los Tucanes", "alleged", "according to", "El Ejemplo"):
            assert part in shown
        browser.run("(alone.checked = true, alone.dispatchEvent(new Event('change')))")
        assert browser.run(count.format(".party")) == len(graph)
        choose = "document.getElementById('document')"
        browser.run(f"({choose}.value = 'b.txt', {choose}.dispatchEvent(new Event('change')))")
        assert browser.run(count.format("#statements-table tbody tr")) == 3
    finally:
        browser.close()


def test_the_network_of_a_ledger_stands_beside_a_report_without_names(built, tmp_path):
    every = candidates()
    with OwnLedger(tmp_path / "own.sqlite", create=True) as own:
        own.enter(every[:2], persons_of(every))
        assert network.write_ledger_network(tmp_path / "own.sqlite", tmp_path) == ""
        own.enter(every, persons_of(every))
    assert network.write_ledger_network(tmp_path / "own.sqlite", tmp_path) == "network.html"
    text = (tmp_path / "network.html").read_text("utf-8")
    assert "Los Ficticios" in text and "Inventado" not in text
    network.write_ledger_network(tmp_path / "own.sqlite", tmp_path, with_names=True)
    assert "Inventado" in (tmp_path / "network.html").read_text("utf-8")
