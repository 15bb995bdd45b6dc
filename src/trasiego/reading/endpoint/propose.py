"""Candidates that a language model proposes for a report, those kept that the report bears out."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

from trasiego.common.messages import _
from trasiego.common.predicates import PREDICATES
from trasiego.reading.candidate import EVENT_TYPES, MODALITIES, Candidate
from trasiego.reading.document import Document
from trasiego.reading.endpoint.asking import Endpoint, ask
from trasiego.reading.endpoint.checks import Dropped, checked, prompt_data
from trasiego.reading.endpoint.finding import Searched
from trasiego.reading.mentions import ENTITY_TYPES

KEY_VARIABLE = "TRASIEGO_MODEL_KEY"
"""Environment variable with the key, unless another is named; no key is sent where it is empty."""

LETTERS = 6000
"""Letters of a report that are sent at once, about."""


def propose(
    document: Document,
    url: str,
    model: str,
    key_env: str = KEY_VARIABLE,
    timeout: float = 120.0,
    *,
    pause: float = 1.0,
    dropped: Counter[str] | None = None,
) -> list[Candidate]:
    """Return what the model proposes for a report, as far as it counts; ids are left to the caller.

    The paragraphs that are the report itself are sent to {url}/chat/completions, with title, language and
    day of publication, and nothing else. A proposal counts when it keeps to the closed lists, its quotation
    and who says so stand in the text, and its name or figure in the quotation; its confidence is 0.5 at most,
    `proposed_by` is "model:NAME". `dropped` is counted up with the reasons of the others. `timeout` is the
    seconds for one try, `pause` those before a second one.

    Raise Faults when the endpoint can't be reached, refuses, or answers in another form; an answer whose text
    is no JSON is asked for once more and then counted as dropped.
    """
    endpoint = Endpoint(url, model, os.environ.get(key_env, ""), timeout, pause)
    reasons: Counter[str] = Counter() if dropped is None else dropped
    searched, found = Searched(document), []
    seen = set()
    for messages in _questions(document):
        for proposal in _proposals(endpoint, messages, reasons):
            try:
                candidate = checked(proposal, searched, document, model)
            except Dropped as reason:
                reasons[str(reason)] += 1
                continue
            mark = json.dumps(candidate.to_dict(), sort_keys=True)
            if mark not in seen:
                seen.add(mark)
                found.append(candidate)
    return found


def _questions(document: Document) -> Iterator[list[dict[str, str]]]:
    """Yield the messages of each part of a report."""
    data = prompt_data()
    system = data["system"].format(
        modalities=", ".join(MODALITIES),
        entity_types=", ".join(ENTITY_TYPES),
        event_types=", ".join(EVENT_TYPES),
        units=", ".join(data["units"]),
        predicates=", ".join(PREDICATES),
    )
    parts = list(_parts(document))
    for number, text in enumerate(parts, start=1):
        unknown = _("not known")
        user = data["user"].format(
            language=document.language or unknown,
            title=document.title or unknown,
            date=document.date or unknown,
            part=number,
            parts=len(parts),
            text=text,
        )
        yield [{"role": "system", "content": system}, {"role": "user", "content": user}]


def _parts(document: Document) -> Iterator[str]:
    """Yield the report's paragraphs, as many at once as fit; a longer one is cut between words."""
    gathered = ""
    for _start, paragraph in document.paragraphs():
        rest = paragraph.strip()
        while rest:
            if gathered and len(gathered) + len(rest) > LETTERS:
                yield gathered
                gathered = ""
            cut = len(rest) if len(rest) <= LETTERS else rest.rfind(" ", 0, LETTERS) + 1 or LETTERS
            gathered = f"{gathered}\n\n{rest[:cut]}".strip()
            rest = rest[cut:]
    if gathered:
        yield gathered


def _proposals(endpoint: Endpoint, messages: list[dict[str, str]], reasons: Counter[str]) -> list[Any]:
    """Return the proposals in the answer to a question; none, and a reason, for two answers without JSON."""
    for _try in range(2):
        claims = _claims(ask(endpoint, messages))
        if claims is not None:
            return claims
    reasons[_("an answer that is not JSON")] += 1
    return []


def _claims(answer: str) -> list[Any] | None:
    """Return the list of claims in an answer, also inside of other text; None where there is none."""
    for opening, closing in (("{", "}"), ("[", "]")):
        start, end = answer.find(opening), answer.rfind(closing) + 1
        try:
            read = json.loads(answer[start:end]) if 0 <= start < end else None
        except (ValueError, RecursionError):
            continue
        if isinstance(read, dict):
            read = read.get("claims")
        if isinstance(read, list):
            return read
    return None
