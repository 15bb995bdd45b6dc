"""The data set of a world's record: every label at its place, and agreement with what the model records."""

import numpy as np
import pytest
import xarray as xr

from trasiego.ensemble.record import QUANTILES as RECORDED_QUANTILES
from trasiego.ensemble.record import Record
from trasiego.model.record import empty_arrays
from trasiego.results import Result, read_folder, to_dataset, write_folder
from trasiego.results.variables import QUANTILES, VARIABLES
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world
from trasiego.world.geography import load_geography

RUNS, FLOW_RUNS, MONTHS = 3, 2, 4


@pytest.fixture(scope="module")
def world():
    return compile_world(load_scenario("guatemala-2020"))


@pytest.fixture(scope="module")
def record(world):
    """A record of the right shapes with a different number in every cell."""
    arrays = empty_arrays(world, RUNS, FLOW_RUNS, MONTHS)
    places, links = len(world.names.places), len(world.names.links)
    arrays["link_flow_kg_quantile"] = np.zeros((len(QUANTILES), MONTHS, links), dtype=np.float32)
    arrays["place_price_usd_per_kg_quantile"] = np.zeros((len(QUANTILES), MONTHS, places), dtype=np.float32)
    arrays["number_value"] = np.zeros((RUNS, 0))
    for array in arrays.values():
        array[...] = (np.arange(array.size) % 30_000).reshape(array.shape)
    return Record(world, (0, 1, 2), (0, 1), MONTHS, 5, arrays, 0.1)


def test_quantiles_are_those_of_the_record():
    assert QUANTILES == RECORDED_QUANTILES


def test_every_recorded_array_arrives(world, record):
    dataset = to_dataset(world, record)
    assert set(record.arrays) == {row.name for row in VARIABLES}
    for name, array in record.arrays.items():
        np.testing.assert_array_equal(dataset[name].values, array.astype(np.float32))


def test_labels_of_months_runs_and_parts(world, record):
    dataset = to_dataset(world, record)
    start = load_scenario("guatemala-2020").start
    assert dataset["month"].values[0] == np.datetime64(str(start), "ns")
    assert str(dataset["month"].values[3])[:10] == str(start + np.timedelta64(3, "M")) + "-01"
    assert dataset["run"].values.tolist() == [0, 1, 2]
    assert dataset["flow_run"].values.tolist() == [0, 1]
    for dim in ("markets", "zones", "countries", "kinds", "brokers"):
        assert tuple(dataset[dim.rstrip("s") if dim != "countries" else "country"].values) == getattr(
            world.names, dim
        )


def test_labels_of_places_are_those_of_the_geography(world, record):
    dataset = to_dataset(world, record)
    known = {place.id: place for place in load_geography().places}
    assert dataset.sizes["place"] == len(world.names.places) > 5
    for number, name in enumerate(dataset["place"].values):
        place = known[name]
        found = dataset.isel(place=number)
        assert found["place_name"].item() == place.name
        assert found["place_country"].item() == place.country
        assert found["place_kind"].item() == place.kind
        assert (found["place_latitude"].item(), found["place_longitude"].item()) == (place.lat, place.lon)


def test_labels_of_links_agree_with_their_names(world, record):
    """The name of a link is put together elsewhere from the same parts: it is the second way to know them."""
    dataset = to_dataset(world, record)
    modes = set()
    for number in range(dataset.sizes["link"]):
        found = {
            name: dataset[name].values[number] for name in dataset.coords if dataset[name].dims == ("link",)
        }
        modes.add(str(found["link_mode"]))
        if found["link_mode"] == "processing":
            assert found["link"] == f"{found['link_from']}--processing"
            assert (found["link_from"], found["link_product"]) == (found["link_to"], "paste")
        else:
            ending = "--paste" if found["link_product"] == "paste" else ""
            assert found["link"] == f"{found['link_from']}--{found['link_to']}--{found['link_mode']}{ending}"
            assert found["link_distance_km"] > 0
    assert len(modes) >= 3


def test_labels_of_groups(world, record):
    dataset = to_dataset(world, record)
    scenario = load_scenario("guatemala-2020")
    groups = scenario.section("groups")
    assert dataset["group"].values[: len(groups)].tolist() == groups
    for number, group in enumerate(groups):
        assert dataset["group_title"].values[number] == scenario.text(f"groups.{group}.title")
        assert dataset["group_kind"].values[number] == scenario.choice(f"groups.{group}.kind")


def test_the_folder_of_a_world(world, record, make_manifest, tmp_path):
    result = Result(to_dataset(world, record), make_manifest(runs=RUNS, months=MONTHS))
    back = read_folder(write_folder(result, tmp_path / "out"))
    xr.testing.assert_identical(back.dataset.load(), result.dataset)
