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
    assert browser.run('document.getElementById("month-events").textContent').startswith(
        "arrest of a leader: Group 3 An alleged leader"
    )


MARKS = 'document.querySelectorAll("#marks button")'
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
TIP = '(() => { const tip = document.getElementById("tip"); return tip.hidden ? "" : tip.innerText; })()'


def press(browser, key):
    browser.call("Input.dispatchKeyEvent", type="keyDown", key=key, code=key)
    browser.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=key)
    browser.run(FRAMES)


def test_marks_of_events_are_one_stop_of_the_tab_key_and_tell_what_happened(open_page, report):
    browser = open_page(report)
    browser.run(FRAMES)
    assert browser.run(f"{MARKS}.length") == 4  # four months of the run have events
    assert browser.run(f"[...{MARKS}].filter((each) => each.tabIndex === 0).length") == 1
    browser.run(f"{MARKS}[0].focus({{ preventScroll: true }})")
    assert browser.run(TIP).startswith("June 2009\narrest of a leader: Group 3 An alleged leader")
    press(browser, "ArrowRight")
    told = browser.run(TIP)
    assert told.startswith("July 2010")
    assert "raid: Group 5 A raid on 34 houses" in told and "aid: Honduras Aid of 361.5" in told
    assert browser.run("document.activeElement.tabIndex") == 0
    label = browser.run('document.activeElement.getAttribute("aria-label")')
    assert label == "July 2010: raid: Group 5; aid: Honduras"
    browser.run("document.activeElement.click()")
    assert browser.run('document.getElementById("month").textContent') == "July 2010"
    assert browser.run("document.activeElement.classList.contains('now')") is True
    browser.run("document.activeElement.blur()")
    assert browser.run(TIP) == ""


def test_page_keys_on_a_chart_go_from_event_to_event(open_page, report):
    browser = open_page(report)
    browser.run(FRAMES)
    browser.run('document.querySelector("#side svg").focus({ preventScroll: true })')
    month = 'document.getElementById("month").textContent'
    press(browser, "PageUp")
    assert browser.run(month) == "November 2019"
    assert "end of a group: Group 1" in browser.run(TIP)
    press(browser, "PageUp")
    assert browser.run(month) == "March 2014"
    press(browser, "ArrowRight")
    assert browser.run(month) == "April 2014"
    assert browser.run(TIP) == ""
    assert browser.run('document.querySelectorAll("#side svg")[0].querySelectorAll(".event").length') == 4


def test_month_of_an_event_in_the_table_is_shown(open_page, report):
    browser = open_page(report)
    browser.run('document.querySelector("#events-table .go").click()')
    assert browser.run('document.getElementById("month").textContent') == "June 2009"
    assert browser.run('document.querySelectorAll("#events-table .go").length') == 5  # not the one of 2031


@pytest.mark.parametrize("width", [390, 1280])
def test_marks_of_many_events_never_touch_and_lose_none(open_page, write, make_result, width):
    result = make_result(runs=1, months=180)
    result.manifest["events"] = [
        {
            "date": f"{2008 + at // 12}-{at % 12 + 1:02d}",
            "kind": ["raid", "budget", "split"][at % 3],
            "target": "HN",
            "text": f"Report {at}.",
            "claims": [],
        }
        for at in [*range(60), *range(70, 180, 5)]
    ]
    browser = open_page(write(result), width=width)
    browser.run(FRAMES)
    places = browser.run(f"[...{MARKS}].map((each) => parseFloat(each.style.left))")
    assert 10 < len(places) < 82
    assert min(after - before for before, after in zip(places, places[1:], strict=False)) >= 11
    months = browser.run(f"[...{MARKS}].flatMap((each) => each.dataset.months.split(' ').map(Number))")
    assert months == [*range(60), *range(70, 180, 5)]
    browser.run(f"{MARKS}[0].focus({{ preventScroll: true }})")
    assert browser.run("document.activeElement.classList.contains('many')") is True
    assert browser.run(TIP).startswith("January 2008 to ")


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


def test_a_narrow_window_shows_whole_tables(open_page, report):
    browser = open_page(report, width=390)
    hidden = browser.run(
        """[...document.querySelectorAll("main .scroll")].filter((box) => box.offsetParent
          && box.scrollWidth > box.clientWidth + 1).map((box) => box.firstElementChild.id)"""
    )
    assert hidden == []


def test_the_money_table_says_where_each_part_begins(open_page, report):
    browser = open_page(report)
    heads = browser.run("[...document.querySelectorAll('#money-table th[scope=rowgroup]')].length")
    rows = browser.run("document.querySelectorAll('#money-table tbody td:first-child').length")
    assert (heads, rows) == (2, 2)
