"""A made-up result of any size, plausible to look at, for the page: nothing in it comes from the model."""

from types import SimpleNamespace

import numpy as np
import pytest

from trasiego.results.dataset import build_dataset
from trasiego.results.manifest import new_manifest
from trasiego.results.result import Result
from trasiego.results.variables import COORDINATES, QUANTILES, VARIABLES

FLOW_RUNS_KEPT = 4
KINDS = (
    "transport_network",
    "producer_clan",
    "port_service",
    "armed_protector",
    "gang",
    "dynasty",
    "broker",
    "cartel",
)
SMALL_PLACES = (
    ("pe-vrae", "VRAE (valley)", "production_zone", "PE", -12.35, -73.95),
    ("pe-cusco", "Cusco", "department", "PE", -13.53, -71.97),
    ("pe-callao", "Callao", "port", "PE", -12.05, -77.13),
    ("co-cartagena", "Cartagena", "port", "CO", 10.4, -75.5),
    ("hn-gracias-a-dios", "Gracias a Dios", "landing_area", "HN", 15.26, -83.77),
    ("gt-zacapa", "Zacapa", "department", "GT", 14.97, -89.53),
    ("gt-huehuetenango", "Huehuetenango", "department", "GT", 15.32, -91.47),
    ("mx-chiapas", "Tapachula", "border_crossing", "MX", 14.9, -92.26),
    ("us-south-central", "United States: South Central (Dallas)", "market", "US", 32.78, -96.81),
    ("eu-iberia", "Europe: Iberia (Madrid)", "market", "ES", 40.42, -3.7),
)
SMALL_LINKS = (
    ("pe-vrae", "pe-cusco", "foot"), ("pe-vrae", "pe-cusco", "pickup"), ("pe-cusco", "pe-callao", "truck"),
    ("pe-callao", "eu-iberia", "container_ship"), ("pe-callao", "co-cartagena", "fast_boat"),
    ("co-cartagena", "hn-gracias-a-dios", "light_aircraft"), ("hn-gracias-a-dios", "gt-zacapa", "pickup"),
    ("gt-zacapa", "gt-huehuetenango", "pickup"), ("gt-huehuetenango", "mx-chiapas", "truck"),
    ("mx-chiapas", "us-south-central", "truck"),
)  # fmt: skip


def shipped_geography():
    """Return all places and links that ship, as rows like those of SMALL_PLACES and SMALL_LINKS."""
    from trasiego.world.geography import load_geography

    geography = load_geography()
    places = [(each.id, each.name, each.kind, each.country, each.lat, each.lon) for each in geography.places]
    return tuple(places), tuple((each.from_, each.to, each.mode) for each in geography.links)


def synthetic_result(geography=(SMALL_PLACES, SMALL_LINKS), runs=20, months=180, seed=1):
    """Return a result of the given size over (places, links)."""
    draw = np.random.default_rng(seed)
    places, links = geography
    coordinates = _coordinates(places, links, runs, months)
    sizes = {row.name: len(coordinates[row.name]) for row in COORDINATES if row.name == row.dim}
    arrays = {row.name: _any_values(draw, row, [sizes[dim] for dim in row.dims]) for row in VARIABLES}
    for name, level in (("produced", 75e3), ("delivered", 52e3), ("seized", 9e3), ("stock", 120e3)):
        arrays[f"{name}_kg"] = _smooth(draw, (runs, months), level)
    region = {place[0]: place[3] for place in places}
    base = np.array(
        [
            {"US": 27e3, "BR": 7e3, "AR": 9e3, "CL": 11e3}.get(region[name], 42e3)
            for name in coordinates["market"]
        ]
    )
    arrays["market_price_usd_per_kg"] = _smooth(draw, (runs, months, len(base)), 1.0) * base
    arrays["killings"] = _smooth(draw, (runs, months), 900.0)
    arrays["active_groups"] = np.rint(_smooth(draw, (runs, months), 140.0))
    arrays["groups_active_by_kind"] = np.rint(
        _smooth(draw, (runs, months, len(KINDS)), 1.0) * np.array([60, 18, 9, 4, 22, 8, 6, 11])
    )
    arrays |= _flows(draw, places, links, coordinates, min(runs, FLOW_RUNS_KEPT), runs, months)
    arrays["group_members"] = _smooth(draw, (sizes["flow_run"], months, sizes["group"]), 1.0) * np.geomspace(
        2500, 15, sizes["group"]
    )
    arrays["group_kind_index"] = np.arange(sizes["group"]) % len(KINDS) + np.zeros(
        (sizes["flow_run"], months, 1)
    )
    arrays["full_table"] = np.zeros((runs, months))
    return Result(build_dataset(coordinates, arrays), _manifest(runs, months, seed))


