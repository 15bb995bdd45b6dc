"""The price ladder: its stages from the source to the markets, and what was reported at each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trasiego.analysis.strict import Fields
from trasiego.common.faults import Faults
from trasiego.common.messages import _
from trasiego.common.paths import data_folder
from trasiego.scenario.documents import Spot, read_document

LADDER_FILE = "price_ladder.toml"
STAGE_KEYS = ("id", "short", "title", "of", "countries", "kinds", "low", "high", "claims", "why")


@dataclass(frozen=True)
class Stage:
    """One step of the ladder; prices in USD/kg.

    `short` and `title` name it for readers. `of` says whose price it is: zones of paste, places (of
    hydrochloride on the move) or markets; `countries` and, for places, `kinds` of place choose them. `low`
    to `high` is what was reported by `claims`; `why` says which claims count.
    """

    id: str
    short: str
    title: str
    of: str
    countries: tuple[str, ...]
    kinds: tuple[str, ...]
    low: float
    high: float
    claims: tuple[str, ...]
    why: str


@cache
def load_ladder(path: Path | None = None) -> tuple[Stage, ...]:
    """Return the stages in order from the source to the markets; `path` is another file than the shipped one.

    Raise Faults with every fault of the file.
    """
    document = read_document(path or data_folder("patterns") / LADDER_FILE)
    fields = Fields(document.tree, Spot(document, ()), ("stage",))
    rows = fields.tables("stage", STAGE_KEYS)
    stages = tuple(_read_stage(row) for row in rows)
    faults = [*fields.faults, *(fault for row in rows for fault in row.faults)]
    if faults:
        raise Faults(faults)
    return stages


def _read_stage(row: Fields) -> Stage:
    low, high = row.number("low"), row.number("high")
    if low is None or high is None or not 0 < low <= high:
        row.blame("low", str([low, high]), _("two prices above zero, low and high"), _("write both"))
    return Stage(
        id=row.text("id"),
        short=row.text("short"),
        title=row.text("title"),
        of=row.choice("of", ("zones", "places", "markets")),
        countries=row.texts("countries"),
        kinds=row.texts("kinds", required=False),
        low=low or 0.0,
        high=high or 0.0,
        claims=row.texts("claims"),
        why=row.text("why"),
    )
