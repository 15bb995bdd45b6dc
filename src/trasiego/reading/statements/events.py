"""Events that a report tells of: raids, seizures, arrests, killings and the like, each once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from trasiego.reading.candidate import EVENT_TYPES, Candidate
from trasiego.reading.statements.making import doubtful
from trasiego.reading.statements.parties import Finder
from trasiego.reading.statements.reference import Discourse
from trasiego.reading.statements.sentence import PARTICIPLE_ENDINGS, Sentence, sentences
from trasiego.reading.statements.telling import ONE_OPERATION, Event, take_in, worth
from trasiego.reading.statements.vocabulary import Phrase, phrase, words

if TYPE_CHECKING:
    from trasiego.reading.document import Document
    from trasiego.reading.mentions import Mention, Names
    from trasiego.reading.parsing import Passage

COUNTED = {
    "house": "houses",
    "cell": "cells",
    "vehicle": "vehicles",
    "kg": "kg",
    "t": "t",
    "package": "packages",
}
"""What a count is called by its unit; persons go by the kind of event."""

PERSONS = {"arrest": "arrests", "raid": "arrests", "killing": "deaths", "seizure": "arrests"}
"""What a count of persons is called by the kind of event."""

DOERS = frozenset(
    "police agents prosecutors soldiers troops policías agentes fiscales militares soldados".split()
)
"""Who carries out events, in what is counted."""

MANY_KILLINGS = frozenset("murders homicides killings asesinatos homicidios".split())
"""Nouns for killings in the plural, which are figures and no event."""

LONGEST_DATELINE = 8
DATELINE_ENDS = (["-"], ["–"], ["—"], ["("], ["--"])

RATES = (["rate"], ["rates"], ["charges"], ["cases"])

STANDING = ("in", "at", "near", "outside", "en", "cerca")
"""Words that stand before the place of an event."""


@cache
def _phrases(language: str) -> dict[str, list[tuple[Phrase, str]]]:
    """Return the phrases that set off events by their first word."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for kind in EVENT_TYPES:
        for text in sorted(words(f"events.{kind}", language)):
            for first in phrase(text)[0]:
                found.setdefault(first, []).append((phrase(text), kind))
    return found


def find_events(
    document: Document,
    passages: list[Passage],
    names: Names,
    dates: list[Any],
    quantities: list[Candidate],
) -> list[Candidate]:
    """Return the events of a report, each once, that have a date, a count or parties with names.

    `dates` are those of dates.find_dates (start, end, date); `quantities` the quantities of the report,
    which give the counts. A raid with its arrests and seizures is one raid.
    """
    language = document.language if document.language in ("en", "es") else "en"
    finder = Finder(names, Discourse(names, language))
    told: list[Event] = []
    before: Sentence | None = None
    for sentence in sentences(passages, names, language):
        finder.discourse.read(sentence)
        near = [sentence]
        if before is not None and before.paragraph == sentence.paragraph:
            near.append(before)
        for event in _in_sentence(finder, sentence):
            _fill(event, finder, near, dates, quantities)
            take_in(told, event)
        before = sentence
    return [_candidate(document, each) for each in told if worth(each)]


def _in_sentence(finder: Finder, sentence: Sentence) -> Iterator[Event]:
    """Yield the events of a sentence, those of one operation as one."""
    known = _phrases(sentence.language)
    back = words("events_back", sentence.language)
    kinds: dict[str, tuple[int, int, bool]] = {}
    for word in range(len(sentence)):
        if sentence.mentions[word] is not None:
            continue
        if _describes(sentence, word) or _statistic(sentence, word):
            continue
        points = sentence.lemmas[word] in back and _definite(sentence, word)
        points = points and not _introduced(sentence, word)
        options = {
            pair for each in (sentence.lemmas[word], sentence.forms[word]) for pair in known.get(each, ())
        }
        for pattern, kind in sorted(options, key=lambda pair: (-len(pair[0]), pair[1])):
            end = sentence.matches(word, pattern)
            if end and not doubtful(sentence, word):
                kinds.setdefault(kind, (word, end, not points))
                break
        else:
            if points:
                kinds.setdefault("", (word, word + 1, False))
    joint = [kind for kind in ONE_OPERATION if kind in kinds] if "raid" in kinds else []
    for kind, (word, end, fresh) in kinds.items():
        if kind in joint[1:] or (not kind and len(kinds) > 1):
            continue
        last = max((kinds[each][1] for each in joint), default=end) if kind in joint else end
        new = any(kinds[each][2] for each in joint) if kind in joint else fresh
        yield Event(
            kind, sentence.number, word, end, sentence.start(word), sentence.end(last - 1),
            (sentence.start(0), sentence.end(len(sentence) - 1)), fresh=new,
        )  # fmt: skip


