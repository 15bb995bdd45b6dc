"""Outlets that no list knows: "told newspaper X", "reported X"."""

from __future__ import annotations

from trasiego.reading.names.draft import Draft
from trasiego.reading.names.institutions import chain_end
from trasiego.reading.names.lexicon import ARTICLES


def take_publishers(draft: Draft) -> None:
    """Take free names after a word for an outlet, or beside a verb of reporting."""
    words, known = draft.words, draft.lexicon
    for index in range(1, len(words)):
        word = words[index]
        if draft.owner[index] is not None or not word.capital or not draft.follows(index):
            continue
        if words[index - 1].capital and draft.owner[index - 1] is None:
            continue
        last = chain_end(draft, index)
        key = draft.key(index, last)
        if any(
            part in known.stop or part in known.demonyms or part in known.titles
            for part in key[key[0] in ARTICLES :]
        ):
            continue
        before = list(draft.window(index, 2))
        interview = before in (["con", "entrevista"], ["with", "interview"]) and (
            word.acronym or key[0] in ARTICLES
        )
        noun = interview or before[:1] and before[0] in known.publisher_nouns
        ends = last >= len(words) or words[last].gap[:1] in ".,;"
        told = before[:1] == ["reported"] and ends and last - index < 5
        according = before[:2] in (["to", "according"], ["a", "acuerdo"]) and (
            draft.label(index, last) == "ORG" or (last - index > 1 and key[0] not in known.given)
        )
        if noun or told or according:
            draft.take(index, last, "publisher", "cue")
