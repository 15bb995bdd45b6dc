"""One sentence with its parties, and what stands between them and a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trasiego.reading.statements.cues import Met, scale
from trasiego.reading.statements.spots import Spot, rows, spots
from trasiego.reading.statements.vocabulary import words

if TYPE_CHECKING:
    from trasiego.reading.statements.parties import Finder
    from trasiego.reading.statements.sentence import Sentence

FAR = 40
"""Steps at which a party is out of reach."""


class Scene:
    """One sentence with its parties and what it costs to go from one word to another."""

    def __init__(self, finder: Finder, sentence: Sentence) -> None:
        """Find the parties of the sentence."""
        self.finder = finder
        self.sentence = sentence
        self.spots = spots(finder, sentence)
        self.rows = rows(sentence, self.spots)
        self.at_word = {
            word: at for at, spot in enumerate(self.spots) for word in range(spot.first, spot.last)
        }
        self.steps = [self._step(word) for word in range(len(sentence))]

    def add(self, spot: Spot) -> None:
        """Add a party that the sentence does not name, behind all others."""
        self.spots.append(spot)
        self.rows.append([len(self.spots) - 1])

    def _step(self, word: int) -> float:
        """Return what a word costs that stands between a party and a cue."""
        sentence = self.sentence
        form = sentence.forms[word]
        if word in self.at_word or sentence.mentions[word] is not None:
            return scale("word") / 2
        if form in words("clause_end", sentence.language):
            return scale("stop")
        if form == ",":
            return scale("comma")
        if form in words("relative", sentence.language):
            return scale("relative")
        finite = sentence.is_verb(word) and not (
            sentence.parsed and sentence.tokens[word].tag_ in ("VBN", "VBG", "VB")
        )
        copula = sentence.lemmas[word] in ("be", "have", "ser", "haber", "estar")
        if finite and not copula:
            return scale("verb")
        return scale("word")

    def way(self, at: int, met: Met, accept: frozenset[str]) -> float:
        """Return what it costs to go from the spot `at` to a cue, other parties that fit being in the way."""
        spot = self.spots[at]
        if spot.last <= met.first:
            first, last = spot.last, met.first
        elif spot.first >= met.last:
            first, last = met.last, spot.first
        else:
            inside = spot.first >= met.first and spot.last <= met.last
            return 0.0 if inside else FAR
        passed = {self.at_word[word] for word in range(first, last) if word in self.at_word}
        blocking = sum(
            1
            for other in passed - set(self.rows[at])
            if self.spots[other].party.types & accept
            and not self.spots[other].owns
            and self.spots[other].party.text != spot.party.text
        )
        return sum(self.steps[first:last]) + blocking * scale("party")
