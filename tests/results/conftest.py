"""A small made-up result; the tests of this folder share it."""

import numpy as np
import pytest

from trasiego.results import Result, build_dataset, new_manifest
from trasiego.results.variables import COORDINATES, QUANTILES, VARIABLES

LENGTHS = {
    "run": 3,
    "month": 14,
    "flow_run": 2,
    "quantile": len(QUANTILES),
    "place": 5,
    "link": 4,
    "market": 2,
    "zone": 1,
    "country": 3,
    "kind": 2,
    "broker": 1,
    "group": 6,
    "account": 12,
    "number": 2,
}


def made_up_coordinates(lengths=None):
    lengths = LENGTHS | (lengths or {})
    found = {}
    for row in COORDINATES:
        length = lengths[row.dim]
        found[row.name] = {
            "text": [f"{row.name}-{number}-ñ" for number in range(length)],
            "float": np.linspace(0, 1, length),
            "int": np.arange(length),
            "month": np.datetime64("2008-01") + np.arange(length),
        }[row.kind]
    found["quantile"] = list(QUANTILES)
    return found


def made_up_arrays(lengths=None, seed=1):
    lengths = LENGTHS | (lengths or {})
    random = np.random.default_rng(seed)
    return {
        row.name: (random.gamma(2.0, 1000.0, [lengths[dim] for dim in row.dims])).astype(row.dtype)
        for row in VARIABLES
    }


def made_up_manifest(**changes):
    given = {
        "scenario_name": "northern-route",
        "scenario_title": "The whole trade <2008>",
        "scenario_hash": "ab" * 32,
        "seed": 7,
        "runs": LENGTHS["run"],
        "months": LENGTHS["month"],
        "start": "2008-01",
        "started": "2026-11-23T10:00:00+00:00",
        "seconds": 1.5,
        "complete": True,
        "policies": ["aid-disbursed"],
        "settings": ["countries.GT.integrity=0.8"],
        "claims": ["s045", "f031", "f031"],
        "events": [
            {
                "date": "2008-03",
                "kind": "raid",
                "target": "callao",
                "text": "A raid, en Perú.",
                "claims": ["e012"],
            }
        ],
    }
    return new_manifest(**(given | changes))


def made_up_result(lengths=None, **changes):
    lengths = LENGTHS | (lengths or {})
    changes = {"runs": lengths["run"], "months": lengths["month"]} | changes
    dataset = build_dataset(made_up_coordinates(lengths), made_up_arrays(lengths), {"title": "made up"})
    return Result(dataset, made_up_manifest(**changes))


@pytest.fixture
def result():
    return made_up_result()


@pytest.fixture(scope="session")
def make_result():
    return made_up_result


@pytest.fixture
def make_coordinates():
    return made_up_coordinates


@pytest.fixture
def make_arrays():
    return made_up_arrays


@pytest.fixture
def make_manifest():
    return made_up_manifest
