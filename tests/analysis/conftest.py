"""A made-up world small enough to reckon by hand; a test fills in what it asks about and knows the answer."""

import numpy as np
import pytest

from trasiego.analysis.view import ResultView
from trasiego.results import Result, build_dataset, new_manifest
from trasiego.results.variables import COORDINATES, QUANTILES, VARIABLES

PLACES = {
    "pe-vrae": ("PE", "production_zone"),
    "co-narino": ("CO", "production_zone"),
    "pe-kimbiri": ("PE", "town"),
    "pe-lobo": ("PE", "town"),
    "pe-callao": ("PE", "port"),
    "hn-colon": ("HN", "landing_area"),
    "gt-zacapa": ("GT", "department"),
    "gt-peten": ("GT", "department"),
    "mx-tapachula": ("MX", "hub_city"),
    "us-west": ("US", "market"),
    "eu-iberia": ("ES", "market"),
}
LINKS = {
    "valley": ("pe-vrae", "pe-kimbiri", "pickup", "paste"),
    "by-pickup": ("pe-kimbiri", "pe-lobo", "pickup", "paste"),
    "on-foot": ("pe-kimbiri", "pe-lobo", "foot", "paste"),
    "refining": ("pe-lobo", "pe-lobo", "processing", "paste"),
    "to-port": ("pe-lobo", "pe-callao", "truck", "hydrochloride"),
    "by-ship": ("pe-callao", "eu-iberia", "container_ship", "hydrochloride"),
    "to-honduras": ("co-narino", "hn-colon", "fast_boat", "hydrochloride"),
    "past-triangle": ("co-narino", "mx-tapachula", "fast_boat", "hydrochloride"),
    "into-zacapa": ("hn-colon", "gt-zacapa", "truck", "hydrochloride"),
    "into-peten": ("hn-colon", "gt-peten", "truck", "hydrochloride"),
    "from-zacapa": ("gt-zacapa", "mx-tapachula", "truck", "hydrochloride"),
    "from-peten": ("gt-peten", "mx-tapachula", "truck", "hydrochloride"),
    "over-the-line": ("mx-tapachula", "us-west", "truck", "hydrochloride"),
}
GROUPS = {
    "old-family": ("Old Family", "dynasty", "GT", "gt-zacapa gt-peten mx-tapachula"),
    "raided": ("Raided Network", "transport_network", "GT"),
    "port-men": ("Port Men", "port_service", "PE"),
    "guards": ("Guards", "armed_protector", "PE"),
    "street": ("Street", "gang", "GT"),
    "free-1": ("", "", ""),
    "free-2": ("", "", ""),
}
KINDS = ("dynasty", "transport_network", "port_service", "armed_protector", "gang")
COUNTRIES = ("PE", "CO", "HN", "GT", "MX", "US", "ES")
INDEXES = {
    "place": list(PLACES),
    "link": list(LINKS),
    "market": ["us-west", "eu-iberia"],
    "zone": ["pe-vrae", "co-narino"],
    "country": list(COUNTRIES),
    "kind": list(KINDS),
    "broker": ["northern", "southern"],
    "group": list(GROUPS),
    "account": ["consumers_paid", "producers", "wages", "escort", "broker_capital_change", "residual"],
    "quantile": list(QUANTILES),
    "number": [],
}


def coordinates(start, months, runs, flow_runs):
    texts = {
        "place_name": [name.title() for name in PLACES],
        "place_country": [row[0] for row in PLACES.values()],
        "place_kind": [row[1] for row in PLACES.values()],
        "link_from": [row[0] for row in LINKS.values()],
        "link_to": [row[1] for row in LINKS.values()],
        "link_mode": [row[2] for row in LINKS.values()],
        "link_distance_km": [100.0] * len(LINKS),
        "link_product": [row[3] for row in LINKS.values()],
        "group_title": [row[0] for row in GROUPS.values()],
        "group_kind": [row[1] for row in GROUPS.values()],
        "group_country": [row[2] for row in GROUPS.values()],
        "group_places": [row[3] if len(row) > 3 else "" for row in GROUPS.values()],
        "run": np.arange(runs),
        "flow_run": np.arange(flow_runs),
        "month": np.datetime64(start, "M") + np.arange(months),
    } | INDEXES
    left = [row for row in COORDINATES if row.name not in texts]
    zeros = {row.name: np.zeros(len(INDEXES[row.dim])) for row in left}
    return texts | zeros


class MadeWorld:
    """Arrays of zeros by variable name, to be filled; `at` finds positions, `result` makes the result."""

    def __init__(self, start="2010-01", months=24, runs=2, flow_runs=2):
        self.coordinates = coordinates(start, months, runs, flow_runs)
        lengths = {dim: len(values) for dim, values in self.coordinates.items()}
        self.arrays = {row.name: np.zeros([lengths[dim] for dim in row.dims]) for row in VARIABLES}
        self.arrays["place_control"][:] = -1
        kinds = [KINDS.index(row[1]) if row[1] else -1 for row in GROUPS.values()]
        self.arrays["group_kind_index"][:] = kinds
        countries = [row[0] for row in PLACES.values()]
        homes = [countries.index(row[2]) if row[2] in countries else -1 for row in GROUPS.values()]
        self.arrays["group_home_index"][:] = homes
        self.events = []
        self.scenario = "made-up"

    def at(self, dim, label):
        return INDEXES[dim].index(label)

    def set(self, variable, dim, values):
        """Fill a variable along its last dim; a value is a number, or an array over (run, month)."""
        for label, value in values.items():
            self.arrays[variable][..., self.at(dim, label)] = value

    def flows(self, **kg_a_month):
        self.set("link_flow_kg", "link", {name.replace("_", "-"): kg for name, kg in kg_a_month.items()})

    def event(self, date, kind, target, claims=()):
        row = {"date": date, "kind": kind, "target": target, "text": "It was so.", "claims": list(claims)}
        self.events.append(row)

    def result(self):
        dataset = build_dataset(self.coordinates, self.arrays, {})
        sizes = dataset.sizes
        manifest = new_manifest(
            scenario_name=self.scenario,
            scenario_title="Made up",
            scenario_hash="0" * 64,
            seed=1,
            runs=sizes["run"],
            months=sizes["month"],
            start=str(self.coordinates["month"][0]),
            started="2026-11-23T10:00:00+00:00",
            seconds=1.0,
            complete=True,
            events=self.events,
        )
        return Result(dataset, manifest)

    def view(self):
        return ResultView(self.result())


@pytest.fixture
def world():
    return MadeWorld()


@pytest.fixture
def make_world():
    return MadeWorld
