"""Which spans of a report mean the same: one entity for each real thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache

from trasiego.reading.names.draft import Draft, Span
from trasiego.reading.names.gazetteer import gazetteer
from trasiego.reading.names.lexicon import ARTICLES, folded_words, known_bodies, lexicon

WIDE = frozenset("country continent sea region valley mountains islands river gulf".split())
Join = Callable[[Span, Span], None]
EMPTY = frozenset("of de del the and y da do".split())


@cache
def _body_keys() -> tuple[dict[tuple[str, tuple[str, ...]], int], dict[tuple[str, tuple[str, ...]], int]]:
    """Return the number of the known body by type and words: by all words but articles, and by their core."""
    whole: dict[tuple[str, tuple[str, ...]], int] = {}
    short: dict[tuple[str, tuple[str, ...]], int] = {}
    for number, body in enumerate(known_bodies()):
        for name in body.names:
            words = tuple(folded_words(name))
            whole.setdefault((body.type, _plain(words)), number)
            short.setdefault((body.type, core(body.type, words)), number)
    return whole, short


def body_of(type: str, words: tuple[str, ...]) -> int | None:
    """Return the number of the known body (lexicon.known_bodies) that folded words name, or None.

    All words count first, so that the Gulf Cartel and the Gulf Clan stay apart; "Gulf" alone takes the first.
    """
    whole, short = _body_keys()
    found = whole.get((type, _plain(words)))
    return short.get((type, core(type, words))) if found is None else found


def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in ARTICLES and word not in EMPTY) or words


def core(type: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name that tell it: no articles, and of groups no kind words."""
    plain = _plain(words)
    if type != "group":
        return plain
    known = lexicon()
    kinds = known.strong_kinds | known.weak_kinds | known.between_kinds
    return tuple(word for word in plain if word not in kinds) or plain


def cluster(draft: Draft) -> list[list[Span]]:
    """Return the spans of each entity, in the order of the text; words of no party are left out."""
    spans = [span for span in sorted(draft.spans, key=lambda each: each.first) if span.type != "nothing"]
    parent = {span: span for span in spans}

    def root(span: Span) -> Span:
        while parent[span] is not span:
            span = parent[span]
        return span

    def join(one: Span, other: Span) -> None:
        one, other = root(one), root(other)
        if one is not other:
            first, second = (one, other) if one.first <= other.first else (other, one)
            parent[second] = first

    by_type: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        by_type[span.type].append(span)
    for one, other in draft.links:
        if one in parent and other in parent and one.type == other.type:
            join(one, other)
    for type, several in by_type.items():
        _join_equal(draft, type, several, join)
        if type == "person":
            _join_persons(draft, several, join)
        elif type != "place":
            _join_parts(draft, type, several, join)
    found: dict[Span, list[Span]] = defaultdict(list)
    for span in spans:
        found[root(span)].append(span)
    return list(found.values())


def _join_equal(draft: Draft, type: str, spans: list[Span], join: Join) -> None:
    seen: dict[object, Span] = {}
    for span in spans:
        words = tuple(part for word in draft.key(span.first, span.last) for part in folded_words(word))
        key: object = core(type, words)
        if type == "place":
            readings = gazetteer().of_words(words)
            if words[0] == "rio" and len(words) > 1:
                key = words[1:]
            wide = next((place.name for place in readings if place.kind in WIDE), "")
            if wide and (readings[0].kind in WIDE or readings[0].kind not in ("town", "division")):
                key = ("place", wide)
        else:
            number = body_of(type, words)
            key = key if number is None else number
        if key in seen:
            join(seen[key], span)
        else:
            seen[key] = span


def _join_persons(draft: Draft, spans: list[Span], join: Join) -> None:
    """Join a short form with the full name that it is part of, the one named last before it first."""
    parts = {
        span: [word.folded for word in draft.words[span.first : span.last] if word.capital] for span in spans
    }
    seen: set[tuple[str, ...]] = set()
    for span in spans:
        words = parts[span]
        if tuple(words) in seen:
            continue
        seen.add(tuple(words))
        longer = [
            (other, names)
            for other, names in ((each, parts[each]) for each in spans)
            if len(names) > len(words) and _is_part(words, names) and "kin" not in other.witnesses
        ]
        if longer and "kin" not in span.witnesses:
            before = [other for other, _names in longer if other.first < span.first]
            join(before[-1] if before else longer[0][0], span)


def _is_part(words: list[str], names: list[str]) -> bool:
    """Tell whether words come in the same order in a longer name, a surname among them."""
    position = -1
    for word in words:
        if word not in names[position + 1 :]:
            return False
        position = names.index(word, position + 1)
    return len(words) > 1 or words[0] != names[0] or words[0] not in lexicon().given


def _is_police(words: tuple[str, ...]) -> bool:
    """Tell whether letters stand for a national police."""
    number = body_of("agency", words)
    return number is not None and known_bodies()[number].names[0].startswith("Policía")


def _join_parts(draft: Draft, type: str, spans: list[Span], join: Join) -> None:
    """Join "Fiscalía" with "Fiscalía General de la Nación", where only one longer name starts or ends so."""
    if type == "publisher":
        return
    first: dict[tuple[str, ...], Span] = {}
    for span in spans:
        first.setdefault(core(type, draft.key(span.first, span.last)), span)
    for words, span in first.items():
        longer = [other for other in first if len(other) > len(words) and other[: len(words)] == words]
        if not longer and type == "organization" and len(words) > 1:
            longer = [other for other in first if len(other) > len(words) and other[-len(words) :] == words]
        if not longer and words == ("policia",) and type == "agency":
            longer = [other for other in first if _is_police(other)]
        if len(longer) == 1:
            join(first[longer[0]], span)
