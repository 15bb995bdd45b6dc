"""Who says what is claimed, and with what reservation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from trasiego.reading.statements import syntax
from trasiego.reading.statements.parties import Finder
from trasiego.reading.statements.phrases import DASHES, QUOTES
from trasiego.reading.statements.reference import Discourse
from trasiego.reading.statements.sentence import Sentence, sentences
from trasiego.reading.statements.vocabulary import Phrase, phrase, words

if TYPE_CHECKING:
    from trasiego.reading.candidate import Candidate
    from trasiego.reading.document import Document
    from trasiego.reading.mentions import Names
    from trasiego.reading.parsing import Passage

SOURCE_WORDS = 8
"""The most words of a source that has no name."""

SAYERS = ("person", "agency", "organization", "publisher")
"""Types of entities that say something."""

MODAL_ORDER = ("denied", "convicted", "alleged", "suspected", "estimated")
"""Reservations, the one that counts first where there are several."""

ARTICLES = frozenset("the a an some el la los las un una unos unas".split())
"""Words that a source without a name does not start with."""

AHEAD, BEHIND = 14, 4
"""How many words before and behind a claim a word of reservation counts."""

UNMARKED = ("place", "agency", "publisher", "organization", "role")
"""Types of entities that no reservation is put on."""


@dataclass(frozen=True, slots=True)
class Said:
    """That a source says the stretch [start, end) of a document."""

    source: str
    start: int
    end: int


@cache
def _cues(language: str) -> dict[str, list[tuple[Phrase, str]]]:
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for kind in MODAL_ORDER:
        for text in words(f"modality.{kind}", language):
            for first in phrase(text)[0]:
                found.setdefault(first, []).append((phrase(text), kind))
    return found


@cache
def _leads(language: str) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = {}
    for text in words("according", language):
        found.setdefault(text.split()[0], []).append(phrase(text))
    return found


def attribute(document: Document, passages: list[Passage], names: Names, candidates: list[Candidate]) -> None:
    """Set `attribution` and `modality` of the candidates of a report, of all kinds, from their sentences.

    A claim inside of a quotation belongs to who is quoted in its paragraph. A modality that was set before
    is only replaced by a stronger one, and an attribution that was set is kept.
    """
    language = document.language if document.language in ("en", "es") else "en"
    finder = Finder(names, Discourse(names, language))
    said: list[Said] = []
    read: list[Sentence] = []
    paragraph: list[Said] = []
    number = -1
    for sentence in sentences(passages, names, language):
        if sentence.paragraph != number:
            said += _quoted(document, read, number, paragraph)
            paragraph, number = [], sentence.paragraph
        finder.discourse.read(sentence)
        read.append(sentence)
        found = list(_sources(finder, sentence))
        paragraph += found
        said += found
    said += _quoted(document, read, number, paragraph)
    starts = [(each.start(0), each) for each in read]
    for candidate in candidates:
        sentence_ = next((each for start, each in reversed(starts) if start <= candidate.start), None)
        if sentence_ is None:
            continue
        if not candidate.attribution and candidate.kind != "entity":
            candidate.attribution = _source(said, candidate)
        candidate.modality = _stronger(candidate.modality, _modality(sentence_, candidate))


def _source(said: list[Said], candidate: Candidate) -> str:
    """Return who says a candidate: the source of the least stretch around it."""
    around = [
        each for each in said if each.start <= candidate.start < each.end and each.source != candidate.subject
    ]
    return min(around, key=lambda each: each.end - each.start).source if around else ""


def _stronger(one: str, other: str) -> str:
    order = [*MODAL_ORDER, "stated"]
    return min(one, other, key=lambda each: order.index(each) if each in order else len(order))


def _sources(finder: Finder, sentence: Sentence) -> Iterator[Said]:
    """Yield who says a sentence, or the part of it behind "X said that"."""
    first, last = sentence.start(0), sentence.end(len(sentence) - 1)
    leads = _leads(sentence.language)
    saying = words("saying", sentence.language)
    for word in range(len(sentence)):
        if sentence.mentions[word] is not None:
            continue
        for lead in leads.get(sentence.forms[word], ()):
            end = sentence.matches(word, lead)
            if not end or (sentence.forms[word] == "para" and word):
                continue
            source = _source_after(finder, sentence, end, loose=sentence.forms[word] != "para")
            if source:
                yield Said(source, first, last)
                break
        if sentence.lemmas[word] in saying and sentence.is_verb(word):
            source, before = _speaker(finder, sentence, word)
            if source:
                yield Said(source, sentence.end(word) if before else first, last)


def _source_after(finder: Finder, sentence: Sentence, word: int, *, loose: bool) -> str:
    """Return the source whose words start at `word`: its name, else the words up to the next comma."""
    end = word
    while end < len(sentence) and end - word < SOURCE_WORDS:
        mention = sentence.mentions[end]
        if mention is not None:
            entity = finder.names.entities[mention.entity]
            following = sentence.mention_end(end)
            owns = following < len(sentence) and sentence.forms[following] in ("'s", "’s")
            if entity.type in SAYERS and not owns:
                return entity.name
            end = following
            continue
        form = sentence.forms[end]
        if form in (",", ".", ";", ":", ")", "that", "que", "who") or form in DASHES or _acts(sentence, end):
            break
        end += 1
    if not loose or end == word:
        return ""
    while word < end and sentence.forms[word] in QUOTES | ARTICLES:
        word += 1
    return _text(sentence, word, end) if word < end else ""


def _acts(sentence: Sentence, word: int) -> bool:
    """Tell whether a word is a verb that is no participle."""
    if not sentence.is_verb(word):
        return False
    return not (sentence.parsed and sentence.tokens[word].tag_ == "VBN")


def _beside(finder: Finder, sentence: Sentence, word: int) -> tuple[str, bool] | None:
    """Return the speaker set off by a comma from what is said: "..., X reported", "..., reported X"."""
    breaks = QUOTES | {",", "and", "y"}
    before = sentence.mentions[word - 1] if word else None
    if before is not None:
        start = sentence.mention_start(word - 1)
        entity = finder.names.entities[before.entity]
        if entity.type in SAYERS and start and sentence.forms[start - 1] in breaks:
            return entity.name, False
    following = sentence.mentions[word + 1] if word + 1 < len(sentence) else None
    if following is not None and word and sentence.forms[word - 1] in breaks - {"and", "y"}:
        entity = finder.names.entities[following.entity]
        if entity.type in SAYERS:
            return entity.name, False
    return None


def _speaker(finder: Finder, sentence: Sentence, word: int) -> tuple[str, bool]:
    """Return who says it at the verb `word`, and whether the speaker stands before the verb."""
    beside = _beside(finder, sentence, word)
    if beside is not None:
        return beside
    if sentence.parsed:
        token = sentence.tokens[word]
        own = next((child for child in token.children if child.dep_ == "nsubj"), None)
        if own is None and token.dep_ in ("conj", "advcl") and syntax.subject(token) is not None:
            own = syntax.subject(token)
        if own is not None and sentence.inside(own):
            return _named(finder, sentence, sentence.index(own)), own.i < token.i
    following = word + 1
    previous = sentence.forms[word - 1] if word else ","
    if previous in {",", '"', "”", "»", "''"} or sentence.language == "en":
        while following < len(sentence) and sentence.forms[following] in ("a", "hoy", "ayer", "periodistas"):
            following += 1
        found = _source_after(
            finder, sentence, following, loose=previous != "que" and sentence.language == "es"
        )
        if found:
            return found, False
    at = word - 1
    while at >= 0 and sentence.mentions[at] is None and word - at <= 4:
        if sentence.forms[at] in (",", ".", "que"):
            return "", True
        at -= 1
    mention = sentence.mentions[at] if at >= 0 else None
    if mention is not None and finder.names.entities[mention.entity].type in SAYERS:
        return finder.names.entities[mention.entity].name, True
    head, end = word - 1, word
    while head >= 0 and sentence.language == "es" and word - head <= 4 and sentence.forms[head] != ",":
        if sentence.lemmas[head] in words("nouns.official", "es") | {"fuente", "investigador", "experto"}:
            return _text(sentence, head, end), True
        head -= 1
    return "", True


def _named(finder: Finder, sentence: Sentence, word: int) -> str:
    """Return the name of the speaker whose head is `word`, or the words where there is none."""
    mention = sentence.mentions[word]
    if mention is not None:
        entity = finder.names.entities[mention.entity]
        return entity.name if entity.type in SAYERS else ""
    form = sentence.forms[word]
    if form in ("he", "she"):
        found = finder.resolve("person", sentence, word, form)
        return found[0].text if found else ""
    if form in ("it", "they", "who", "that", "which", "i", "we", "you", "this", "there"):
        return ""
    token = sentence.tokens[word]
    first, last = sentence.index(token.left_edge), sentence.index(token.right_edge)
    for at in range(max(first, 0), min(last + 1, len(sentence))):
        inner = sentence.mentions[at]
        if inner is not None and finder.names.entities[inner.entity].type in SAYERS:
            following = sentence.mention_end(at)
            if at > word or following >= len(sentence) or sentence.forms[following] not in ("'s", "’s"):
                return finder.names.entities[inner.entity].name
    first = max(first, 0)
    while first < word and sentence.forms[first] in finder.articles:
        first += 1
    return _text(sentence, first, word + 1)


def _text(sentence: Sentence, start: int, end: int) -> str:
    first, last = sentence.start(start) - sentence.base, sentence.end(end - 1) - sentence.base
    return sentence.whole[first:last]


def _quoted(document: Document, read: list[Sentence], number: int, said: list[Said]) -> Iterator[Said]:
    """Yield the quotations of a paragraph as said by who is quoted in it."""
    if not said:
        return
    inside = [each for each in read[-40:] if each.paragraph == number]
    if not inside:
        return
    first, last = inside[0].start(0), inside[-1].end(len(inside[-1]) - 1)
    at = first
    while at < last:
        opened = min((i for mark in "“«" if (i := document.text.find(mark, at, last)) >= 0), default=-1)
        if opened < 0:
            return
        closed = min((i for mark in "”»" if (i := document.text.find(mark, opened, last)) >= 0), default=last)
        if document.text.count(" ", opened, closed) >= SOURCE_WORDS:
            nearest = min(said, key=lambda each: min(abs(each.start - opened), abs(each.end - closed)))
            yield Said(nearest.source, opened, closed)
        at = closed + 1


def _modality(sentence: Sentence, candidate: Candidate) -> str:
    """Return the reservation under which a sentence states a candidate."""
    if candidate.kind == "entity" and candidate.type in UNMARKED:
        return "stated"
    inside = [at for at in range(len(sentence)) if candidate.start <= sentence.start(at) < candidate.end]
    if not inside:
        return "stated"
    if candidate.kind in ("relation", "event") and sentence.parsed:
        found = set(_governing(sentence, inside))
        return next((kind for kind in MODAL_ORDER if kind in found), "stated")
    first, last = _clause(sentence, inside[0], inside[-1], narrow=candidate.kind == "entity")
    found = {kind for at in range(first, last + 1) for kind in _cue(sentence, at)}
    if candidate.kind == "quantity" and "estimated" not in found:
        anywhere = {kind for at in range(len(sentence)) for kind in _cue(sentence, at)}
        found |= anywhere & {"estimated"}
    elif candidate.kind != "quantity":
        found -= {"estimated"} if candidate.kind == "entity" else set()
    return next((kind for kind in MODAL_ORDER if kind in found), "stated")


def _governing(sentence: Sentence, inside: list[int]) -> Iterator[str]:
    """Yield the reservations inside of the words of a claim and on the verbs that they hang on."""
    for at in inside:
        yield from _cue(sentence, at)
    verbs = [at for at in inside if sentence.is_verb(at) and sentence.tokens[at].pos_ == "VERB"]
    tops = [at for at in verbs or inside if sentence.tokens[at].dep_ != "punct"]
    if not tops:
        return
    token = sentence.tokens[min(tops, key=lambda at: len(list(sentence.tokens[at].ancestors)))]
    for _step in range(6):
        for child in token.children:
            if sentence.inside(child) and child.dep_ in ("advmod", "amod", "prep", "npadvmod"):
                yield from _cue(sentence, sentence.index(child))
        if token.dep_ in ("acl", "relcl", "appos", "ROOT") or token.head == token:
            return
        token = token.head
        if sentence.inside(token):
            yield from _cue(sentence, sentence.index(token))


def _cue(sentence: Sentence, word: int) -> Iterator[str]:
    known = _cues(sentence.language)
    for each in (sentence.lemmas[word], sentence.forms[word]):
        for pattern, kind in known.get(each, ()):
            if sentence.matches(word, pattern) and not _plain(sentence, word, kind):
                yield kind


def _plain(sentence: Sentence, word: int, kind: str) -> bool:
    """Tell whether a word of reservation is an ordinary word here: "habría" without a participle."""
    form = sentence.forms[word]
    if form in ("habría", "habrían"):
        following = sentence.forms[word + 1] if word + 1 < len(sentence) else ""
        return not following.endswith(("ado", "ido", "cho", "sto", "rto"))
    return kind == "suspected" and form in ("believing", "considered", "considerado", "considerada")


def _clause(sentence: Sentence, first: int, last: int, *, narrow: bool) -> tuple[int, int]:
    """Return the words around [first, last] in which a word of reservation counts."""
    stops = words("clause_end", sentence.language) | {"."}
    begin = first
    while begin > 0 and first - begin < AHEAD:
        form = sentence.forms[begin - 1]
        if form in stops or (
            narrow and sentence.is_verb(begin - 1) and sentence.tokens[begin - 1].tag_ != "VBN"
        ):
            break
        begin -= 1
    end = last
    reach = 3 if narrow else BEHIND
    while end < len(sentence) - 1 and end - last < reach:
        form = sentence.forms[end + 1]
        if form in stops or form == ",":
            break
        end += 1
    return begin, end
