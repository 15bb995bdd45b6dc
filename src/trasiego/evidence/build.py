"""From the cells of a row to a source or a claim, every fault of the row reported."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from trasiego.common.faults import nearest
from trasiego.common.messages import _
from trasiego.common.predicates import PREDICATES
from trasiego.evidence import vocabulary as words
from trasiego.evidence.cells import Cells
from trasiego.evidence.claim import Claim, Source
from trasiego.evidence.measures import Measures, check_measure

_ABSENT: dict[str, Any] = {
    **dict.fromkeys(
        "figure_as_stated unit what subject predicate object product mode group_kind".split(), ""
    ),
    **dict.fromkeys(("value", "low", "high")),
    "details": {},
}
"""Fields that only some kinds of claim have, as they are where a kind has them not."""


def source_of(cells: Cells) -> Source:
    """Return the source of a row of sources.csv."""
    return Source(
        id=cells.identifier(),
        publisher=cells.text("publisher"),
        title=cells.text("title"),
        author=cells.text("author"),
        date=cells.date("date"),
        address=cells.text("address"),
        kind=cells.choice("kind", words.SOURCE_KINDS),
        language=cells.text("language"),
        reliability=cells.choice("reliability", words.RELIABILITY),
        reliability_reason=cells.text("reliability_reason"),
        note=cells.text("note"),
    )


def quantity_of(cells: Cells, topic: str, sources: Mapping[str, Source], measures: Measures) -> Claim:
    """Return the claim of a row of quantities/<topic>.csv."""
    value, low, high = cells.number("value"), cells.number("low"), cells.number("high")
    unit, what = cells.text("unit"), cells.text("what")
    _check_figure(cells, value, low, high)
    check_measure(cells, what, unit, (value, low, high), measures)
    return _claim(
        cells,
        sources,
        kind="quantity",
        topic=topic,
        figure_as_stated=cells.text("figure_as_stated"),
        value=value,
        low=low,
        high=high,
        unit=unit,
        what=what,
        subject=cells.text("subject"),
        product=cells.choice("product", words.PRODUCTS),
        mode=cells.choice("mode", words.MODES),
        group_kind=cells.choice("group_kind", words.GROUP_KINDS),
    )


def relation_of(cells: Cells, sources: Mapping[str, Source]) -> Claim:
    """Return the claim of a row of relations.csv."""
    return _claim(
        cells,
        sources,
        kind="relation",
        topic="relations",
        subject=cells.text("subject"),
        predicate=cells.choice("predicate", PREDICATES),
        object=cells.text("object"),
    )


def event_of(cells: Cells, sources: Mapping[str, Source], group_names: Collection[str]) -> Claim:
    """Return the claim of a row of events.csv; its groups are names of group claims."""
    counts = cells.text("counts")
    for part in counts.split(";") if counts else ():
        name, sign, number = part.partition("=")
        if not (sign and name.replace("_", "").isalpha() and number.removeprefix("-").isdigit()):
            allowed = _("name=whole number, several with semicolons, such as dead=11;arrests=3")
            cells.fault("counts", part or counts, allowed, _("correct the counts"))
    groups = cells.names("groups", group_names, _("the name of a group of the ledger"))
    return _claim(
        cells,
        sources,
        kind="event",
        topic="events",
        what=cells.choice("event_kind", words.EVENT_KINDS),
        subject=groups,
        details={"counts": counts, "groups": groups},
    )


def group_of(cells: Cells, sources: Mapping[str, Source]) -> Claim:
    """Return the claim of a row of groups.csv; its size is in members."""
    low, high = cells.number("size_low"), cells.number("size_high")
    _check_order(cells, "size_low", low, high)
    for column in ("territory_source", "size_source"):
        for cited in cells.text(column).split(";") if cells.text(column) else ():
            _check_source(cells, column, cited, sources)
    details = {
        "aliases": cells.text("aliases"),
        "roles": cells.choices("roles", words.GROUP_ROLES),
        "territory_source": cells.text("territory_source"),
        "size_source": cells.text("size_source"),
        "allies": cells.text("allies"),
        "rivals": cells.text("rivals"),
        "political_access": cells.choice("political_access", words.POLITICAL_ACCESS),
        "strategy": cells.choice("strategy", words.STRATEGIES),
    }
    return _claim(
        cells,
        sources,
        kind="group",
        topic="groups",
        what="group",
        subject=cells.text("name"),
        low=low,
        high=high,
        unit="member" if low is not None or high is not None else "",
        group_kind=cells.choice("group_kind", words.GROUP_KINDS),
        details=details,
    )


def check_group_names(cells: Cells, group_names: Collection[str]) -> None:
    """Report allies and rivals of a group that are not names of group claims."""
    for column in ("allies", "rivals"):
        cells.names(column, group_names, _("the name of a group of the ledger"))


def _claim(cells: Cells, sources: Mapping[str, Source], **own: Any) -> Claim:
    """Return the claim with the columns that every kind has; `own` are the fields of the kind."""
    source_id = cells.text("source")
    if source_id:
        _check_source(cells, "source", source_id, sources)
    basis = cells.choice("basis", words.BASES)
    grade, reason = cells.text("grade"), cells.text("grade_reason")
    _check_grade(cells, grade, reason, basis, sources.get(source_id))
    fields = {**_ABSENT, **own}
    return Claim(
        id=cells.identifier(),
        source_id=source_id,
        statement=cells.text("statement"),
        place=cells.text("place"),
        country=cells.country(),
        period=cells.period(),
        location=cells.text("location"),
        said_by=cells.text("said_by"),
        standing=cells.choice("standing", words.STANDINGS),
        basis=basis,
        grade=grade,
        grade_reason=reason,
        checked_on=cells.day("checked_on"),
        note=cells.text("note"),
        file=cells.row.file,
        line=cells.row.line,
        **fields,
    )


def _check_source(cells: Cells, column: str, cited: str, sources: Mapping[str, Source]) -> None:
    if cited not in sources:
        do = _("correct the id, or add the source to sources.csv")
        cells.fault(column, cited, _("the id of a source"), do, nearest(cited, sources))


def _check_grade(cells: Cells, grade: str, reason: str, basis: str, source: Source | None) -> None:
    """Report a grade that is no Admiralty grade or departs from source and basis without a reason."""
    if not grade:
        return
    if len(grade) != 2 or grade[0] not in words.RELIABILITY or grade[1] not in words.CREDIBILITY:
        allowed = _("a letter A to F and a number 1 to 6, such as B2")
        cells.fault("grade", grade, allowed, _("grade the claim by the rule in README.md"))
        return
    if reason:
        return
    letter = source.reliability if source else grade[0]
    number = words.BASES.get(basis, grade[1])
    if grade != letter + number:
        allowed = _("{grade}, from the source and the basis").format(grade=letter + number)
        cells.fault("grade", grade, allowed, _("take that grade, or say in grade_reason why not"))


def _check_figure(cells: Cells, value: float | None, low: float | None, high: float | None) -> None:
    """Report a quantity without figure, and a value that is not between its low and its high."""
    if not any(cells.row.cells.get(column) for column in ("value", "low", "high")):
        cells.fault("value", _("no figure"), _("value, low or high"), _("fill in at least one"))
    _check_order(cells, "low", low, high)
    if value is None:
        return
    if (low is not None and value < low) or (high is not None and value > high):
        ends = ["" if end is None else f"{end:.10g}" for end in (low, high)]
        found = f"{value:.10g} ({ends[0]}..{ends[1]})"
        cells.fault("value", found, _("a value between low and high"), _("correct one of the three"))


def _check_order(cells: Cells, column: str, low: float | None, high: float | None) -> None:
    """Report a low above its high; `column` is the one of the low."""
    if low is not None and high is not None and low > high:
        cells.fault(column, f"{low:.10g} > {high:.10g}", _("low not above high"), _("turn the two round"))
