"""What a result says of itself."""

import html.parser

import numpy as np
import pytest

from trasiego.results.card import _number, figures


def test_properties(result):
    assert (result.runs, result.months, result.scenario, result.complete) == (3, 14, "northern-route", True)


def test_quantiles_are_over_runs(result):
    found = result.quantiles("market_price_usd_per_kg", (0.0, 0.5, 1.0))
    assert found.dims == ("quantile", "month", "market")
    assert found.attrs["units"] == "USD/kg"
    np.testing.assert_allclose(
        found[1], np.median(result.dataset["market_price_usd_per_kg"], axis=0), rtol=1e-6
    )


def test_quantiles_need_runs(result):
    with pytest.raises(ValueError, match="no run"):
        result.quantiles("link_flow_kg")


def test_interval_holds_nine_runs_of_ten(make_result):
    result = make_result({"run": 101})
    values = result.dataset["run"] * 2.0
    interval = result.interval(values)
    assert (interval.low, interval.median, interval.high) == (10.0, 100.0, 190.0)


def test_interval_needs_one_number_a_run(result):
    with pytest.raises(ValueError, match="month"):
        result.interval("killings")


def test_per_year(result):
    result.dataset["produced_kg"][:] = 5.0
    found = result.per_year("produced_kg")
    assert found.values.tolist() == [60.0] * 3
    assert found.attrs["units"] == "kg"


def test_text_card(result):
    result.dataset["delivered_kg"][:] = np.array([1e6, 2e6, 3e6])[:, None] / 12
    lines = repr(result).splitlines()
    assert lines[0] == (
        "The whole trade <2008>: northern-route, 3 runs, 14 months from 2008-01, seed 7, "
        "with aid-disbursed, countries.GT.integrity=0.8"
    )
    assert "delivered 2,000 [1,100 – 2,900] t/year" in [" ".join(line.split()) for line in lines]
    assert len(lines) == 9


def test_one_run_shows_no_interval(make_result):
    result = make_result({"run": 1}, complete=False)
    text = repr(result)
    assert "[" not in text and "1 run," in text and "cut short" in text
    assert "no intervals" in result._repr_html_()


def test_share_seized_without_production(make_result):
    result = make_result()
    result.dataset["produced_kg"][:] = 0.0
    result.dataset["seized_kg"][:] = 0.0
    share = next(row for row in figures(result) if row.unit == "%")
    assert share.interval.median == 0.0
    assert "nan" not in result._repr_html_()


def test_prices_of_the_largest_markets(make_result):
    result = make_result({"market": 6})
    result.dataset["market_consumed_kg"][:] = np.array([1.0, 6, 2, 5, 3, 4])
    labels = [row.label for row in figures(result) if "price" in row.label]
    assert [label.split("-")[1] for label in labels] == ["1", "3", "5", "4"]


@pytest.mark.parametrize("lengths", [{}, {"run": 1, "month": 1}, {"month": 200}, {"market": 0}])
def test_html_card_is_well_formed_and_safe(make_result, lengths):
    result = make_result(lengths)
    text = result._repr_html_()
    assert "<2008>" not in text and "&lt;2008&gt;" in text
    assert "http" not in text and "<script" not in text and "nan" not in text
    opened = []

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag, attributes):
            opened.append(tag)

        def handle_startendtag(self, tag, attributes):
            pass

        def handle_endtag(self, tag):
            assert opened.pop() == tag

    Reader().feed(text)
    assert opened == []
    assert text.count("<tr>") == text.count("<svg") == len(figures(result))


@pytest.mark.parametrize(
    "value, text",
    [
        (0, "0"),
        (812.4, "812"),
        (13.456, "13.5"),
        (1234567.0, "1,234,567"),
        (0.1234, "0.123"),
        (0.00001, "0.000"),
        (-5.0, "-5.00"),
        (float("nan"), "–"),
        (99.96, "100.0"),
    ],
)
def test_numbers(value, text):
    assert _number(value) == text


def test_save(result, tmp_path):
    assert result.save(tmp_path / "out") == tmp_path / "out"
