"""Names as candidate claims: one for each entity of a report, with the words that name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trasiego.reading.candidate import Candidate

if TYPE_CHECKING:
    from trasiego.reading.document import Document
    from trasiego.reading.mentions import Mention, Names
    from trasiego.reading.parsing import Passage

SURE, LIKELY, UNSURE = 0.9, 0.75, 0.6
MOST = 0.97


def entity_candidates(document: Document, passages: list[Passage], names: Names) -> list[Candidate]:
    """Return a candidate for each entity; its quote is the first mention that gives the name in full.

    The confidence ranks: names that several mentions, further names, a country or a role speak for are first.
    """
    mentions: dict[int, list[Mention]] = {}
    for mention in names.mentions:
        mentions.setdefault(mention.entity, []).append(mention)
    found = []
    for number, entity in enumerate(names.entities):
        several = mentions[number]
        quoted = [each for each in several if document.text[each.start : each.end] == entity.name]
        mention = quoted[0] if quoted else several[0]
        start, sentence = _sentence(passages, mention)
        found.append(
            Candidate(
                kind="entity",
                document=document.name,
                quote=document.text[mention.start : mention.end],
                start=mention.start,
                end=mention.end,
                type=entity.type,
                name=entity.name,
                aliases=list(entity.aliases),
                role=entity.role,
                country=entity.country,
                place_id=entity.place_id,
                choices=list(entity.choices),
                confidence=_confidence(names, number, len(several)),
                sentence=sentence,
                sentence_start=start,
                title=document.title,
                publisher=document.publisher,
                author=document.author,
                published=document.date,
                language=document.language,
            )
        )
    return found


def _confidence(names: Names, number: int, times: int) -> float:
    entity = names.entities[number]
    base = LIKELY
    if entity.type == "place":
        base = SURE if entity.place_id or entity.country else UNSURE
        base -= 0.05 * (len(entity.choices) > 1)
    elif entity.aliases or entity.role:
        base = SURE
    elif len(entity.name.split()) == 1 and times == 1:
        base = UNSURE
    return round(min(MOST, base + 0.02 * min(times - 1, 4)), 2)


def _sentence(passages: list[Passage], mention: Mention) -> tuple[int, str]:
    """Return the offset and the text of the sentence that holds a mention."""
    for passage in passages:
        if passage.start <= mention.start < passage.start + len(passage.text):
            for sentence in passage.sentences:
                if passage.start + sentence.end_char >= mention.end:
                    return passage.start + sentence.start_char, sentence.text
    return 0, ""