def _statistic(sentence: Sentence, word: int) -> bool:
    """Tell whether a word only counts ("murders fell", "homicide rate") or describes "sistemas"."""
    before, after = sentence.forms[max(word - 2, 0) : word], sentence.forms[word + 1 : word + 2]
    if sentence.forms[word] in MANY_KILLINGS or after in RATES or {"tasa", "tasas"} & set(before):
        return True
    joins = words("articles", sentence.language) | words("prepositions", sentence.language)
    return sentence.lemmas[word].startswith("operativ") and bool(before) and before[-1] not in joins


def _describes(sentence: Sentence, word: int) -> bool:
    """Tell whether a Spanish participle only describes a noun ("la banda desmantelada")."""
    if sentence.language != "es" or not word or not sentence.forms[word].endswith(PARTICIPLE_ENDINGS):
        return False
    return sentence.lemmas[word - 1] in words("nouns.actor", "es")


def _introduced(sentence: Sentence, word: int) -> bool:
    """Tell whether what follows says which event it is ("the seizure of 300 kilos")."""
    after = sentence.forms[word + 1 : word + 2]
    before = sentence.forms[max(word - 1, 0)]
    return after in (["of"], ["de"], ["del"]) and before in ("the", "el", "la", "los", "las")


def _definite(sentence: Sentence, word: int) -> bool:
    for at in range(word - 1, max(word - 4, -1), -1):
        form = sentence.forms[at]
        if form in (
            "the",
            "this",
            "that",
            "these",
            "el",
            "la",
            "los",
            "las",
            "este",
            "esta",
            "dicha",
            "dicho",
            "del",
        ):
            return True
        if form in words("prepositions", sentence.language):
            return False
    return False


def _fill(
    event: Event, finder: Finder, near: list[Sentence], dates: list[Any], quantities: list[Candidate]
) -> None:
    """Set date, place, parties and counts of an event from its sentence, else from the one before."""
    sentence = near[0]
    for each in near:
        first, last = each.start(0), each.end(len(each) - 1)
        inside = [one for one in dates if first <= one.start < last and not _when_said(each, one)]
        if inside and not event.date:
            event.date = str(min(inside, key=lambda one: abs(one.start - event.text_start)).date)
        event.place = event.place or _place(finder, each, event.text_start)
        event.by = event.by or _doer(finder, each, event)
    event.against = _against(finder, sentence, event)
    first, last = sentence.start(0), sentence.end(len(sentence) - 1)
    for one in quantities:
        value = one.value if one.value is not None else one.low
        if not first <= one.start < last or value is None or not _counted(sentence, event, one):
            continue
        label = PERSONS.get(event.type, "") if one.unit == "person" else COUNTED.get(one.unit, "")
        if label and label not in event.counts:
            event.counts[label] = value


def _when_said(sentence: Sentence, date: Any) -> bool:
    """Tell whether a date is when something was said ("said on Thursday") or a dateline is from."""
    count = len(sentence)
    word = next((at for at in range(count) if sentence.start(at) >= date.start), count)
    after = next((at for at in range(word, count) if sentence.start(at) >= date.end), count)
    if word < LONGEST_DATELINE and sentence.forms[after : after + 1] in DATELINE_ENDS:
        return True
    return any(
        each in words("saying", sentence.language) for each in sentence.lemmas[max(word - 2, 0) : word]
    )


def _counted(sentence: Sentence, event: Event, one: Candidate) -> bool:
    """Tell whether a figure counts what came of an event, and not who did it or a usual load."""
    if "load" in one.what and "seiz" not in one.what.split(",")[0]:
        return False
    said = set(one.what.casefold().replace(",", " ").split())
    doers = bool(said & DOERS) and one.start < event.text_start
    return not (one.unit == "person" and doers)


def _place(finder: Finder, sentence: Sentence, start: int) -> str:
    """Return the place where an event is said to be: the nearest after "in", else a place before a body."""
    choices: list[tuple[int, int, str]] = []
    for word, mention in enumerate(sentence.mentions):
        if mention is None or sentence.mention_start(word) != word:
            continue
        entity = finder.names.entities[mention.entity]
        if entity.type != "place":
            continue
        left = word - 1
        while (
            left >= 0
            and sentence.mentions[left] is None
            and (
                sentence.forms[left] in finder.articles
                or sentence.lemmas[left] in finder.transparent
                or sentence.forms[left] in ("of", "de")
            )
        ):
            left -= 1
        standing = left >= 0 and sentence.forms[left] in STANDING
        end = sentence.mention_end(word)
        following = sentence.mentions[end] if end < len(sentence) else None
        owner = following is not None and finder.names.entities[following.entity].type == "agency"
        inner = (
            left > 0 and sentence.forms[left] == "," and sentence.mentions[left - 1] is None and bool(choices)
        )
        owns = end < len(sentence) and sentence.forms[end] in ("'s", "’s")
        if standing or owner or inner:
            rank = 2 * int(owns) + int(not standing)
            choices.append((rank, abs(mention.start - start), entity.name))
    return min(choices)[2] if choices else ""


