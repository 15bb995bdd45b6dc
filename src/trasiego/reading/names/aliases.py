"""Further names: after "alias" and "known as", and in brackets beside a name."""

from __future__ import annotations

import re

from trasiego.reading.names.draft import QUOTES, Draft, Span
from trasiego.reading.names.gazetteer import gazetteer
from trasiego.reading.names.institutions import chain_end

LONGEST_ALIAS = 6
BRACKET = re.compile(r"^\s*[\"”»’']?\s*[(\[]\s*[\"“«‘']?$")
CLOSING = frozenset(")]")
PARTY = frozenset({"group", "agency", "organization", "person"})
OPERATIONS = frozenset(
    "operation operacion raid operativo plan law ley method metodo program programa drug droga route ruta practice scheme"
    " strategy modalidad submarine vessel ship barco boat lancha semi-submersible prison carcel system sistema city"
    " town place lugar ciudad area region zona country pais".split()
)


def take_aliases(draft: Draft) -> None:
    """Take what stands after a cue of another name, and link it to the name before the cue."""
    for first, last, cue in _cues(draft):
        found = _alias_words(draft, last)
        while found:
            _take_alias(draft, first, cue, *found)
            found = _next_alias(draft, found[1])


def _next_alias(draft: Draft, at: int) -> tuple[int, int] | None:
    """Return the quoted words that go on a list of aliases: alias «A», «B» y «C»."""
    words = draft.words
    if at >= len(words) or not any(mark in QUOTES for mark in words[at].gap):
        return None
    if words[at].folded in ("y", "o", "and", "or", "e", "u") and not words[at].capital:
        at += 1
    elif "," not in words[at].gap:
        return None
    if at >= len(words) or words[at].gap[-1:] not in QUOTES or words[at].gap[-1:] in "”»’" or not words[at].capital:
        return None
    return _alias_words(draft, at)


def _take_alias(draft: Draft, first: int, cue: tuple[str, ...], start: int, end: int) -> None:
    type = "person" if cue in draft.lexicon.person_cues else _type_from_words(draft, first)
    before = _span_before(draft, first)
    if before is not None and before.type in PARTY:
        type = before.type
    elif not type and cue[0] in ("identified", "identificado", "identificada"):
        type = "person"
    if draft.free(start, end):
        if type:
            span = draft.take(start, end, type, "alias")
            if before is not None and before.type == type:
                draft.links.append((before, span))
    else:
        span_there = draft.owner[start]
        if before is not None and span_there is not None and before.type == span_there.type:
            draft.links.append((before, span_there))


