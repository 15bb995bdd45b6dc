"""The shipped ledger and the user's own as one, persons as roles unless their names are asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from trasiego.common.messages import _
from trasiego.common.units import UNITS, unit_text
from trasiego.evidence.claim import Claim, Source
from trasiego.evidence.ledger import HandContradiction, Ledger
from trasiego.evidence.load import load_ledger
from trasiego.evidence.own import records
from trasiego.evidence.own.records import OwnClaim
from trasiego.evidence.own.store import OwnLedger
from trasiego.reading.candidate import Candidate
from trasiego.reading.persons import Person, Withheld, folded

_PERIOD = re.compile(r"\d{4}(-\d\d(-\d\d)?)?|(\d{4}[\d-]*|\.\.)/(\d{4}[\d-]*|\.\.)")


def withheld(claims: Mapping[str, OwnClaim], shipped: Ledger, with_names: bool = False) -> Withheld:
    """Return what takes the names of persons out of texts of own claims; names of groups stay."""
    persons: dict[str, Person] = {}
    groups = [claim.subject for claim in shipped.claims.values() if claim.kind == "group"]
    for claim in claims.values():
        candidate = claim.candidate
        for person in claim.persons:
            known = persons.get(person.name)
            if known is None or not known.role:
                persons[person.name] = person
        if candidate.kind == "entity" and candidate.type == "person":
            persons[candidate.name] = Person(candidate.name, tuple(candidate.aliases), candidate.role)
        elif candidate.kind == "entity" and candidate.type == "group":
            groups += [candidate.name, *candidate.aliases]
    return Withheld(persons.values(), groups, with_names)


def as_ledger(own: OwnLedger, shipped: Ledger, with_names: bool = False) -> Ledger:
    """Return the shipped claims and the own ones as one ledger.

    Own claims may have measures and units that are not registered (`unregistered` lists them). Names that
    were merged appear as the first of them; persons appear as what they are said to be unless `with_names`.
    """
    claims = own.claims()
    hide = withheld(claims, shipped, with_names)
    one_name = _merged(own.merges())
    sources = {name: _shown_source(source, hide) for name, source in own.sources().items()}
    shown = {
        claim.id: _claim(claim, hide, one_name, sources[claim.source_id], own.path.name)
        for claim in claims.values()
    }
    return Ledger(
        {**shipped.claims, **shown},
        {**shipped.sources, **sources},
        shipped.measures,
        shipped.hand_contradictions + tuple(_contradictions(claims)),
        shipped.left_out,
    )


def whole_ledger(path: str | Path | None, with_names: bool = False) -> Ledger:
    """Return the shipped ledger, with the own claims of a file where one is given; raises Faults."""
    if path is None:
        return load_ledger()
    with OwnLedger(Path(path)) as own:
        return as_ledger(own, load_ledger(), with_names)


def letters(shipped: Ledger) -> Callable[[str], str]:
    """Return what gives the letter of a publisher: that which most of its shipped sources have, or F."""
    counted: dict[str, Counter[str]] = {}
    for source in shipped.sources.values():
        counted.setdefault(folded(source.publisher), Counter())[source.reliability] += 1
    return lambda name: counted[folded(name)].most_common(1)[0][0] if folded(name) in counted else "F"


def unregistered(claim: Claim, ledger: Ledger) -> list[str]:
    """Return what of an own quantity the shipped lists do not have: its unit, its measure in this unit."""
    if claim.kind != "quantity":
        return []
    found = [] if claim.unit in UNITS else [_("unit {unit}").format(unit=claim.unit or "-")]
    if not found and UNITS[claim.unit].dimension not in (ledger.measures.get(claim.what) or ()):
        found = [_("measure {what} in {unit}").format(what=claim.what or "-", unit=claim.unit)]
    return found


def _contradictions(claims: Mapping[str, OwnClaim]) -> Iterator[HandContradiction]:
    """Yield the pairs of own claims that were read as contradicting each other, each once."""
    pairs = {
        tuple(sorted((claim.id, other)))
        for claim in claims.values()
        for other in claim.candidate.contradicts
        if other in claims and other != claim.id
    }
    for pair in sorted(pairs):
        yield HandContradiction(pair, _("two reports do not agree"))


def _merged(merges: Sequence[Mapping[str, Sequence[str]]]) -> Callable[[str], str]:
    first = {folded(name): merge["names"][0] for merge in merges for name in merge["names"]}
    return lambda name: first.get(folded(name), name)


def _shown_source(source: Source, hide: Withheld) -> Source:
    """Return a source without names of persons: those in its title, and the byline, which names one."""
    author = source.author if hide.shown or not source.author else _("named in the report")
    return replace(source, title=hide(source.title), note=hide(source.note), author=author)


def _claim(
    claim: OwnClaim, hide: Withheld, one_name: Callable[[str], str], source: Source, file: str
) -> Claim:
    """Return an own claim as the ledger holds claims."""
    each = claim.candidate

    def party(name: str) -> str:
        return hide(one_name(name))

    subject = {"relation": each.subject, "event": each.against or each.by, "entity": each.name}
    is_group = each.kind == "entity" and each.type == "group"
    return Claim(
        id=claim.id,
        kind="group" if is_group else each.kind,
        topic="own",
        source_id=claim.source_id,
        statement=statement(each, party),
        figure_as_stated=hide(each.quote) if each.kind == "quantity" else "",
        value=each.value,
        low=each.low,
        high=each.high,
        unit=each.unit,
        what=hide(each.what) or each.type,
        subject=party(subject.get(each.kind, "")),
        predicate=each.predicate,
        object=party(each.object),
        place=each.place,
        country=each.country,
        period=period_of(each),
        product=each.product,
        mode=each.mode,
        group_kind="",
        location=_("characters {start} to {end}").format(start=each.start, end=each.end),
        said_by=hide(each.attribution),
        standing=claim.standing,
        basis=records.BASIS_OF.get(each.modality, "reported"),
        grade=source.reliability + claim.credibility,
        grade_reason="",
        checked_on=claim.accepted_at[:10],
        note="",
        details=dict(_details(each, party)),
        file=file,
        line=0,
    )


def period_of(candidate: Candidate) -> str:
    """Return when it was, as claims have it: its date, or the year of publication where that lacks a year."""
    if _PERIOD.fullmatch(candidate.date):
        return candidate.date
    return candidate.published[:4]


def _details(each: Candidate, party: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield what only some kinds have, and how far it is said to have got."""
    yield "modality", each.modality
    if each.counts:
        yield "counts", ";".join(f"{party(name)}={count:g}" for name, count in each.counts.items())
    if each.kind == "entity" and each.type != "person" and each.aliases:
        yield "aliases", ";".join(map(party, each.aliases))
    if each.by:
        yield "by", party(each.by)


