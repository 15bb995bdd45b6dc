"""Words of the trade for its workers, where a report sets them in quotation marks."""

from __future__ import annotations

from trasiego.reading.names.draft import Draft
from trasiego.reading.names.lexicon import is_common, word_set

ENDINGS = ("eros", "eras", "istas", "ores", "antes", "chos", "ones", "inos")


def take_roles(draft: Draft) -> None:
    """Take a quoted word in small letters that names workers of the trade, and its further occurrences."""
    words, known = draft.words, draft.lexicon
    found = set()
    for index, word in enumerate(words):
        if word.capital or draft.owner[index] is not None or not draft.quoted(index, index + 1):
            continue
        near = set(draft.window(index, 4))
        foreign = draft.language == "en" and not is_common(word.text, "en")
        looks = foreign and word.folded.endswith(ENDINGS) and len(word.text) > 4
        if (
            word.folded in known.jargon
            or looks
            or (foreign and word.folded.endswith("s") and near & word_set("workers"))
        ):
            draft.take(index, index + 1, "role", "quoted")
            found.add(word.folded)
    for index, word in enumerate(words):
        if (
            word.folded in found
            and draft.owner[index] is None
            and (word.folded not in COMMON or draft.quoted(index, index + 1))
        ):
            draft.take(index, index + 1, "role", "repeat")


COMMON = frozenset({"muscle", "hawks", "runners", "lookouts", "dealers", "mules", "mule"})
