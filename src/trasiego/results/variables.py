"""The one list of what a result holds: every variable and coordinate with its dims, unit and meaning.

Whatever writes, reads, checks or describes a result goes through this table; a variable that is not here is
not stored. Amounts of a month (kilograms, dollars, killings) are sums over that month, all else its end.
"""

from __future__ import annotations

from dataclasses import dataclass

QUANTILES: tuple[float, ...] = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Levels over the runs at which flows and prices are kept for every link and place."""


@dataclass(frozen=True)
class Variable:
    """One stored array: name, dims in order, unit (of `trasiego.common.units`), meaning and number type."""

    name: str
    dims: tuple[str, ...]
    unit: str
    long_name: str
    dtype: str = "float32"


@dataclass(frozen=True)
class Coordinate:
    """One label along a dim: `kind` is "text", "float", "int" or "month"; the index has the dim's own name.

    `unit` is None where the label measures nothing.
    """

    name: str
    dim: str
    kind: str
    unit: str | None
    long_name: str


def _block(dims: str, *rows: tuple[str, ...]) -> tuple[Variable, ...]:
    """Return variables that share their dims; a row is name, unit, long name and, where not float32, type."""
    shared = tuple(dims.split())
    return tuple(Variable(row[0], shared, row[1], row[2], *row[3:]) for row in rows)


VARIABLES: tuple[Variable, ...] = (
    *_block(
        "run month",
        ("produced_kg", "kg", "Hydrochloride that the month's leaf makes", "float64"),
        ("delivered_kg", "kg", "Hydrochloride that reached markets", "float64"),
        ("seized_kg", "kg", "Seized, as hydrochloride", "float64"),
        (
            "hijacked_kg",
            "kg",
            "Robbed by rivals on the way, as hydrochloride; it stays in the trade",
            "float64",
        ),
        ("process_loss_kg", "kg", "Weight lost in refining paste", "float64"),
        ("stock_kg", "kg", "Waiting on the way, as hydrochloride", "float64"),
        ("killings", "homicide", "Killings caused by the trade"),
        ("active_groups", "group", "Groups active"),
        ("group_concentration_hhi", "1", "Concentration of groups (Herfindahl-Hirschman, 0 to 1)"),
        ("active_places", "1", "Places that goods passed"),
        ("active_links", "1", "Links that goods passed"),
        ("police_capture", "share", "Mean capture of police over places"),
        ("chain_similarity", "1", "Likeness of the flows by offer to those of 12 months before (cosine)"),
        ("links_reused", "share", "Part of the offers in use 12 months before that are in use again"),
        ("raids", "case", "Raids on groups"),
        ("full_table", "1", "Groups or offers that found no free slot; above 0 the figures are biased"),
    ),
    *_block(
        "run month market",
        ("market_price_usd_per_kg", "USD/kg", "Wholesale price in the market"),
        ("market_consumed_kg", "kg", "Consumed in the market", "float64"),
    ),
    *_block(
        "run month zone",
        ("zone_price_usd_per_kg", "USD/kg", "Price of the zone's product at the source"),
        ("zone_produced_kg", "kg", "Made in the zone, in its own product", "float64"),
        ("zone_area_ha", "ha", "Coca area of the zone"),
    ),
    *_block(
        "run month country",
        ("country_seized_kg", "kg", "Seized in the country", "float64"),
        ("country_inflow_kg", "kg", "Brought into the country from others", "float64"),
        ("country_killings", "homicide", "Killings caused by the trade in the country"),
        ("country_homicides_per_100k", "1/100000/year", "Homicide rate of the country, all causes"),
        ("country_enforcement_usd", "USD", "Spent on enforcement, own budget and aid", "float64"),
    ),
    *_block(
        "run month kind",
        ("groups_active_by_kind", "group", "Groups active of the kind"),
        ("members_by_kind", "member", "Members of groups of the kind"),
    ),
    *_block("run month account", ("money_usd", "USD", "Money booked to the account", "float64")),
    *_block(
        "run number",
        ("number_value", "1", "Figure of a number that the run drew, in the unit of the number", "float64"),
    ),
    *_block(
        "flow_run month place",
        ("place_price_usd_per_kg", "USD/kg", "Value of hydrochloride to brokers at the place"),
        ("place_capture", "share", "Capture of the police of the place"),
        ("place_control", "1", "Broker that holds the place (its position), -1 for none", "int16"),
        ("place_killings", "homicide", "Killings caused by the trade at the place"),
    ),
    *_block(
        "flow_run month link",
        ("link_flow_kg", "kg", "Sent over the link, in the product that moves"),
        ("link_seized_kg", "kg", "Seized on the link, in the product that moves"),
        ("link_fee_usd_per_kg", "USD/kg", "Mean fee of the groups that move goods over the link"),
        ("link_escorted_kg", "kg", "Sent over the link under armed escort"),
    ),
    *_block(
        "flow_run month group",
        ("group_members", "member", "Members of the group"),
        ("group_revenue_usd", "USD", "Revenue of the group from carrying and escort"),
        ("group_escort_usd", "USD", "Of that, revenue from escort"),
        (
            "group_kind_index",
            "1",
            "Kind of the group in the slot (its position), -1 for a free slot",
            "int16",
        ),
        ("group_home_index", "1", "Home of the group in the slot (position of the place), -1", "int16"),
        (
            "group_access",
            "1",
            "Reach of the group's protection: 0 none, 1 local, 2 national; -1 for a free slot",
            "int8",
        ),
    ),
    *_block(
        "flow_run month broker group",
        ("principal_group_kg", "kg", "Sent by the broker with the group, in the product that moves", "int32"),
    ),
    *_block(
        "quantile month link",
        ("link_flow_kg_quantile", "kg", "Sent over the link, quantile over the runs"),
    ),
    *_block(
        "quantile month place",
        ("place_price_usd_per_kg_quantile", "USD/kg", "Value to brokers, quantile over the runs"),
    ),
)
"""Every variable of a result, in the order in which it is stored and listed."""

COORDINATES: tuple[Coordinate, ...] = (
    Coordinate("run", "run", "int", None, "Run of the ensemble"),
    Coordinate("month", "month", "month", None, "First day of the month"),
    Coordinate("quantile", "quantile", "float", "probability", "Quantile over the runs"),
    Coordinate("flow_run", "flow_run", "int", None, "Run that is kept with all its flows"),
    Coordinate("place", "place", "text", None, "Place"),
    Coordinate("place_name", "place", "text", None, "Name of the place"),
    Coordinate("place_latitude", "place", "float", "degrees_north", "Latitude"),
    Coordinate("place_longitude", "place", "float", "degrees_east", "Longitude"),
    Coordinate("place_country", "place", "text", None, "Country of the place (ISO 3166-1 alpha-2)"),
    Coordinate("place_kind", "place", "text", None, "Kind of place"),
    Coordinate("link", "link", "text", None, "Link"),
    Coordinate("link_from", "link", "text", None, "Place where the link begins"),
    Coordinate("link_to", "link", "text", None, "Place where the link ends"),
    Coordinate("link_mode", "link", "text", None, "Mode of transport"),
    Coordinate("link_product", "link", "text", None, "Product that moves over the link"),
    Coordinate("link_distance_km", "link", "float", "km", "Length of the link"),
    Coordinate("market", "market", "text", None, "Market"),
    Coordinate("zone", "zone", "text", None, "Production zone"),
    Coordinate("country", "country", "text", None, "Country (ISO 3166-1 alpha-2)"),
    Coordinate("kind", "kind", "text", None, "Kind of group, in the order that group_kind_index counts"),
    Coordinate("broker", "broker", "text", None, "Broker, in the order that place_control counts"),
    Coordinate("group", "group", "text", None, "Slot of a group; unnamed slots change hands"),
    Coordinate("group_title", "group", "text", None, "Name under which the group is reported"),
    Coordinate("group_kind", "group", "text", None, "Kind of the group that the slot starts with"),
    Coordinate("group_country", "group", "text", None, "Country of the group"),
    Coordinate("group_places", "group", "text", None, "Places where the group is reported, spaces between"),
    Coordinate("account", "account", "text", None, "Account of the money balance"),
    Coordinate("number", "number", "text", None, "Path of a number that each run drew"),
    Coordinate("number_unit", "number", "text", None, "Unit of the number"),
)
"""Every coordinate of a result; the one named like its dim is the dim's index."""

DIMS: tuple[str, ...] = tuple(row.name for row in COORDINATES if row.name == row.dim)
"""Every dim of a result."""

CHUNK_LENGTHS: dict[str, dict[str, int]] = {
    "run": {"run": 1000, "month": 240},
    "flow_run": {"flow_run": 1, "month": 60},
    "quantile": {"month": 60},
}
"""Longest stretch in one stored piece, by the variable's first dim; other dims are never cut.

Figures of all runs are read whole; flows are read a month or a link at a time.
"""


def variable(name: str) -> Variable:
    """Return the variable called `name`; raise KeyError when no result holds it."""
    for row in VARIABLES:
        if row.name == name:
            return row
    raise KeyError(name)