def statement(each: Candidate, party: Callable[[str], str] = str) -> str:
    """Return what a candidate says in a few words of ours; `party` gives how a name is shown."""
    if each.kind == "relation":
        said = f"{party(each.subject)} {each.predicate.replace('_', ' ')} {party(each.object)}"
    elif each.kind == "entity":
        is_person = each.type == "person"
        also = "" if is_person or not each.aliases else f" ({', '.join(map(party, each.aliases))})"
        said = f"{each.type}: {party(each.name)}{also}"
    elif each.kind == "event":
        counts = ", ".join(f"{count:g} {party(what)}" for what, count in each.counts.items())
        parts = (
            (_("by {who}"), party(each.by)), (_("against {who}"), party(each.against)), ("{who}", counts),
            (_("in {who}"), each.place),
        )  # fmt: skip
        said = " ".join([each.type, *(form.format(who=who) for form, who in parts if who)])
    else:
        figures = f"{figure_text(each)} {unit_text(each.unit)}".strip()
        said = f"{party(each.what) or _('figure')}: {figures}" + (f", {each.place}" if each.place else "")
    hedge = "" if each.modality == "stated" else f" ({each.modality})"
    return f"{said}{hedge}"


def figure_text(each: Candidate) -> str:
    """Return the figure of a quantity as words: a value, a range, at least, at most."""
    low, high = each.low, each.high
    if low is not None and high is not None:
        text = _("{low} to {high}").format(low=_plain(low), high=_plain(high))
        return text if each.value is None else f"{_plain(each.value)} ({text})"
    if low is not None:
        return _("at least {low}").format(low=_plain(low))
    if high is not None:
        return _("at most {high}").format(high=_plain(high))
    return "" if each.value is None else _plain(each.value)


def _plain(figure: float) -> str:
    return f"{figure:,.10g}"
