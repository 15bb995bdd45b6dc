"""The long table says the same as the arrays."""

import numpy as np
import pyarrow as pa

from trasiego.results.metrics import METRICS, WORLD, metric_tables, metrics_schema, metrics_table
from trasiego.results.variables import VARIABLES


def test_every_value_is_there_once(result):
    frame = result.metrics
    sizes = [result.dataset[row.name].size for row in METRICS]
    assert len(frame) == sum(sizes) > 1000
    assert not frame.duplicated(["run", "month", "metric", "entity"]).any()
    for row in METRICS:
        part = frame[frame["metric"] == row.name]
        assert set(part["unit"]) == {row.unit}
        stored = result.dataset[row.name]
        if len(row.dims) == 2:
            assert set(part["entity"]) == {WORLD}
            wide = part.pivot(index="run", columns="month", values="value").to_numpy()
            np.testing.assert_array_equal(wide, stored.values.astype("float64"))
        else:
            for label in stored[row.dims[2]].values:
                one = part[part["entity"] == label]
                wide = one.pivot(index="run", columns="month", values="value").to_numpy()
                np.testing.assert_array_equal(wide, stored.sel({row.dims[2]: label}).values.astype("float64"))


def test_metrics_are_all_figures_of_runs_and_months():
    assert [row.name for row in METRICS] == [
        row.name for row in VARIABLES if row.dims[:2] == ("run", "month")
    ]


def test_columns(result):
    table = metrics_table(result.dataset)
    assert table.schema == metrics_schema()
    assert table.schema.names == ["run", "month", "metric", "entity", "value", "unit"]
    assert table["month"].type == pa.timestamp("ms")
    assert all(part.schema == metrics_schema() for part in metric_tables(result.dataset))


def test_frame_is_made_once(result):
    assert result.metrics is result.metrics


def test_months_and_runs_go_with_their_values(make_result):
    result = make_result({"run": 2, "month": 3})
    runs, months, accounts = np.ogrid[:2, :3, :12]
    result.dataset["money_usd"][:] = 100 * runs + months + 10_000 * accounts
    frame = result.metrics
    row = frame[
        (frame["metric"] == "money_usd")
        & (frame["entity"] == "account-4-ñ")
        & (frame["run"] == 1)
        & (frame["month"] == "2008-03-01")
    ]
    assert row["value"].tolist() == [40_102.0]
