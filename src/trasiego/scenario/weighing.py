"""Numbers of a scenario moved by the user's own claims: from linked claims to figures, with what moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trasiego.common.messages import _
from trasiego.common.units import UNITS
from trasiego.evidence.combining import UNJUDGED, Combined, Piece, combine, piece_of, weight_of
from trasiego.scenario.fields import registry
from trasiego.scenario.numbers import Number, plain

if TYPE_CHECKING:
    from trasiego.evidence import Ledger
    from trasiego.scenario.scenario import Scenario

SCENARIO = "scenario"
"""Name of the piece that is the number as the scenario has it."""


@dataclass(frozen=True)
class Moved:
    """A number that own claims moved: its figures before and after, in `unit`, and the own claims behind it.

    A claim that agrees may leave the figures as they were; the number cites it all the same. `cites` are all
    claims of the number now, `shares` the part of each piece in the whole weight, the number
    as it was among them (SCENARIO); `derivation` says so in words.
    """

    path: str
    unit: str
    before: tuple[float, float | None, float | None]
    after: tuple[float, float | None, float | None]
    claims: tuple[str, ...]
    cites: tuple[str, ...]
    shares: Mapping[str, float]
    derivation: str

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data for JSON."""
        record = {**asdict(self), "shares": dict(self.shares)}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in record.items()}

    def number(self, file: str) -> Number:
        """Return the number as it is now, said to be written in `file`."""
        value, low, high = self.after
        return Number(
            self.path, value, low, high, self.unit, "derived", self.cites, self.derivation, "", file, None
        )


def moved_of(record: Mapping[str, Any]) -> Moved:
    """Return the record that `Moved.to_dict` gave."""
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in record.items()
    }
    return Moved(**fields)


def years_of(scenario: Scenario) -> tuple[int, int]:
    """Return the first and last year of a scenario's recorded months."""
    first = scenario.start
    last = first + (scenario.months - 1)
    return int(str(first)[:4]), int(str(last)[:4])


def moved_numbers(scenario: str | Path, ledger: str | Path) -> tuple[list[Moved], dict[str, str]]:
    """Return the numbers of a scenario that the claims of an own ledger move, and why which do not count.

    Those are the claims that were linked to numbers; the reasons are by id of claim. Raises Faults.
    """
    from trasiego.evidence import load_ledger
    from trasiego.evidence.own import OwnLedger, as_ledger
    from trasiego.scenario.load import load_scenario

    links: dict[str, list[str]] = {}
    with OwnLedger(Path(ledger)) as own:
        for link in own.links():
            links.setdefault(link.number, []).append(link.claim)
        every = as_ledger(own, load_ledger())
    return weigh(load_scenario(str(scenario)), every, links)


def weigh(
    scenario: Scenario, ledger: Ledger, links: Mapping[str, Sequence[str]]
) -> tuple[list[Moved], dict[str, str]]:
    """Return the numbers that linked claims move, and why which claims do not count.

    `links` are the ids of own claims by the path of a number; paths that the scenario has not are passed
    over. The reasons are by id of claim.
    """
    moved: list[Moved] = []
    reasons: dict[str, str] = {}
    years = years_of(scenario)
    for path, names in links.items():
        number = scenario.numbers.get(path)
        if number is None:
            continue
        pieces = []
        for name in names:
            claim = ledger.claims.get(name)
            piece = claim and piece_of(claim, ledger.source_of(claim), number.unit, years)
            if piece:
                pieces.append(piece)
            else:
                reasons[name] = _reason(name, number, ledger)
        if pieces:
            moved.append(_moved(number, pieces, _own_piece(number, ledger, years)))
    return moved, reasons


def _own_piece(number: Number, ledger: Ledger, years: tuple[int, int]) -> Piece:
    """Return the number as the scenario has it as one piece, with the weight of the claims that it cites.

    Those are the cited claims with a figure of its dimension, or else the best of all that it cites. An
    assumption weighs as little as a claim that nobody has judged.
    """
    cited = [ledger.claims[name] for name in number.claims if name in ledger.claims]
    telling = [piece_of(claim, ledger.source_of(claim), number.unit, years) for claim in cited]
    weights = [piece.weight for piece in telling if piece is not None]
    weight = sum(weights) or max(
        (weight_of(claim, ledger.source_of(claim), years) for claim in cited), default=0
    )
    if number.status == "assumed":
        weight = 0.0
    return Piece(SCENARIO, number.value, number.low, number.high, max(weight, UNJUDGED))


def _moved(number: Number, pieces: Iterable[Piece], own: Piece) -> Moved:
    every = sorted(pieces, key=lambda piece: piece.name)
    found = combine([own, *every])
    assert found.value is not None
    row = registry().field(number.path)
    ends = (row.minimum, row.maximum) if row is not None else (None, None)
    after = tuple(_inside(each, *ends) for each in (found.value, found.low, found.high))
    names = tuple(piece.name for piece in every)
    return Moved(
        path=number.path,
        unit=number.unit,
        before=(number.value, number.low, number.high),
        after=after,  # type: ignore[arg-type]
        claims=names,
        cites=tuple(dict.fromkeys([*number.claims, *names])),
        shares=found.shares,
        derivation=_derivation(number, found),
    )


def _inside(figure: float | None, minimum: float | None, maximum: float | None) -> float | None:
    if figure is None:
        return None
    figure = figure if minimum is None else max(figure, minimum)
    return figure if maximum is None else min(figure, maximum)


def _derivation(number: Number, found: Combined) -> str:
    """Return in words what was weighed."""
    was = plain(number.value)
    if number.low is not None and number.high is not None:
        was += _(" ({low} to {high})").format(low=plain(number.low), high=plain(number.high))
    parts = [f"{name} {found.shares[name]:.0%}" for name in sorted(found.shares) if name != SCENARIO]
    text = _("weighed by grade and year: the scenario's {was} {share:.0%}, {parts}").format(
        was=was, share=found.shares[SCENARIO], parts=", ".join(parts)
    )
    return f"{number.derivation}; {text}" if number.derivation else text


def _reason(name: str, number: Number, ledger: Ledger) -> str:
    claim = ledger.claims.get(name)
    if claim is None:
        return _("no such claim")
    if claim.bounds() is None:
        return _("it has no figure")
    if claim.unit not in UNITS or UNITS[claim.unit].dimension != UNITS[number.unit].dimension:
        return _("{unit} does not convert to {other}").format(unit=claim.unit or "-", other=number.unit)
    return _("it is {standing}").format(standing=claim.standing)