def _cues(draft: Draft) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return (first, last, cue) of the alias cues."""
    starts: dict[str, list[tuple[str, ...]]] = {}
    for cue in draft.lexicon.alias_cues:
        starts.setdefault(cue[0].strip("()"), []).append(cue)
    found = []
    for index, word in enumerate(draft.words):
        for cue in starts.get(word.folded, ()):
            plain = tuple(part.strip("()") for part in cue)
            if draft.key(index, index + len(cue)) == plain and all(
                draft.follows(each) for each in range(index + 1, index + len(cue))
            ):
                if cue == ("(a)",) and not (word.gap.endswith("(") and draft.words[index].text == "a"):
                    continue
                found.append((index, index + len(cue), cue))
                break
    return found


def _alias_words(draft: Draft, at: int) -> tuple[int, int] | None:
    """Return the words [first, last) of the name after a cue: quoted words, or a chain of capitalised ones."""
    words = draft.words
    while at < len(words) and words[at].folded in ("the", "el", "la", "los", "as", "como") and not words[at].capital:
        if any(mark in QUOTES for mark in words[at].gap):
            break
        at += 1
    if at >= len(words) or "\n\n" in words[at].gap:
        return None
    if any(mark in QUOTES for mark in words[at].gap):
        for end in range(at + 1, min(at + LONGEST_ALIAS, len(words)) + 1):
            after = words[end].gap if end < len(words) else draft.text[words[end - 1].end :][:2]
            if any(mark in QUOTES for mark in after) and not (end < len(words) and words[end].gap.startswith("'") and words[end].folded == "'s"):
                return at, end
        return None
    if words[at].capital and words[at].gap in (" ", ", ", "\n") and words[at].folded not in draft.lexicon.stop | draft.lexicon.demonyms.keys() or (
        words[at].capital and words[at].folded in ("el", "la", "los", "las")
    ):
        if draft.owner[at] is not None:
            span = draft.owner[at]
            return (span.first, span.last) if span is not None and span.first == at else None
        return at, chain_end(draft, at)
    return None


def _span_before(draft: Draft, first: int) -> Span | None:
    """Return the span that ends right before a cue, or before "(", a comma, "or"."""
    index = first - 1
    if draft.words[first].first and "\n" in draft.words[first].gap:
        return None
    while index >= 0 and first - index <= 3:
        span = draft.owner[index]
        if span is not None:
            return span
        chain = _free_chain_before(draft, index)
        if chain is not None:
            return chain
        if draft.words[index].folded not in ("or", "o", "is", "was", "tambien", "also", "better", "mas", "y", "and"):
            return None
        index -= 1
    return None


def _free_chain_before(draft: Draft, index: int) -> Span | None:
    """Take the free capitalised chain that ends at a word for a person with two names at least."""
    words, known = draft.words, draft.lexicon
    start = index
    while start >= 0 and draft.owner[start] is None and (words[start].capital or words[start].folded in known.connectors):
        if start < index and not draft.follows(start + 1):
            break
        start -= 1
    start += 1
    while start <= index and not (words[start].capital and not _is_lead(draft, start)):
        start += 1
    key = draft.key(start, index + 1)
    if index - start < 1 or not words[index].capital or gazetteer().of_words(key):
        return None
    if key[0] in known.place_parts or any(word in known.heads for word in key):
        return None
    return draft.take(start, index + 1, "person", "alias")


def _is_lead(draft: Draft, index: int) -> bool:
    word, known = draft.words[index], draft.lexicon
    return word.folded in known.titles or word.folded in known.demonyms or word.folded in known.stop or (
        word.first and draft.common(index) and word.folded not in known.given
    )


def _type_from_words(draft: Draft, first: int) -> str:
    """Return the type that the words before "known as" speak for."""
    known = draft.lexicon
    for word in draft.window(first, 12):
        if word in OPERATIONS:
            return ""
        if word in known.strong_kinds or word in known.weak_kinds:
            return "group"
        if word in known.roles or word in ("man", "woman", "hombre", "mujer", "sujeto", "individuo"):
            return "person"
    return ""


def link_brackets(draft: Draft) -> None:
    """Link a name and what stands in brackets after it: letters, a translation, another name."""
    words = draft.words
    for index in range(1, len(words)):
        if not BRACKET.match(words[index].gap) or draft.owner[index - 1] is None and not words[index - 1].capital:
            continue
        end = index
        while end < len(words) and end - index < 14 and not (end > index and CLOSING & set(words[end].gap)):
            end += 1
        _link_pieces(draft, index, end)


def _link_pieces(draft: Draft, first: int, last: int) -> None:
    words = draft.words
    base = draft.owner[first - 1]
    pieces, start = [], first
    for index in range(first + 1, last + 1):
        cut = index == last or any(mark in words[index].gap for mark in "—–;,/") or words[index].gap.strip() == "-"
        if cut:
            pieces.append((start, index))
            start = index
    for start, end in pieces:
        while start < end and words[start].folded in ("or", "o", "also", "the", "in", "en", "por", "sus", "siglas", "its", "acronym", "as", "known", "spanish", "de", "ingles", "english") and not words[start].capital:
            start += 1
        if start >= end:
            continue
        inner = draft.owner[start]
        if base is None and inner is not None and inner.type in ("group", "agency", "organization") and _initials_fit(draft, *_chain_before(draft, first), start, end):
            base = draft.take(*_chain_before(draft, first), inner.type, "brackets")
        if base is None or base.type not in ("group", "agency", "organization", "place"):
            continue
        if inner is None and draft.free(start, end) and _looks_like_name(draft, base, start, end):
            inner = draft.take(start, end, base.type, "brackets")
        if inner is not None and inner.first >= start and inner.type == base.type:
            if base.type != "place" or words[inner.first].acronym:
                draft.links.append((base, inner))


def _chain_before(draft: Draft, first: int) -> tuple[int, int]:
    """Return the free chain of capitalised words, connectors inside, that ends before a bracket."""
    words, known = draft.words, draft.lexicon
    start = first - 1
    while start > 0 and draft.owner[start - 1] is None and draft.follows(start) and (
        words[start - 1].capital or (words[start - 1].folded in known.institution_connectors and words[start - 1].folded not in ("the", "para", "for"))
    ):
        start -= 1
    while start < first - 1 and (not words[start].capital or words[start].folded in ("the", "la", "el", "los")):
        start += 1
    return start, first


def _looks_like_name(draft: Draft, base: Span, start: int, end: int) -> bool:
    word = draft.words[start]
    if end - start == 1 and word.acronym:
        return True
    if base.type == "place" or not word.capital or end - start > 9:
        return False
    return end - start >= 2 and draft.words[end - 1].capital and word.folded not in draft.lexicon.stop


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
