"""Letters without their marks, for comparing words."""

from __future__ import annotations

import unicodedata


def without_marks(text: str) -> str:
    """Return `text` in compatibility form without accents and other combining marks."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
