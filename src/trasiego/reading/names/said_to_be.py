"""What a person is said to be: words before the name or after it ("security consultant", "leader of X")."""

from __future__ import annotations

from trasiego.reading.names.draft import Draft, Span
from trasiego.reading.names.lexicon import word_set

LONGEST = 14


def role_of(draft: Draft, span: Span) -> str:
    """Return what the words after a person's name or before it say the person is, or ""."""
    return _after(draft, span) or _before(draft, span) or _before_comma(draft, span)


def _after(draft: Draft, span: Span) -> str:
    words, known = draft.words, draft.lexicon
    first = span.last
    if first >= len(words) or words[first].first or words[first].gap.strip(" \"”»'’") != ",":
        return ""
    if words[first].folded == "alias" or draft.owner[first] is not None:
        later = first
        while (
            later < min(first + 6, len(words)) and words[later].gap.strip(" \"”»'’") != "," or later == first
        ):
            later += 1
        if later >= len(words) or words[later].gap.strip(" \"”»'’") != "," or words[later].first:
            return ""
        first = later
    while first < len(words) and words[first].folded in word_set("role_leads"):
        first += 1
    last = first
    while last < len(words) and last - first < LONGEST and not words[last].first:
        gap = words[last].gap
        if (last > first and any(mark in gap for mark in ",.;:()—\n")) or words[last].folded in word_set(
            "role_ends"
        ) - {
            "y",
            "and",
        }:
            break
        last += 1
    head = next(
        (index for index in range(first, min(first + 5, last)) if words[index].folded in known.roles), None
    )
    if head is None or any(words[index].folded in word_set("role_joins") for index in range(first, head)):
        return ""
    while last > head and words[last - 1].folded in word_set("role_joins") | word_set("role_leads"):
        last -= 1
    named = (draft.owner[index] for index in range(first, last))
    if any(owner is not None and owner.type == "person" for owner in named):
        return ""
    return draft.phrase(first, last)


def _before_comma(draft: Draft, span: Span) -> str:
    """Return the role of "the alleged leader of X, NAME" and "el ministro de Gobernación, NAME"."""
    words, known = draft.words, draft.lexicon
    if not span.first or words[span.first].first or "," not in words[span.first].gap:
        return ""
    first = span.first
    while first and span.first - first < 12 and not words[first].first:
        if first < span.first and (
            words[first].gap.strip(" \"“”«»‘’'") or words[first].folded in word_set("role_ends")
        ):
            first += words[first].folded in word_set("role_ends")
            break
        owner = draft.owner[first - 1]
        if owner is not None and owner.type == "person":
            return ""
        first -= 1
    nouns = known.roles | known.titles
    head = next((at for at in range(span.first - 1, first - 1, -1) if words[at].folded in nouns), None)
    if head is None:
        return ""
    start = min(head, _start_of_role(draft, max(first, head - 2), span.first))
    while start < head and words[start].folded in word_set("role_joins") | word_set("role_leads") | {
        "with",
        "con",
    }:
        start += 1
    return draft.phrase(start, span.first)


def _before(draft: Draft, span: Span) -> str:
    words, known = draft.words, draft.lexicon
    first = span.first
    while first > 0 and span.first - first < 8 and draft.follows(first) and not words[first].first:
        before = words[first - 1]
        if before.folded in word_set("role_ends") | word_set("role_leads") | known.before_places or (
            before.folded in word_set("role_joins") and not words[first].capital
        ):
            break
        if before.folded in word_set("role_joins") and before.folded not in ("of", "de", "del", "for"):
            break
        owner = draft.owner[first - 1]
        if owner is not None and owner.type == "person":
            return ""
        first -= 1
    while first < span.first and words[first].folded in word_set("role_joins") | word_set("role_leads"):
        first += 1
    first = _start_of_role(draft, first, span.first)
    held = [words[index].folded for index in range(first, span.first)]
    if not held or not any(word in known.roles or word in known.titles for word in held[-2:]):
        return ""
    return draft.phrase(first, span.first)


def _verb(draft: Draft, index: int) -> bool:
    word = draft.words[index].folded
    return word.endswith(("ed", "ing")) and word not in draft.lexicon.qualifiers


def _start_of_role(draft: Draft, first: int, last: int) -> int:
    """Return where the words for a role begin: at a qualifier or nationality, else a word before the noun."""
    words, known = draft.words, draft.lexicon
    nouns = known.roles | known.titles
    for index in range(first, last):
        leads = words[index].folded in known.qualifiers or words[index].folded in known.demonyms
        if leads and not any(_verb(draft, later) for later in range(index + 1, last)):
            return index
    head = next((index for index in range(first, last) if words[index].folded in nouns), last)
    owner = draft.owner[head - 1] if head else None
    if owner is not None and owner.type == "agency" and owner.first >= first:
        return owner.first
    plain = head > first and owner is None and not words[head - 1].folded.endswith(("ed", "ing"))
    return head - 1 if plain and draft.language == "en" else head
