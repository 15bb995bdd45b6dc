"""Further names: after "alias" and "known as", and in quotation marks beside a name."""

from __future__ import annotations

from trasiego.reading.names.draft import QUOTES, Draft, Span
from trasiego.reading.names.gazetteer import gazetteer
from trasiego.reading.names.institutions import chain_end
from trasiego.reading.names.lexicon import ARTICLES, word_set

LONGEST_ALIAS = 6
PARTY = frozenset({"group", "agency", "organization", "person"})


def take_aliases(draft: Draft) -> None:
    """Take what stands after a cue of another name, and link it to the name before the cue."""
    for first, last, cue in _cues(draft):
        if cue == ("alias",) and last < len(draft.words) and draft.words[last].gap.startswith(":"):
            _take_list(draft, last)
            continue
        found = _alias_words(draft, last)
        while found:
            _take_alias(draft, first, cue, *found)
            found = _next_alias(draft, found[1])


def _take_list(draft: Draft, at: int) -> None:
    """Take the names of "alias: A, B y C; D" for persons."""
    words, start = draft.words, at
    while at < len(words) and (at == start or not words[at].first):
        if words[at].capital and draft.owner[at] is None:
            end = chain_end(draft, at)
            draft.take(at, end, "person", "alias")
            at = end
        else:
            at = draft.owner[at].last if draft.owner[at] is not None else at + 1  # type: ignore[union-attr]


def take_nicknames(draft: Draft) -> None:
    """Take the quoted name right after a person's: NAME, "El X", and link the two; a nickname is no place."""
    _take_quoted_after(draft)
    nicknames = {
        draft.key(span.first, span.last)
        for span in draft.spans
        if span.type == "person" and "alias" in span.witnesses
    } | {draft.key(*words) for words in draft.nicknames.values()}
    for span in [each for each in draft.spans if each.type == "place"]:
        if draft.key(span.first, span.last) in nicknames:
            draft.drop(span)


def _take_quoted_after(draft: Draft) -> None:
    words = draft.words
    for span in [each for each in draft.spans if each.type == "person"]:
        at = span.last
        if at >= len(words) or words[at].first and "\n" in words[at].gap or not words[at].capital:
            continue
        gap = words[at].gap
        if gap[-1:] not in QUOTES or gap[:-1].strip(" \"”»’'(") not in ("", ","):
            continue
        end = next((each for each in range(at + 1, at + 5) if draft.quoted(at, min(each, len(words)))), 0)
        if not end:
            continue
        there = draft.owner[at]
        if there is not None and there.type == "place" and (there.first, there.last) == (at, end):
            draft.drop(there)
        if draft.free(at, end):
            draft.links.append((span, draft.take(at, end, "person", "alias")))


def _next_alias(draft: Draft, at: int) -> tuple[int, int] | None:
    """Return the quoted words that go on a list of aliases: alias «A», «B» y «C»."""
    words = draft.words
    if at >= len(words) or not any(mark in QUOTES for mark in words[at].gap):
        return None
    if words[at].folded in ("y", "o", "and", "or", "e", "u") and not words[at].capital:
        at += 1
    elif "," not in words[at].gap:
        return None
    if (
        at >= len(words)
        or words[at].gap[-1:] not in QUOTES
        or words[at].gap[-1:] in "”»’"
        or not words[at].capital
    ):
        return None
    return _alias_words(draft, at)


def _take_alias(draft: Draft, first: int, cue: tuple[str, ...], start: int, end: int) -> None:
    type = "person" if cue in draft.lexicon.person_cues else _type_from_words(draft, first)
    before = _span_before(draft, first)
    if (
        before is not None
        and before.witnesses == {"alias"}
        and draft.words[first].gap.strip("\"”»’' ") == ","
    ):
        before = None
    if type == "" and draft.words[start].folded == "el" and not draft.words[start].capital:
        type = "person"
    if cue[0].startswith("autodenominad"):
        type = "group"
    if type == "group" and draft.words[start].folded == "el" and not cue[0].startswith("autodenominad"):
        type = "person"
    if before is not None and before.type in PARTY:
        type = before.type
    elif not type and cue[0] in ("identified", "identificado", "identificada"):
        type = "person"
    if before is None:
        draft.pending.append((first, start))
    if draft.free(start, end):
        if type:
            span = draft.take(start, end, type, "alias")
            if before is not None and before.type == type:
                draft.links.append((before, span))
    else:
        span_there = draft.owner[start]
        if before is not None and span_there is not None and before.type == span_there.type:
            draft.links.append((before, span_there))


