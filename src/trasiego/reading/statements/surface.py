"""Who does it to whom, by the order of the words alone: for texts without syntax, and where it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trasiego.reading.statements.parties import Finder, less_sure
from trasiego.reading.statements.phrases import DASHES, JOINING, OF, QUOTES, Party
from trasiego.reading.statements.sentence import PARTICIPLE_ENDINGS
from trasiego.reading.statements.vocabulary import words

if TYPE_CHECKING:
    from trasiego.reading.statements.sentence import Sentence

JOINS = frozenset("desde hasta para así ya sin mientras puesto dado después antes luego de a".split())
"""Words that make a conjunction with "que"."""

ASIDE = 25
"""The most words of an insertion between commas or dashes that is passed over."""

SUSPECT = frozenset("sospechoso sospechosa sospechosos culpable culpables responsable responsables".split())
"""What else than a participle somebody is held for who did it: "sospechoso de"."""

STEPS = 6
"""How many phrases with a preposition are passed over on the way to a subject."""


def before(finder: Finder, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
    """Return the parties of the noun phrase that ends before the verb at `word`: its subject."""
    key = (sentence.number, word, accept)
    if key not in finder.subjects:
        finder.subjects[key] = []
        finder.subjects[key] = _before(finder, sentence, word, accept)
    return finder.subjects[key]


def _before(finder: Finder, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
    at = _past_auxiliaries(sentence, word - 1)
    form = sentence.forms[word]
    if form.endswith(("ando", "iendo", "ándose", "iéndose", "yendo")) and at == word - 1:
        return _shared(finder, sentence, word, accept)
    if at >= 0 and sentence.forms[at] in ("donde", "where"):
        return _unsaid(finder, sentence, word, accept)
    if form.endswith(("ar", "er", "ir")) and sentence.language == "es" and at == word - 1:
        held = sentence.forms[at - 1] if at > 0 and sentence.forms[at] in ("de", "por") else ""
        if held.endswith(PARTICIPLE_ENDINGS) or held in SUSPECT:
            return _held(finder, sentence, at - 1, accept)
    relative = words("relative", sentence.language)
    linking = next((i for i in range(word - 1, max(at - 1, -1), -1) if sentence.forms[i] in relative), None)
    if linking is not None:
        return _behind_relative(finder, sentence, linking, word, accept)
    if at == word - 1 and form.endswith((*PARTICIPLE_ENDINGS, "responsable", "responsables")):
        return _antecedent(finder, sentence, at, accept)
    if at >= 0 and sentence.is_verb(at) and not sentence.is_verb(word):
        return before(finder, sentence, at, accept)
    return _to_the_left(finder, sentence, at, word, accept)


def _held(finder: Finder, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
    """Return who is held for something by the participle at `word`: "X, acusado de", "X fue acusado de"."""
    at = _past_auxiliaries(sentence, word - 1)
    if at < word - 1:
        return before(finder, sentence, word - 1, accept)
    return _antecedent(finder, sentence, at, accept) or _to_the_left(finder, sentence, at, word, accept)


def _behind_relative(
    finder: Finder, sentence: Sentence, linking: int, word: int, accept: frozenset[str]
) -> list[Party]:
    """Return the subject of the verb at `word` behind the "that" or "who" at `linking`."""
    if _joins(sentence, linking):
        return _unsaid(finder, sentence, word, accept)
    left = sentence.forms[linking - 1] if linking else ""
    if left in JOINING:
        return _shared(finder, sentence, linking - 1, accept)
    if left in ("al", "a", "con", "del", "to", "with", "from"):
        return []
    return _antecedent(finder, sentence, linking - 1, accept)


def _to_the_left(
    finder: Finder, sentence: Sentence, word: int, verb: int, accept: frozenset[str]
) -> list[Party]:
    """Return the subject of the verb at `verb` in what ends at `word`, phrases with prepositions passed."""
    at = word
    for _step in range(STEPS):
        if at < 0:
            return _unsaid(finder, sentence, verb, accept)
        form = sentence.forms[at]
        if form in words("relative", sentence.language):
            return _antecedent(finder, sentence, at - 1, accept)
        if form.isdigit() or (form in ("en", "desde", "hasta") and sentence.forms[at + 1].isdigit()):
            at -= 1
        elif form in DASHES | {",", ")"} | QUOTES:
            comma, at = at, _past_aside(sentence, at)
            if at == -2:
                opening = _antecedent(finder, sentence, comma, accept)
                if opening and opening[0].start <= sentence.start(min(3, len(sentence) - 1)):
                    return less_sure(opening, 0.85)
                return _unsaid(finder, sentence, verb, accept)
        elif form in JOINING:
            return _shared(finder, sentence, at, accept)
        else:
            found, at = _phrase_ending(finder, sentence, at, accept)
            if found:
                return found
            if at == -2:
                break
    finite = sentence.language == "es" and sentence.is_verb(verb)
    return less_sure(_shared(finder, sentence, verb, accept), 0.85) if finite else []


def _joins(sentence: Sentence, word: int) -> bool:
    """Tell whether "que" joins a clause ("desde que", "dijo que") and does not qualify a noun."""
    if sentence.forms[word] not in ("que", "that") or not word:
        return sentence.forms[word] == "que"
    return sentence.forms[word - 1] in JOINS or sentence.is_verb(word - 1)


def _antecedent(finder: Finder, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
    """Return the parties of the noun phrase that ends at `word`, to which more is said."""
    at = word
    for _step in range(STEPS):
        while at >= 0 and sentence.forms[at] in QUOTES | {","}:
            at -= 1
        if at >= 0 and sentence.forms[at] == ")":
            at = _past_aside(sentence, at)
        if at < 0:
            return []
        mention = sentence.mentions[at]
        if mention is not None:
            start = sentence.mention_start(at)
            band = _band_of(finder, sentence, start)
            if band >= 0:
                at = band
                continue
            if finder.named(mention).types & accept:
                return row(finder, sentence, start, accept)
            at = _past_prefix(finder, sentence, start - 1)
            if at < 0 or sentence.forms[at] not in words("prepositions", sentence.language):
                return []
            at -= 1
            continue
        found, at = _common_ending(finder, sentence, at, accept, attached=True)
        if found or at < 0:
            return found
    return []


def _band_of(finder: Finder, sentence: Sentence, start: int) -> int:
    """Return the word "banda" of "una banda de A", A being a place whose name starts at `start`; else -1."""
    mention = sentence.mentions[start]
    at = _past_prefix(finder, sentence, start - 1)
    if mention is None or at < 1 or sentence.forms[at] not in OF:
        return -1
    band = sentence.lemmas[at - 1] in words("bands", sentence.language)
    return at - 1 if band and finder.named(mention).types & {"place"} else -1


def _past_auxiliaries(sentence: Sentence, word: int) -> int:
    while word >= 0 and sentence.mentions[word] is None:
        form = sentence.forms[word]
        if form not in words("auxiliaries", sentence.language) and not form.endswith(("mente", "ly")):
            break
        word -= 1
    return word


def _past_aside(sentence: Sentence, word: int) -> int:
    """Return the word before the insertion that ends at `word`, -2 where there is none."""
    form = sentence.forms[word]
    if form in QUOTES:
        return word - 1
    openers = {")": {"("}, ",": {","}}.get(form, set(DASHES))
    for at in range(word - 1, max(word - ASIDE, -1), -1):
        if sentence.forms[at] in openers:
            return at - 1
    return -2


def _phrase_ending(
    finder: Finder, sentence: Sentence, word: int, accept: frozenset[str]
) -> tuple[list[Party], int]:
    """Return the parties of the noun phrase that ends at `word`, or where to go on (-2: nowhere)."""
    mention = sentence.mentions[word]
    if mention is None:
        return _common_ending(finder, sentence, word, accept)
    start = _first_named(sentence, word)
    party = finder.named(mention)
    left = _past_prefix(finder, sentence, start - 1)
    form = sentence.forms[left] if left >= 0 else ""
    if left > 0 and sentence.is_verb(left) and sentence.forms[left - 1] == "que":
        return [], left - 2
    if form in OF and left > 0:
        head = left - 1
        if sentence.mentions[head] is not None:
            return _phrase_ending(finder, sentence, head, accept)
        known = finder.classes.get(sentence.lemmas[head], frozenset())
        bearer = _bearer(finder, sentence, word, head, accept)
        if bearer:
            return bearer, head
        if sentence.lemmas[head] in finder.transparent and party.types & accept:
            return row(finder, sentence, start, accept), head
        if known & accept:
            return [finder.common(sentence, head, head, head + 1)], head
        return [], left - 1 if known else -2
    if form in words("prepositions", sentence.language) and form not in ("as", "como"):
        return [], left - 1
    if party.types & accept:
        return row(finder, sentence, start, accept), start
    return [], left if form == "," else -2


def _first_named(sentence: Sentence, word: int) -> int:
    """Return where the name at `word` starts, or the one that it only adds an alias to: "X, alias Y"."""
    start = sentence.mention_start(word)
    mention, at = sentence.mentions[start], start - 1
    while at >= 0 and sentence.mentions[at] is None and sentence.forms[at] in QUOTES | {",", "(", "alias"}:
        at -= 1
    earlier = sentence.mentions[at] if at >= 0 else None
    if mention is None or earlier is None or earlier.entity != mention.entity:
        return start
    return sentence.mention_start(at)


def _bearer(finder: Finder, sentence: Sentence, word: int, head: int, accept: frozenset[str]) -> list[Party]:
    """Return the person behind "the leader of X," where X ends at `word`."""
    end = word + 1
    if sentence.lemmas[head] not in words("persons", sentence.language) or "person" not in accept:
        return []
    while end < len(sentence) - 1 and sentence.forms[end] in QUOTES | {","}:
        end += 1
    mention = sentence.mentions[end] if end < len(sentence) else None
    named = [finder.named(mention)] if mention is not None else []
    return [each for each in named if each.types & {"person"}]


def _common_ending(
    finder: Finder, sentence: Sentence, word: int, accept: frozenset[str], *, attached: bool = False
) -> tuple[list[Party], int]:
    for at in range(word, max(word - 5, -1), -1):
        if sentence.mentions[at] is not None or sentence.is_verb(at):
            return [], at if sentence.mentions[at] is not None and at < word else -2
        if sentence.forms[at] in DASHES | {",", ")"} or sentence.forms[at] in JOINING:
            return [], -2
        lemma = sentence.lemmas[at]
        if sentence.forms[at] in words("prepositions", sentence.language):
            return [], at - 1
        if lemma not in finder.classes and lemma not in finder.transparent:
            continue
        begin = _past_prefix(finder, sentence, at - 1) + 1
        outer = sentence.forms[begin - 1] if begin else ""
        if outer == "," and begin > 1:
            apposed = _antecedent(finder, sentence, begin - 1, accept)
            if apposed and apposed[0].entity is not None and apposed[-1].end >= sentence.start(begin - 1) - 3:
                return apposed, -2
        if outer in OF and begin > 1:
            return _phrase_ending(finder, sentence, begin - 2, accept)
        if outer in words("prepositions", sentence.language) and not attached:
            return [], begin - 2
        return finder.after(sentence, begin, accept), -2
    return [], -2


def _past_prefix(finder: Finder, sentence: Sentence, word: int) -> int:
    """Return the word before the articles, quotes and class nouns that lead to a name after `word`."""
    while word >= 0 and sentence.mentions[word] is None:
        form, lemma = sentence.forms[word], sentence.lemmas[word]
        inner = (form in finder.articles or form.isdigit()) and form not in OF and form != "al"
        if not (inner or form in QUOTES or (lemma in finder.transparent and form not in OF)):
            break
        word -= 1
    return word


def row(finder: Finder, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
    """Return the names of the row that ends with the name at `word`."""
    begin = word
    at = _past_prefix(finder, sentence, word - 1)
    joined = False
    while at >= 1 and sentence.forms[at] in JOINING | {","}:
        joined = joined or sentence.forms[at] in JOINING
        at -= 1
        while at >= 0 and sentence.forms[at] in QUOTES | {","}:
            at -= 1
        mention = sentence.mentions[at] if at >= 0 else None
        if not joined or mention is None or not finder.named(mention).types & accept:
            break
        begin = sentence.mention_start(at)
        at = _past_prefix(finder, sentence, begin - 1)
    return finder.listed(sentence, begin, accept)


def _shared(finder: Finder, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
    """Return the subject of the verb to which the verb after "and" at `word` is joined."""
    for at in range(word - 1, max(word - 20, -1), -1):
        if sentence.forms[at] in words("clause_end", sentence.language):
            continue
        found = before(finder, sentence, at, accept) if sentence.is_verb(at) else []
        if found:
            return less_sure(found, 0.85)
    return []


def _unsaid(finder: Finder, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
    """Return whom a Spanish verb without a subject speaks of: the last group or person."""
    if sentence.language != "es" or not sentence.is_verb(word):
        return []
    plural = sentence.forms[word].endswith("n")
    kinds = ("group",) if plural else ("person", "group")
    latest = [
        each
        for kind in kinds
        if kind in accept or "actor" in accept
        for each in finder.discourse.resolve(kind, sentence, sentence.start(word))
    ]
    if not latest:
        return []
    last = max(latest, key=lambda each: each.start)
    finder.discourse.again(last, sentence.start(word), sentence.number)
    types = frozenset({last.kind}) if last.entity is not None else frozenset({"actor"})
    party = Party(last.words, types, sentence.start(word), sentence.end(word), 0.6, last.entity)
    return [party] if types & accept else []


def objects(
    finder: Finder,
    sentence: Sentence,
    word: int,
    leads_to: tuple[str, ...],
    accept: frozenset[str],
    window: int = 8,
) -> list[Party]:
    """Return the parties that follow `word` directly (with "" in `leads_to`) or behind one of its words."""
    found: list[Party] = []
    stops = words("clause_end", sentence.language) | words("relative", sentence.language)
    at = word
    while at < min(len(sentence), word + window):
        form = sentence.forms[at]
        for length in (3, 2, 1):
            text = " ".join(sentence.forms[at : at + length])
            if text in leads_to and (at == word or length > 1 or form not in OF):
                found = finder.after(sentence, at + length, accept)
                if found:
                    return found
        if "" in leads_to and at == word:
            found = finder.after(sentence, at, accept)
            if found:
                return found
        stopping = form in stops or form in (")", ",", "—", "–", ".") and at > word
        if stopping or (at > word and sentence.is_verb(at)):
            return []
        at = sentence.mention_end(at) if sentence.mentions[at] is not None else at + 1
    return []