def _doer(finder: Finder, sentence: Sentence, event: Event) -> str:
    """Return the body that did it: an agency of the sentence, else "police" and the like."""
    acting = [each for each in _named(finder, sentence, ("agency",)) if not _quoted_source(sentence, each)]
    if event.type in ("killing", "split"):
        parties = ("group",) if event.type == "killing" else ("group", "person")
        ahead = [each for each in _named(finder, sentence, parties) if each.end <= event.text_start]
        if ahead and not _suffered(sentence, event):
            return finder.names.entities[ahead[-1].entity].name
    if acting:
        nearest = min(acting, key=lambda each: (each.start > event.text_start, -each.start))
        return finder.names.entities[nearest.entity].name
    if event.type not in (*ONE_OPERATION, "killing"):
        return ""
    official = words("nouns.official", sentence.language)
    for word, lemma in enumerate(sentence.lemmas):
        if lemma not in official or sentence.mentions[word] is not None:
            continue
        if event.type == "killing" and not _kills(sentence, word, event):
            continue
        if not _is_object(sentence, word) and not _speaks(sentence, word):
            return "police" if lemma == "officer" and "police" in sentence.lemmas else sentence.forms[word]
    return ""


def _named(finder: Finder, sentence: Sentence, types: tuple[str, ...]) -> list[Mention]:
    """Return the mentions of entities of some types in a sentence, each once, in order."""
    found: list[Mention] = []
    for each in sentence.mentions:
        if each is not None and each not in found and finder.names.entities[each.entity].type in types:
            found.append(each)
    return found


def _quoted_source(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a body only says what is told: "the ministry said", "according to the ministry"."""
    words_of = [at for at, each in enumerate(sentence.mentions) if each is mention]
    near = sentence.lemmas[max(words_of[0] - 3, 0) : words_of[0]] + sentence.lemmas[words_of[-1] + 1 :][:2]
    saying = words("saying", sentence.language)
    return any(each in saying or each in ("accord", "según", "acuerdo") for each in near)


def _suffered(sentence: Sentence, event: Event) -> bool:
    """Tell whether who stands before the words of an event suffered it ("X was killed")."""
    if not sentence.parsed:
        return sentence.forms[max(event.start - 1, 0)] in ("fue", "fueron", "era", "ser", "sido")
    token = sentence.tokens[event.start]
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in token.children)


def _speaks(sentence: Sentence, word: int) -> bool:
    """Tell whether the body at `word` only says what the sentence tells."""
    saying = words("saying", sentence.language)
    if sentence.parsed:
        return sentence.tokens[word].head.lemma_.lower() in saying
    near = sentence.lemmas[max(word - 2, 0) : word + 2]
    return any(each in saying for each in near)


def _kills(sentence: Sentence, word: int, event: Event) -> bool:
    """Tell whether the body at `word` is said to have killed, and does not only stand in the sentence."""
    if sentence.forms[max(word - 1, 0)] in ("by", "por") or sentence.forms[max(word - 2, 0)] in ("by", "por"):
        return True
    if sentence.parsed:
        return bool(sentence.tokens[word].head == sentence.tokens[event.start])
    return 0 < event.start - word <= 3


def _is_object(sentence: Sentence, word: int) -> bool:
    if sentence.parsed:
        token = sentence.tokens[word]
        return (
            token.dep_ in ("dobj", "pobj", "nsubjpass")
            and token.head.lower_ != "by"
            and (token.head.lower_ != "of")
        )
    return word > 0 and sentence.forms[word - 1] in ("a", "al", "contra", "de")


def _against(finder: Finder, sentence: Sentence, event: Event) -> str:
    """Return the group or person that an event is against: the first named behind its words, else before."""
    parties = [
        (each.start, finder.names.entities[each.entity])
        for each in sentence.mentions
        if each is not None and finder.names.entities[each.entity].type in ("group", "person")
    ]
    behind = [entity.name for start, entity in parties if start > event.text_start]
    if event.type in ("meeting", "law"):
        return ""
    ahead = [entity.name for start, entity in parties if start < event.text_start]
    if ahead and _suffered(sentence, event):
        return ahead[-1]
    return behind[0] if behind else ""


def _candidate(document: Document, event: Event) -> Candidate:
    weights = (
        (event.date, 0.2),
        (event.place, 0.1),
        (event.by, 0.1),
        (event.against, 0.1),
        (event.counts, 0.1),
    )
    return Candidate(
        "event",
        document.name,
        document.text[event.text_start : event.text_end],
        event.text_start,
        event.text_end,
        type=event.type,
        date=event.date,
        place=event.place,
        by=event.by,
        against=event.against,
        counts=dict(event.counts),
        confidence=round(0.3 + sum(weight for value, weight in weights if value), 2),
        sentence=document.text[event.sentence_span[0] : event.sentence_span[1]],
        sentence_start=event.sentence_span[0],
    )
