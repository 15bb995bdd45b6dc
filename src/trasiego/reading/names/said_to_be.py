"""What a person is said to be: words before the name or after it ("security consultant", "leader of X")."""

from __future__ import annotations

from trasiego.reading.names.draft import Draft, Span

LONGEST = 14
ENDS = frozenset(
    "who which that was were is are has had said told quien que fue es era ha dijo y and when where donde cuando"
    " according segun also tambien but pero were sera seria habria".split()
)
LEADS = frozenset("the a an el la los las un una its his her their su sus".split())
JOINS = frozenset("of de del la the for in en and y on at el los las 's".split())


def role_of(draft: Draft, span: Span) -> str:
    """Return what the words after a person's name or before it say the person is, or ""."""
    return _after(draft, span) or _before(draft, span)


def _after(draft: Draft, span: Span) -> str:
    words, known = draft.words, draft.lexicon
    first = span.last
    if first >= len(words) or words[first].first or words[first].gap.strip(" \"”»'’") != ",":
        return ""
    if words[first].folded == "alias" or draft.owner[first] is not None:
        later = first
        while later < min(first + 6, len(words)) and words[later].gap.strip(" \"”»'’") != "," or later == first:
            later += 1
        if later >= len(words) or words[later].gap.strip(" \"”»'’") != "," or words[later].first:
            return ""
        first = later
    while first < len(words) and words[first].folded in LEADS:
        first += 1
    last = first
    while last < len(words) and last - first < LONGEST and not words[last].first:
        gap = words[last].gap
        if (last > first and any(mark in gap for mark in ",.;:()—\n")) or words[last].folded in ENDS - {"y", "and"}:
            break
        last += 1
    head = next((index for index in range(first, min(first + 5, last)) if words[index].folded in known.roles), None)
    if head is None or any(words[index].folded in JOINS for index in range(first, head)):
        return ""
    while last > head and words[last - 1].folded in JOINS | LEADS:
        last -= 1
    return draft.phrase(first, last)


def _before(draft: Draft, span: Span) -> str:
    words, known = draft.words, draft.lexicon
    first = span.first
    while first > 0 and span.first - first < 8 and draft.follows(first) and not words[first].first:
        before = words[first - 1]
        if before.folded in ENDS | LEADS | known.before_places or (before.folded in JOINS and not words[first].capital):
            break
        if before.folded in JOINS and before.folded not in ("of", "de", "del", "for"):
            break
        owner = draft.owner[first - 1]
        if owner is not None and owner.type == "person":
            return ""
        first -= 1
    while first < span.first and words[first].folded in JOINS | LEADS:
        first += 1
    held = [words[index].folded for index in range(first, span.first)]
    if not held or not any(word in known.roles or word in known.titles for word in held[-2:]):
        return ""
    start = first
    nouns = known.roles | known.titles | known.qualifiers
    if not any(word in nouns for word in held[:1]) and len(held) > 5:
        start = span.first - 4
    return draft.phrase(start, span.first)
