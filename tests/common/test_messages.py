import gettext

import pytest

from trasiego.common import messages


@pytest.fixture
def spanish(tmp_path, monkeypatch):
    """A catalogue with one Spanish text, in place of the shipped ones."""
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "trasiego.mo").write_bytes(_catalogue({"found": "encontrado"}))
    monkeypatch.setattr(messages, "data_folder", lambda name: tmp_path)
    for variable in ("TRASIEGO_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    yield
    monkeypatch.undo()
    messages.choose_language("en")


def _catalogue(texts):
    """Return a compiled catalogue: header, table of originals, table of translations, texts."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **texts}.items())
    originals = [one.encode() for one, _other in pairs]
    translations = [other.encode() for _one, other in pairs]
    count, at = len(pairs), 28 + 16 * len(pairs)
    tables, body = b"", b""
    for group in (originals, translations):
        for text in group:
            tables += len(text).to_bytes(4, "little") + (at + len(body)).to_bytes(4, "little")
            body += text + b"\0"
    numbers = (0x950412DE, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    return b"".join(number.to_bytes(4, "little") for number in numbers) + tables + body


def test_the_chosen_language_is_spoken_and_english_where_it_has_no_text(spanish):
    messages.choose_language("es")
    assert messages._("found") == "encontrado"
    assert messages._("allowed") == "allowed"


def test_a_language_without_catalogue_gives_english(spanish):
    messages.choose_language("fr")
    assert messages._("found") == "found"


@pytest.mark.parametrize("variable", ["TRASIEGO_LANGUAGE", "LANG"])
def test_the_environment_chooses(spanish, monkeypatch, variable):
    monkeypatch.setenv(variable, "es")
    messages.choose_language()
    assert messages._("found") == "encontrado"


def test_our_variable_comes_before_those_of_the_system(spanish, monkeypatch):
    monkeypatch.setenv("LANG", "es")
    monkeypatch.setenv("TRASIEGO_LANGUAGE", "en")
    messages.choose_language()
    assert messages._("found") == "found"


def test_the_catalogue_of_the_test_is_one_that_gettext_reads(tmp_path):
    path = tmp_path / "one.mo"
    path.write_bytes(_catalogue({"do": "hacer", "found": "encontrado"}))
    with path.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("do") == "hacer"
