"""Names in brackets beside a name: its letters, its translation, another name of the same."""

from __future__ import annotations

import re

from trasiego.reading.names.draft import Draft, Span

BRACKET = re.compile(r"^\s*[\"”»’']?\s*[(\[]\s*[\"“«‘']?$")
CLOSING = frozenset(")]")
BODIES = ("group", "agency", "organization")
LEADS = frozenset("or o also the in en por sus siglas its acronym as known spanish de ingles english".split())


def link_brackets(draft: Draft) -> None:
    """Link a name and what stands in brackets after it: letters, a translation, another name."""
    words = draft.words
    for index in range(1, len(words)):
        if words[index].acronym and words[index].gap == ", ":
            _link_letters(draft, index)
        if (
            not BRACKET.match(words[index].gap)
            or draft.owner[index - 1] is None
            and not words[index - 1].capital
        ):
            continue
        end = index
        while end < len(words) and end - index < 14 and not (end > index and CLOSING & set(words[end].gap)):
            end += 1
        _link_pieces(draft, index, end)
    _take_letters_again(draft)


def _take_letters_again(draft: Draft) -> None:
    """Take letters that stood in brackets for a group or body once, wherever they stand alone."""
    words = draft.words
    found = {
        words[span.first].text: span
        for span in draft.spans
        if "brackets" in span.witnesses and span.type in BODIES and span.last - span.first == 1
    }
    for index, word in enumerate(words):
        span = found.get(word.text) if word.acronym and draft.owner[index] is None else None
        if span is not None:
            draft.links.append((span, draft.take(index, index + 1, span.type, "short")))


def _link_pieces(draft: Draft, first: int, last: int) -> None:
    base = draft.owner[first - 1]
    for start, end in _pieces(draft, first, last):
        inner = draft.owner[start]
        if base is None and inner is not None and inner.type in BODIES:
            before = _chain_before(draft, first)
            if _initials_fit(draft, *before, start, end):
                base = draft.take(*before, inner.type, "brackets")
        if base is None or base.type not in (*BODIES, "place"):
            continue
        if inner is None and draft.free(start, end) and _looks_like_name(draft, base, start, end):
            inner = draft.take(start, end, base.type, "brackets")
        if inner is None or inner.first < start:
            continue
        known = "list" in inner.witnesses and "list" not in base.witnesses and base.type != "place"
        if inner.type in BODIES and known and _share_initials(draft, base, inner):
            base.type = inner.type
        if inner.type == base.type and (base.type != "place" or draft.words[inner.first].acronym):
            draft.links.append((base, inner))


def _link_letters(draft: Draft, index: int) -> None:
    """Link "Technical Corps, TC, of": letters between commas after a body's name."""
    words, base, inner = draft.words, draft.owner[index - 1], draft.owner[index]
    if base is None or base.type not in BODIES or base.last != index or words[index - 1].acronym:
        return
    closes = index + 1 >= len(words) or words[index + 1].gap.startswith(",")
    if closes and inner is None and _share_initials(draft, base, Span(index, index + 1, "", "")):
        inner = draft.take(index, index + 1, base.type, "brackets")
    if closes and inner is not None and inner.type == base.type and inner.last == index + 1:
        draft.links.append((base, inner))


def _pieces(draft: Draft, first: int, last: int) -> list[tuple[int, int]]:
    """Return the parts [start, end) of what brackets hold, cut at dashes and commas, lead words left out."""
    words = draft.words
    cuts = [first]
    for index in range(first + 1, last):
        if any(mark in words[index].gap for mark in "—–;,/") or words[index].gap.strip() == "-":
            cuts.append(index)
    found = []
    for start, end in zip(cuts, [*cuts[1:], last], strict=True):
        begin = start
        while begin < end and words[begin].folded in LEADS and not words[begin].capital:
            begin += 1
        if begin < end:
            found.append((begin, end))
    return found


def _chain_before(draft: Draft, first: int) -> tuple[int, int]:
    """Return the free chain of capitalised words, connectors inside, that ends before a bracket."""
    words, known = draft.words, draft.lexicon
    start = first - 1
    while (
        start > 0
        and draft.owner[start - 1] is None
        and draft.follows(start)
        and (
            words[start - 1].capital
            or (
                words[start - 1].folded in known.institution_connectors
                and words[start - 1].folded not in ("the", "para", "for")
            )
        )
    ):
        start -= 1
    while start < first - 1 and (
        not words[start].capital or words[start].folded in ("the", "la", "el", "los")
    ):
        start += 1
    return start, first


def _looks_like_name(draft: Draft, base: Span, start: int, end: int) -> bool:
    word = draft.words[start]
    if end - start == 1 and word.acronym:
        return True
    if base.type == "place" or not word.capital or end - start > 9:
        return False
    return end - start >= 2 and draft.words[end - 1].capital and word.folded not in draft.lexicon.stop


def _share_initials(draft: Draft, base: Span, inner: Span) -> bool:
    """Tell whether the letters of an abbreviation are the first letters of a name and the word before it."""
    letters = [word.folded for word in draft.words[inner.first : inner.last]]
    initials = {word.folded[0] for word in draft.words[max(0, base.first - 1) : base.last]}
    return len(letters) == 1 and set(letters[0]) <= initials


def _initials_fit(draft: Draft, first: int, last: int, start: int, end: int) -> bool:
    """Tell whether letters in brackets come from the words before them, in their order."""
    letters = "".join(word.folded for word in draft.words[start:end])
    if last - first < 2:
        return False
    text = "".join(word.folded for word in draft.words[first:last])
    position = -1
    for letter in letters:
        position = text.find(letter, position + 1)
        if position < 0:
            return False
    return True