def _coordinates(places, links, runs, months):
    columns = list(zip(*places, strict=True))
    ends = [{place[0]: place for place in places}[name] for name, _to, _mode in links]
    groups = [f"group-{number}" for number in range(40)]
    return {
        "run": np.arange(runs),
        "month": np.datetime64("2008-01") + np.arange(months),
        "quantile": QUANTILES,
        "flow_run": np.arange(min(runs, FLOW_RUNS_KEPT)),
        "place": columns[0],
        "place_name": columns[1],
        "place_latitude": columns[4],
        "place_longitude": columns[5],
        "place_country": columns[3],
        "place_kind": columns[2],
        "link": [f"{a}--{b}--{mode}--{number}" for number, (a, b, mode) in enumerate(links)],
        "link_from": [a for a, _b, _m in links],
        "link_to": [b for _a, b, _m in links],
        "link_mode": [m for _a, _b, m in links],
        "link_product": ["paste" if end[2] == "production_zone" else "hydrochloride" for end in ends],
        "link_distance_km": [250.0] * len(links),
        "market": [place[0] for place in places if place[2] == "market"],
        "zone": [place[0] for place in places if place[2] == "production_zone"],
        "country": sorted({place[3] for place in places}),
        "kind": KINDS,
        "broker": ["broker-north", "broker-south"],
        "group": groups,
        "group_title": [f"Group {number}" for number in range(40)],
        "group_kind": [KINDS[number % len(KINDS)] for number in range(40)],
        "group_country": ["GT"] * 40,
        "group_places": ["gt-zacapa"] * 40,
        "account": ["consumers_paid", "producers", "residual"],
        "number": [],
        "number_unit": [],
    }


def _any_values(draw, row, shape):
    """Return values for a variable that the page does not look at closely; positions are all 0."""
    return np.zeros(shape) if row.dtype.startswith("int") else _smooth(draw, shape, 100.0)


def _smooth(draw, shape, level):
    """Return positive values around `level` that wander along the month dim, the second."""
    shape = tuple(shape)
    steps = draw.normal(0, 0.02, shape)
    start = draw.normal(0, 0.15, (shape[0], 1, *shape[2:]))
    return level * np.exp(start + np.cumsum(steps, axis=1))


def _flows(draw, places, links, coordinates, kept, runs, months):
    """Return flows over random ways from zones to markets, with lumpy months and a seized share by link."""
    onward = {}
    for number, (tail, head, _mode) in enumerate(links):
        onward.setdefault(tail, []).append((number, head))
    mean = np.zeros(len(links))
    zones = coordinates["zone"]
    for _way in range(1500):
        at, size = zones[draw.integers(len(zones))], float(draw.lognormal(3, 1.3))
        while at in onward:
            number, at = onward[at][draw.integers(len(onward[at]))]
            mean[number] += size
    wander = np.exp(np.cumsum(draw.normal(0, 0.09, (kept, months, len(links))), axis=1))
    flow = mean * wander * draw.gamma(2.0, 0.5, (kept, months, len(links)))
    share = draw.beta(1.2, 14, len(links)) * draw.gamma(2.0, 0.5, flow.shape)
    spread = np.array([0.25, 0.6, 1.0, 1.5, 2.6]) if runs > 1 else np.ones(5)
    middle = flow.mean(axis=0)
    ladder = 900 * np.exp(np.linspace(0, 3.6, len(places)))
    return {
        "link_flow_kg": flow,
        "link_seized_kg": flow * np.clip(share, 0, 1),
        "link_flow_kg_quantile": spread[:, None, None] * (middle if runs > 1 else flow[0]),
        "place_price_usd_per_kg_quantile": np.ones((5, months, 1)) * ladder,
        "place_control": -np.ones((kept, months, len(places))),
    }


