import json
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

TOOLS = runpy.run_path(str(Path(__file__).with_name("browser.py")))
HOSTILE = "</script><b class='hostile'>x</b><img src=x onerror='window.harmed = true'>"

pytestmark = pytest.mark.skipif(TOOLS["program"]() is None, reason="chromium is not installed")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    started = TOOLS["Browser"](tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


@pytest.fixture
def open_page(browser):
    def start(path, width=1280):
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.call("Emulation.setDeviceMetricsOverride", **size)
        browser.open(path)
        return browser

    return start


@pytest.fixture(scope="module")
def report(write, full):
    return write(full)


def test_the_page_runs_without_errors_and_asks_for_nothing_but_itself(open_page, report):
    browser = open_page(report)
    assert browser.faults() == []
    assert browser.requests() == [report.as_uri()]


def test_the_check_sees_errors_and_requests(open_page, report, tmp_path):
    broken = tmp_path / "broken.html"
    page = "<html data-ready='yes'><img src='other.png'><script>missing();</script></html>"
    broken.write_text(page, encoding="utf-8")
    browser = open_page(broken)
    assert browser.faults()
    assert len(browser.requests()) == 2


def test_the_slider_changes_the_month_the_values_and_the_map(open_page, report):
    browser = open_page(report)
    look = """({
      month: document.getElementById("month").textContent,
      value: document.querySelector("#side .now").textContent,
      map: document.querySelector("#map canvas").toDataURL(),
      said: document.getElementById("slider").getAttribute("aria-valuetext"),
    })"""
    before = browser.run(look)
    assert before["month"] == "December 2022"
    browser.run("""(() => {
      const slider = document.getElementById("slider");
      slider.value = 17;
      slider.dispatchEvent(new Event("input"));
    })()""")
    browser.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    after = browser.run(look)
    assert after["month"] == after["said"] == "June 2009"
    assert after["value"] != before["value"]
    assert after["map"] != before["map"]
    assert browser.run('document.getElementById("month-events").textContent').startswith("An alleged leader")


def test_play_moves_on_and_stops(open_page, report):
    browser = open_page(report)
    browser.run('document.getElementById("play").click()')
    browser.run("new Promise((done) => setTimeout(done, 1500))")
    browser.run('document.getElementById("play").click()')
    month = browser.run('Number(document.getElementById("slider").value)')
    assert 0 < month < 30, "it starts again at the first month"
    browser.run("new Promise((done) => setTimeout(done, 600))")
    assert browser.run('Number(document.getElementById("slider").value)') == month


def test_every_part_of_the_page_is_filled(open_page, report):
    browser = open_page(report)
    counts = json.loads(
        browser.run("""JSON.stringify(Object.fromEntries([
          "#charts svg .middle", "#side svg .band", "#ladder .model-dot", "#events-table tbody tr",
          "#country-corridors tbody tr", "#groups-table tbody tr", "#scorecard-table tbody tr",
          "#claims-list li",          "#figure-list div", "#legend svg", "#violence-table tbody tr",
        ].map((each) => [each, document.querySelectorAll(each).length])))""")
    )
    assert all(number > 0 for number in counts.values()), counts
    assert counts["#events-table tbody tr"] == 6
    assert (
        browser.run(
            'document.body.innerText.includes("undefined") || document.body.innerText.includes("NaN")'
        )
        is False
    )


def test_claims_are_searched_without_accents_and_by_all_words(open_page, report):
    browser = open_page(report)
    browser.run("""(() => {
      const search = document.getElementById("claims-search");
      search.value = "PERÚ 507 kilogram";
      search.dispatchEvent(new Event("input"));
    })()""")
    assert browser.run('document.querySelectorAll("#claims-list li").length') == 1
    assert browser.run('document.querySelector("#claims-list li").id') == "claim-f007"


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_is_wider_than_the_window(open_page, report, width):
    browser = open_page(report, width=width)
    assert browser.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert width - 20 <= browser.run("document.documentElement.clientWidth") <= width


def test_hostile_names_do_no_harm(open_page, write, make_result, ledger):
    result = make_result(runs=2, months=4)
    names = result.dataset["place_name"].values.astype("U120")
    names[:] = HOSTILE
    result.dataset = result.dataset.assign_coords(place_name=("place", names))
    result.manifest["scenario_title"] = HOSTILE
    claims = {"f001": SimpleNamespace(**{**vars(ledger.claims["f001"]), "statement": HOSTILE})}
    path = write(result, SimpleNamespace(claims=claims, sources=ledger.sources))
    browser = open_page(path)
    assert browser.run("window.harmed") is None
    assert browser.run('document.querySelectorAll(".hostile, img").length') == 0
    assert browser.run('document.querySelector("h1").textContent') == HOSTILE
    assert browser.run('document.getElementById("claims-list").textContent').count(HOSTILE) == 1
    assert browser.requests() == [path.as_uri()]


def test_a_single_run_has_no_bands_and_no_choice_of_them(open_page, write, make_result):
    browser = open_page(write(make_result(runs=1, months=24)))
    assert browser.faults() == []
    assert browser.run('document.querySelectorAll(".band, .band-wide").length') == 0
    assert browser.run('document.getElementById("quantity").hidden') is True
