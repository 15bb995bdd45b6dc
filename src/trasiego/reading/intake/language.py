"""Which language a report is in."""

from __future__ import annotations

from functools import cache
from typing import Any

PLAUSIBLE = ["en", "es", "pt", "fr", "it", "de", "nl"]
LEAST_LETTERS = 40
LOOKED_AT = 5000
"""Characters that are looked at; more do not change the answer."""


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, one of PLAUSIBLE; empty for too few letters."""
    text = text[:LOOKED_AT]
    if sum(map(str.isalpha, text)) < LEAST_LETTERS:
        return ""
    return str(_identifier().classify(text)[0])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(PLAUSIBLE)
    return identifier