def _manifest(runs, months, seed):
    events = [
        ("2009-06", "leader_arrest", "group-3", "An alleged leader was arrested in Guatemala.", ["e001"]),
        ("2010-07", "raid", "group-5", "A raid on 34 houses took 180 kg and 12 suspects.", ["e002"]),
        ("2010-07", "aid", "HN", "Aid of 361.5 million USD was promised; 18 percent was paid out.", ["e003"]),
        ("2014-03", "budget", "HN", "A radar and patrols along the coast.", []),
        (
            "2019-11",
            "dissolve",
            "group-1",
            "A family network ended after the extradition of its alleged head.",
            ["e001"],
        ),
        ("2031-01", "budget", "GT", "An event after the end of the run.", []),
    ]
    return new_manifest(
        scenario_name="northern-route",
        scenario_title="From the Andes to the markets, 2008 to 2022",
        scenario_hash="5d41402abc4b2a76b9719d911017c592",
        seed=seed,
        runs=runs,
        months=months,
        start="2008-01",
        started="2026-11-23T20:00:00+00:00",
        seconds=12.3,
        complete=True,
        policies=["more-aid"],
        settings=[],
        claims=[f"f{number:03d}" for number in range(1, 300)],
        events=[dict(zip(("date", "kind", "target", "text", "claims"), row, strict=True)) for row in events],
    )


def synthetic_ledger(count=600):
    """Return a stand-in for a ledger with that many claims."""
    source = SimpleNamespace(
        publisher="An Office", title="A report on the trade", date="2012", kind="official"
    )
    claims = {}
    for number in range(1, count + 1):
        claims[f"f{number:03d}"] = SimpleNamespace(
            id=f"f{number:03d}",
            kind="quantity",
            source_id="s001",
            statement=f"Report {number} put the price in Peru or Guatemala at some level in that year.",
            figure_as_stated=f"{500 + number} USD per kilogram",
            place="Zacapa",
            country="GT",
            period="2011",
            said_by="national police",
            standing="estimated",
            grade="B3",
            location="paragraph 4",
            details={},
        )
    return SimpleNamespace(claims=claims, sources={"s001": source})


@pytest.fixture(scope="session")
def make_result():
    return synthetic_result


@pytest.fixture(scope="session")
def ledger():
    return synthetic_ledger()


@pytest.fixture(scope="session")
def small():
    """A small result of five runs over four years; not to be changed."""
    return synthetic_result(runs=5, months=48)


@pytest.fixture(scope="session")
def full():
    """A result of the size of the whole route; not to be changed."""
    return synthetic_result(shipped_geography(), runs=20, months=180)


@pytest.fixture(scope="session")
def built():
    """Skip where the browser code was not fetched."""
    from trasiego.common.faults import Faults
    from trasiego.report.page import browser_code

    try:
        browser_code()
    except Faults as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def write(built, ledger, tmp_path_factory):
    """Write the report of a result into a new folder and return its path."""
    from trasiego.analysis import scorecard, summarise
    from trasiego.report import write_report

    def written(result, ledger=ledger):
        path = tmp_path_factory.mktemp("report") / "report.html"
        write_report(result, scorecard(result), summarise(result), ledger, path)
        return path

    return written
