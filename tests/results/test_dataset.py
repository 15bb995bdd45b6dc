"""The labelled arrays hold what the table says, with dims, units and meaning."""

import numpy as np
import pytest

from trasiego.common.units import UNITS
from trasiego.results import build_dataset
from trasiego.results.variables import COORDINATES, DIMS, VARIABLES, variable

# The public names and dims, written out a second time: whoever changes them changes what scripts can read.
PUBLIC = {
    "run month": "produced_kg delivered_kg seized_kg process_loss_kg stock_kg killings active_groups "
    "group_concentration_hhi active_places active_links police_capture chain_similarity links_reused "
    "raids hijacked_kg full_table",
    "run month market": "market_price_usd_per_kg market_consumed_kg",
    "run month zone": "zone_price_usd_per_kg zone_produced_kg zone_area_ha",
    "run month country": "country_seized_kg country_inflow_kg country_killings country_homicides_per_100k "
    "country_enforcement_usd",
    "run month kind": "groups_active_by_kind members_by_kind",
    "run month account": "money_usd",
    "run number": "number_value",
    "flow_run month place": "place_price_usd_per_kg place_capture place_control place_killings",
    "flow_run month link": "link_flow_kg link_seized_kg link_fee_usd_per_kg link_escorted_kg",
    "flow_run month group": "group_members group_revenue_usd group_escort_usd group_kind_index "
    "group_home_index group_access",
    "flow_run month broker group": "principal_group_kg",
    "quantile month link": "link_flow_kg_quantile",
    "quantile month place": "place_price_usd_per_kg_quantile",
}
LABELS = {
    "place": "place_name place_latitude place_longitude place_country place_kind",
    "link": "link_from link_to link_mode link_product link_distance_km",
    "group": "group_title group_kind group_country group_places",
    "number": "number_unit",
}


def test_variables_and_dims_are_the_public_ones():
    assert {row.name: row.dims for row in VARIABLES} == {
        name: tuple(dims.split()) for dims, names in PUBLIC.items() for name in names.split()
    }


def test_coordinates_are_the_public_ones():
    assert set(DIMS) == {dim for row in VARIABLES for dim in row.dims}
    found = {(row.dim, row.name) for row in COORDINATES if row.name != row.dim}
    assert found == {(dim, name) for dim, names in LABELS.items() for name in names.split()}


def test_units_are_of_the_closed_list_and_agree_with_the_names():
    suffixes = {"_usd_per_kg": "USD/kg", "_kg": "kg", "_usd": "USD", "_ha": "ha", "_km": "km"}
    named = 0
    for row in (*VARIABLES, *COORDINATES):
        assert row.unit in UNITS or row.name in ("place_latitude", "place_longitude") or row.unit is None
        for suffix, unit in suffixes.items():
            if row.name.removesuffix("_quantile").endswith(suffix):
                assert row.unit == unit, row.name
                named += 1
                break
    assert named > 20


def test_arrays_and_attributes_arrive(result, make_arrays):
    arrays = make_arrays()
    for row in VARIABLES:
        stored = result.dataset[row.name]
        assert stored.dims == row.dims
        assert stored.dtype == row.dtype
        assert stored.attrs == {"long_name": row.long_name, "units": row.unit}
        np.testing.assert_array_equal(stored.values, arrays[row.name])
    assert str(result.dataset["month"].values[1]) == "2008-02-01T00:00:00.000000000"
    assert result.dataset["place_name"].sel(place="place-2-ñ").item() == "place_name-2-ñ"
    assert result.dataset.attrs == {"title": "made up"}


def test_balances_keep_double_precision():
    balances = "produced_kg delivered_kg seized_kg process_loss_kg stock_kg money_usd market_consumed_kg"
    assert {variable(name).dtype for name in balances.split()} == {"float64"}


def test_unknown_variable():
    with pytest.raises(KeyError):
        variable("produced")


@pytest.mark.parametrize("name", ["produced_kg", "link_flow_kg_quantile", "place_control"])
def test_missing_array_is_named(name, make_coordinates, make_arrays):
    arrays = make_arrays()
    del arrays[name]
    with pytest.raises(ValueError, match=name):
        build_dataset(make_coordinates(), arrays)


def test_unknown_array_is_named(make_coordinates, make_arrays):
    with pytest.raises(ValueError, match="produced_tonnes"):
        build_dataset(make_coordinates(), make_arrays() | {"produced_tonnes": np.zeros((3, 14))})


def test_missing_coordinate_is_named(make_coordinates, make_arrays):
    coordinates = make_coordinates()
    del coordinates["place_name"]
    with pytest.raises(ValueError, match="place_name"):
        build_dataset(coordinates, make_arrays())


def test_all_wrong_shapes_are_named(make_coordinates, make_arrays):
    arrays = make_arrays()
    arrays["killings"] = arrays["killings"].T
    arrays["link_flow_kg"] = arrays["link_flow_kg"][0]
    coordinates = make_coordinates() | {"link_mode": ["truck"]}
    with pytest.raises(ValueError, match=r"(?s)link_mode.*killings.*link_flow_kg"):
        build_dataset(coordinates, arrays)


def test_index_with_a_label_twice_is_refused(make_coordinates, make_arrays):
    coordinates = make_coordinates() | {"market": ["us", "us"]}
    with pytest.raises(ValueError, match="market has a label twice"):
        build_dataset(coordinates, make_arrays())


def test_dims_may_be_empty(make_result):
    dataset = make_result({"zone": 0, "broker": 0, "flow_run": 0}).dataset
    assert dataset["zone_area_ha"].shape == (3, 14, 0)
