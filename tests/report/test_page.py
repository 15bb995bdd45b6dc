import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from trasiego.analysis import scorecard, summarise
from trasiego.common.faults import Faults
from trasiego.report import page, write_report
from trasiego.report.strings import page_texts

HOSTILE = "</script><b id='hostile'>&\u2028<!--"


def payload_of(text):
    return re.search(r'<script type="application/json" id="payload">(.*?)</script>', text, re.DOTALL).group(1)


def test_the_page_of_the_whole_route_stays_small(write, full):
    size = write(full).stat().st_size
    assert 1_000_000 < size < 3_000_000


def test_hostile_names_stay_text(write, make_result, ledger):
    result = make_result(runs=2, months=4)
    names = result.dataset["place_name"].values.astype("U80")
    names[:] = HOSTILE
    result.dataset = result.dataset.assign_coords(place_name=("place", names))
    result.manifest["scenario_title"] = HOSTILE
    result.manifest["settings"] = [HOSTILE]
    result.manifest["events"][0]["text"] = HOSTILE
    claims = {"f001": SimpleNamespace(**{**vars(ledger.claims["f001"]), "statement": HOSTILE})}
    text = write(result, SimpleNamespace(claims=claims, sources=ledger.sources)).read_text("utf-8")
    assert "<b id=" not in text
    assert "&lt;/script&gt;&lt;b id" in text, "the title is shown, escaped"
    payload = json.loads(payload_of(text))
    assert payload["places"]["name"][0] == HOSTILE
    assert payload["evidence"]["claims"][0]["statement"] == HOSTILE
    assert not set("<>&\u2028") & set(payload_of(text))


def test_dollars_and_braces_in_names_stay_as_they_are(write, make_result):
    result = make_result(runs=1, months=3)
    result.manifest["scenario_title"] = "$payload ${scripts} {scenario}"
    assert "<h1>$payload ${scripts} {scenario}</h1>" in write(result).read_text("utf-8")


def test_the_page_asks_for_nothing(write, small):
    text = write(small).read_text("utf-8")
    outside = text.replace(payload_of(text), "")
    assert not re.findall(r"<(?:link|img|iframe|object|embed|video|audio|source|base)\b", outside)
    assert not re.findall(r"""\b(?:src|action|srcset)\s*=\s*["']""", outside.split("<script>")[0])
    assert "default-src &#x27;none&#x27;" in text
    assert "unsafe-inline" not in text


def test_own_parts_make_no_markup_from_texts_and_no_requests():
    for name in page.SCRIPTS:
        script = (page.PAGE / name).read_text("utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            ".html(",
            "eval(",
            "fetch(",
            "XMLHttpRequest",
            "import(",
        ):
            assert word not in script, f"{name} has {word}"


def test_every_script_and_style_is_used():
    assert sorted(page.SCRIPTS) == sorted(path.name for path in page.PAGE.glob("*.js"))
    assert sorted(page.STYLES) == sorted(path.name for path in page.PAGE.glob("*.css"))


def test_every_text_that_is_asked_for_is_there_and_every_text_is_used():
    texts = set(page_texts())
    scripts = "".join((page.PAGE / name).read_text("utf-8") for name in page.SCRIPTS)
    programs = "".join(
        path.read_text("utf-8")
        for path in page.PAGE.parent.glob("*.py")
        if path.stem not in ("strings", "labels")
    )
    frame = set(re.findall(r"\$(\w+)", (page.PAGE / "index.html").read_text("utf-8")))
    asked = set(re.findall(r'page\.text\("([^"]+)"', scripts))
    asked |= set(re.findall(r'texts\["([^"]+)"', programs))
    assert len(asked) > 50
    assert asked <= texts
    filled_in = {
        "policy",
        "styles",
        "run_line",
        "scenario_title",
        "warnings",
        "payload",
        "scripts",
        "licences",
    }
    assert frame - filled_in <= texts
    families = set(re.findall(r"page\.text\(`(\w+_)\$", scripts))
    assert {"view_", "verdict_", "figure_", "series_"} <= families
    named = {text for text in texts if "." in text or text.startswith(tuple(families))}
    quoted = set(re.findall(r'"([\w-]+)"', scripts + programs))
    assert texts - asked - frame - named - quoted == set()


def test_every_kind_of_thing_has_a_label():
    from trasiego.world.geography import MODES, PLACE_KINDS

    texts = page_texts()
    assert {f"mode.{mode}" for mode in MODES} <= set(texts)
    assert {f"place.{kind}" for kind in PLACE_KINDS} <= set(texts)


def test_missing_browser_code_is_one_fault_that_names_the_command(small, ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(page, "VENDOR", tmp_path / "vendor")
    with pytest.raises(Faults) as raised:
        write_report(small, [], summarise(small), ledger, tmp_path / "report.html")
    (fault,) = raised.value.faults
    assert "d3.min.js" in fault.found
    assert "pip install -e ." in fault.do
    assert list(tmp_path.iterdir()) == []


def test_folders_above_the_report_are_made(built, small, ledger, tmp_path):
    path = tmp_path / "new" / "folder" / "report.html"
    write_report(small, [], summarise(small), ledger, path)
    assert [entry.name for entry in path.parent.iterdir()] == ["report.html"]


def test_a_folder_is_no_name_for_a_report(built, small, ledger, tmp_path):
    with pytest.raises(Faults) as raised:
        write_report(small, [], summarise(small), ledger, tmp_path)
    assert raised.value.faults[0].file == str(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_when_writing_fails(built, small, ledger, tmp_path, monkeypatch):
    def broken(path, target):
        raise OSError("no space")

    monkeypatch.setattr(page.os, "replace", broken)
    with pytest.raises(OSError, match="no space"):
        write_report(small, scorecard(small), summarise(small), ledger, tmp_path / "report.html")
    assert list(tmp_path.iterdir()) == []


def test_a_script_that_would_end_its_element_is_refused():
    with pytest.raises(ValueError):
        page.harmless_script("let a = '</ScRipt>';")
    assert page.harmless_script("let a = 1 < 2;") == "let a = 1 < 2;"


def test_scenario_that_is_gone_is_none(small):
    assert page.scenario_that_ran({**small.manifest, "scenario_name": "no-such-scenario"}) is None


def test_attributions_are_shown(write, small):
    text = write(small).read_text("utf-8")
    for word in ("Natural Earth", "GeoNames", "CC BY 4.0", "d3 7.", "topojson-client 3."):
        assert word in text


def test_page_parts_hold_no_address():
    for path in [*page.PAGE.glob("*.js"), *page.PAGE.glob("*.css"), page.PAGE / "index.html"]:
        assert "http" not in path.read_text("utf-8").replace("http-equiv", ""), Path(path).name
