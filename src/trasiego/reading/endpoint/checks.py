"""What a proposal must hold to count: the closed lists, its words in the text, its figure in its words."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from trasiego.common.messages import _
from trasiego.reading.candidate import KINDS, Candidate
from trasiego.reading.checking import FIGURES, candidate_of, problems
from trasiego.reading.document import Document
from trasiego.reading.endpoint.finding import Searched
from trasiego.reading.quantities.vocabulary import vocabulary
from trasiego.reading.shipped import shipped

HIGHEST_CONFIDENCE = 0.5
"""Confidence of a proposal at most, whatever the model says."""

COMMON = ("kind", "modality", "attribution", "confidence")
SCALES = (1.0, 1e-3, 1e-2, 1e2, 1e3, 1e6, 1e9, 1e12)
"""By what a figure in words may be multiplied: percent, units of mass, thousands, millions."""

TOLERANCE = 0.01
LONGEST_QUOTE = 200
"""Words of a quotation in which figures are looked for."""

PARTS = {"medio": 0.5, "media": 0.5, "un": 1.0, "una": 1.0, "a": 1.0, "an": 1.0}
"""Words of figures that stand in no table."""


class Dropped(Exception):
    """A proposal that does not count; the argument says why, for the count of reasons."""


def checked(proposal: Any, searched: Searched, document: Document, model: str) -> Candidate:
    """Return a proposal as a candidate with its place in the text; raise Dropped with the reason."""
    if not isinstance(proposal, Mapping) or not isinstance(proposal.get("quote"), str):
        raise Dropped(_("no object with a quote"))
    found = searched.find(proposal["quote"])
    if found is None:
        raise Dropped(_("the quotation is not in the text"))
    kind = proposal.get("kind")
    if kind not in KINDS:
        raise Dropped(_("no kind of candidate"))
    if not proposal.get("modality"):
        raise Dropped(_("no modality"))
    start, end = found
    sentence_start, sentence = searched.sentence(start, end)
    fields = (*COMMON, *prompt_data()["fields"][kind])
    record = {name: proposal[name] for name in fields if proposal.get(name) is not None}
    record |= {
        "id": "-",
        "document": document.name,
        "quote": document.text[start:end],
        "start": start,
        "end": end,
        "sentence": sentence,
        "sentence_start": sentence_start,
        "proposed_by": f"model:{model}",
    }
    _check_lists(record)
    candidate = candidate_of(record)
    _check_words(candidate, searched)
    candidate.id = ""
    candidate.confidence = min(max(candidate.confidence, 0.0), HIGHEST_CONFIDENCE)
    candidate.title, candidate.publisher, candidate.author = (
        document.title,
        document.publisher,
        document.author,
    )
    candidate.published, candidate.language = document.date, document.language
    return candidate


def prompt_data() -> dict[str, Any]:
    """Return what model_prompt.toml holds."""
    return shipped("model_prompt")


def _check_lists(record: Mapping[str, Any]) -> None:
    """Raise Dropped for a record that is no candidate, or with a unit that is not in the list."""
    wrong = problems(record)
    if wrong:
        raise Dropped(_("{key} is not as candidates have it").format(key=wrong[0].key))
    if record["kind"] == "quantity" and record.get("unit") not in prompt_data()["units"]:
        raise Dropped(_("unit is not in the list"))
    if record["kind"] == "quantity" and not record.get("what"):
        raise Dropped(_("nothing that is counted"))


def _check_words(candidate: Candidate, searched: Searched) -> None:
    """Raise Dropped for a name or a figure that is not where it must be; drop aliases that nobody wrote."""
    if candidate.attribution and not searched.find(candidate.attribution):
        raise Dropped(_("who says so is not in the text"))
    if candidate.kind == "entity":
        if _folded(candidate.name) not in _folded(candidate.quote):
            raise Dropped(_("the name is not in the quotation"))
        candidate.aliases = [name for name in candidate.aliases if searched.find(name)]
    elif candidate.kind == "relation":
        if not searched.find(candidate.subject) or not searched.find(candidate.object):
            raise Dropped(_("a party is not in the text"))
    elif candidate.kind == "quantity":
        wanted = [figure for name in FIGURES if (figure := getattr(candidate, name)) is not None]
        written = {number * scale for number in _numbers(candidate.quote) for scale in SCALES}
        if not all(any(math.isclose(each, one, rel_tol=TOLERANCE) for one in written) for each in wanted):
            raise Dropped(_("the figure is not in the quotation"))


def _numbers(text: str) -> Iterator[float]:
    """Yield every figure that a text may write, in digits by either use of point and comma, and in words."""
    for digits in re.findall(r"[0-9]+(?:[.,’'   ][0-9]+)*", text):
        yield float(re.sub(r"[^0-9]", "", digits))
        whole, sign, rest = digits.rpartition(max(".,", key=digits.rfind))
        if sign:
            yield float(f"{re.sub(r'[^0-9]', '', whole)}.{re.sub(r'[^0-9]', '', rest)}")
    words, tables = re.findall(r"[^\W\d]+", _folded(text)), vocabulary()
    running: list[float] = []
    for word in words[:LONGEST_QUOTE]:
        figure = next((table[word] for table in tables.numerals.values() if word in table), None)
        part = next((table[word] for table in tables.fractions.values() if word in table), PARTS.get(word))
        if part is not None:
            yield from (part, *(part * each for each in running))
        if figure is not None:
            running.append(figure)
            yield from (sum(running[at:]) for at in range(len(running)))
        elif word not in ("y", "and"):
            running.clear()


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())