def link_pending(draft: Draft) -> None:
    """Link the further names whose first name was found after them: Los X, also known as Cartel of Y."""
    for first, start in draft.pending:
        index = first - 1
        while index >= 0 and first - index < 3 and draft.owner[index] is None:
            if draft.words[index].folded not in ("also", "tambien", "better", "mejor"):
                break
            index -= 1
        before, inner = draft.owner[max(index, 0)], draft.owner[start]
        if before is not None and inner is not None and before is not inner and before.type == inner.type:
            if not draft.words[first].first and before.last == index + 1 and before.type != "person":
                draft.links.append((before, inner))


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
    """Return the words [first, last) of the name after a cue: quoted, or a chain of capitalised ones."""
    words = draft.words
    leads = ("the", "el", "la", "los", "as", "como")
    while at < len(words) and words[at].folded in leads and not words[at].capital:
        if any(mark in QUOTES for mark in words[at].gap):
            break
        at += 1
    if at >= len(words) or "\n\n" in words[at].gap:
        return None
    if any(mark in QUOTES for mark in words[at].gap):
        for end in range(at + 1, min(at + LONGEST_ALIAS, len(words)) + 1):
            after = draft.text[words[end - 1].end :][:3].split("\n")[0]
            named = words[at].capital or (words[at].folded in ARTICLES and words[at + 1].capital)
            if not named and draft.owner[at] is None:
                return None
            if any(mark in QUOTES for mark in after) and not (
                end < len(words) and words[end].gap.startswith("'") and words[end].folded == "'s"
            ):
                return at, end
        return None
    if (
        words[at].capital
        and words[at].gap in (" ", ", ", "\n")
        and words[at].folded not in draft.lexicon.stop | draft.lexicon.demonyms.keys()
        or (words[at].capital and words[at].folded in ("el", "la", "los", "las"))
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
    while index >= 0 and first - index <= 4:
        span = draft.owner[index]
        if span is not None:
            return span
        chain = _free_chain_before(draft, index)
        if chain is not None:
            return chain
        if draft.words[index].folded not in (
            "or",
            "o",
            "is",
            "was",
            "tambien",
            "also",
            "whom",
            "everyone",
            "everybody",
            "better",
            "mas",
            "y",
            "and",
        ):
            return None
        index -= 1
    return None


def _free_chain_before(draft: Draft, index: int) -> Span | None:
    """Take the free capitalised chain that ends at a word for a person with two names at least."""
    words, known = draft.words, draft.lexicon
    start = index
    while (
        start >= 0
        and draft.owner[start] is None
        and (words[start].capital or words[start].folded in known.connectors)
    ):
        if start < index and not draft.follows(start + 1):
            break
        start -= 1
    start += 1
    while start <= index and not (words[start].capital and not _is_lead(draft, start)):
        start += 1
    key = draft.key(start, index + 1)
    alone = index == start and words[start].folded in known.given
    if (index - start < 1 and not alone) or not words[index].capital or gazetteer().of_words(key):
        return None
    if key[0] in known.place_parts or any(known.heads.get(word) not in (None, "nothing") for word in key):
        return None
    return draft.take(start, index + 1, "person", "name")


def _is_lead(draft: Draft, index: int) -> bool:
    word, known = draft.words[index], draft.lexicon
    return (
        word.folded in known.titles
        or word.folded in known.demonyms
        or word.folded in known.stop
        or (word.first and draft.common(index) and word.folded not in known.given)
    )


def _type_from_words(draft: Draft, first: int) -> str:
    """Return the type that the words before "known as" speak for."""
    known = draft.lexicon
    for word in draft.window(first, 12):
        if word in word_set("operations"):
            return ""
        if word in known.strong_kinds or word in known.weak_kinds:
            return "group"
        if word in known.roles or word in ("man", "woman", "hombre", "mujer", "sujeto", "individuo"):
            return "person"
    return ""
