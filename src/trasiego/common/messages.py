"""Texts for users in the language that they chose, English where there is no translation (gettext)."""

from __future__ import annotations

import gettext
import os

from trasiego.common.paths import data_folder

DOMAIN = "trasiego"
LANGUAGE_VARIABLE = "TRASIEGO_LANGUAGE"

_chosen: list[gettext.NullTranslations] = []


def choose_language(language: str | None = None) -> None:
    """Choose the language of the texts that follow.

    `language` is a code such as "es"; None asks the environment: TRASIEGO_LANGUAGE first, then the usual
    variables of the system (LANGUAGE, LC_ALL, LC_MESSAGES, LANG). A language without catalogue gives
    English.
    """
    asked = language or os.environ.get(LANGUAGE_VARIABLE)
    languages = [asked] if asked else None
    _chosen[:] = [
        gettext.translation(DOMAIN, localedir=data_folder("locale"), languages=languages, fallback=True)
    ]


def _(text: str) -> str:
    """Return `text` in the chosen language; the first call asks the environment."""
    if not _chosen:
        choose_language()
    return _chosen[0].gettext(text)
