"""Figures with their targets, and the tables that show them."""

from benchmarks import figures
from benchmarks.figures import Figure, markdown_table, store, stored, text_table

FAST = Figure("mesa", "ratio", 200.0, "times", 150.0, at_least=True)
SLOW = Figure("steps", "run", 0.4, "s", 0.15, note="one thread")


def test_a_target_is_met_or_missed_on_its_own_side():
    assert (FAST.verdict, SLOW.verdict) == ("met", "missed")
    assert (FAST.wanted, SLOW.wanted) == ("at least 150 times", "at most 0.15 s")
    assert Figure("steps", "run", 0.4, "s").verdict == ""


def test_tables_show_every_figure():
    assert "missed" in text_table([FAST, SLOW])
    assert "one thread" in text_table([FAST, SLOW])
    assert (
        markdown_table([FAST]).splitlines()[-1]
        == "| mesa | ratio | 200 times | at least 150 times | met |  |"
    )


def test_new_figures_take_the_place_of_those_of_the_same_benchmark(tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "RESULTS", tmp_path / "results.csv")
    monkeypatch.setattr(figures, "README", tmp_path / "README.md")
    (tmp_path / "README.md").write_text("a\n<!-- results -->\nold\n<!-- /results -->\nb\n", "utf-8")
    store([FAST, SLOW], ["steps", "mesa"])
    store([Figure("mesa", "ratio", 90.0, "times", 150.0, at_least=True)], ["steps", "mesa"])
    assert [figure.value for figure in stored()] == [0.4, 90.0]
    text = (tmp_path / "README.md").read_text("utf-8")
    assert text.startswith("a\n<!-- results -->\n| benchmark")
    assert text.endswith("<!-- /results -->\nb\n")
    assert "old" not in text
    assert "| at least 150 times | missed |" in text


def test_the_readme_shows_the_stored_figures():
    shown = figures.README.read_text("utf-8").partition(figures.BEGIN)[2].partition(figures.END)[0]
    assert shown.strip() == markdown_table(stored())
