"""A relation as it is made in a sentence, and whether the sentence means it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trasiego.reading.candidate import Candidate
from trasiego.reading.statements import syntax
from trasiego.reading.statements.vocabulary import words

if TYPE_CHECKING:
    from trasiego.reading.document import Document
    from trasiego.reading.statements.phrases import Party
    from trasiego.reading.statements.sentence import Sentence

BACK = 4
"""How many words before a verb a word of denial or doubt counts, without syntax."""


@dataclass(frozen=True, slots=True)
class Made:
    """A relation that was made: its parties, its confidence, and the words first to last that set it off.

    `predicate` is another one than the rule's where it is not empty.
    """

    subject: Party
    object: Party
    confidence: float
    first: int
    last: int
    predicate: str = ""


def doubtful(sentence: Sentence, word: int) -> bool:
    """Tell whether what the word at `word` says is denied, supposed or asked."""
    negations = words("negation", sentence.language)
    hypotheses = words("hypothesis", sentence.language)
    if sentence.forms[-1] == "?":
        return True
    if sentence.parsed:
        return syntax.has_negation(sentence.tokens[word], negations, hypotheses)
    for at in range(word - 1, max(word - BACK - 1, -1), -1):
        form = sentence.forms[at]
        if form in (",", ";", ".") or form in words("relative", sentence.language):
            return False
        if form in negations or form in hypotheses or sentence.lemmas[at] in hypotheses:
            return True
        infinitive = sentence.forms[word].endswith(("ar", "er", "ir", "rse"))
        if form in ("para", "por") and at == word - 1 and infinitive:
            return True
    return False


def pairs(parties: list[Party], confidence: float, first: int, last: int) -> list[Made]:
    """Return a relation for each two of several parties."""
    return [
        Made(one, other, confidence, first, last)
        for at, one in enumerate(parties)
        for other in parties[at + 1 :]
        if one.text != other.text
    ]


def relation(
    document: Document,
    sentence: Sentence,
    span: tuple[int, int],
    parties: tuple[Party, Party],
    predicate: str,
    confidence: float,
) -> Candidate:
    """Return the candidate of a relation of the first party to the second, told by the words of `span`."""
    first, last = sentence.start(0), sentence.end(len(sentence) - 1)
    subject, object_ = parties
    return Candidate(
        "relation",
        document.name,
        document.text[span[0] : span[1]],
        *span,
        subject=subject.text,
        predicate=predicate,
        object=object_.text,
        confidence=confidence,
        sentence=document.text[first:last],
        sentence_start=first,
    )
