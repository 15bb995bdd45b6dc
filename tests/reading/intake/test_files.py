"""A folder of reports of all kinds: what is read of each file, and what is named and passed over."""

import os
import textwrap
import zipfile

import pytest

from tests.reading.made import ENGLISH, SPANISH, page_of, pdf_of, text_of, word_of
from trasiego.common.faults import Faults
from trasiego.reading.document import Document, Skipped
from trasiego.reading.intake import Unreadable, read_file, read_folder


def paragraphs(document):
    return [text for _start, text in document.paragraphs()]


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_file(path, name)


def reason(tmp_path, name, data):
    with pytest.raises(Unreadable) as raised:
        read(tmp_path, name, data)
    return raised.value.reason


@pytest.mark.parametrize(("parts", "language"), [(ENGLISH, "en"), (SPANISH, "es")])
def test_a_text_gives_its_paragraphs_and_its_head(tmp_path, parts, language):
    document = read(tmp_path, "a.txt", text_of(parts))
    assert paragraphs(document) == list(parts[2:])
    assert (document.language, document.title, document.date) == (language, parts[0], "2014-05-03")
    assert document.author == ("Jane Q. Writer" if language == "en" else "Juana Inventada")


def test_a_web_page_gives_the_article_alone(tmp_path):
    document = read(tmp_path, "a.html", page_of(ENGLISH))
    assert paragraphs(document) == list(ENGLISH[2:])
    assert document.publisher == "The Daily Example"
    assert (document.title, document.date) == (ENGLISH[0], "2014-05-03")


def test_a_word_file_gives_its_paragraphs(tmp_path):
    document = read(tmp_path, "a.docx", word_of(SPANISH))
    assert paragraphs(document) == list(SPANISH[2:])
    assert (document.title, document.author, document.date) == (SPANISH[0], "Juana Inventada", "2014-05-03")


def test_a_pdf_loses_running_heads_and_mends_lines_cut_at_a_hyphen(tmp_path):
    lines = textwrap.wrap(" ".join(ENGLISH[2:] * 4), 78)
    lines[4:5] = [f"{lines[4][:60]} smug-", f"glers {lines[4][60:]}"]
    pages = [
        ["The Daily Example", *lines[at : at + 9], f"Page {at // 9 + 1}"] for at in range(0, len(lines), 9)
    ]
    document = read(tmp_path, "a.pdf", pdf_of(pages))
    whole = " ".join(paragraphs(document))
    assert "smugglers" in whole
    assert "Daily Example" not in whole and "Page" not in whole
    assert whole.replace("smugglers", "").split() == " ".join(lines).replace("smug- glers", "").split()


def test_lines_cut_to_a_width_are_joined(tmp_path):
    text = "\n\n".join(textwrap.fill(each, 70) for each in ENGLISH)
    document = read(tmp_path, "a.txt", text)
    assert paragraphs(document) == list(ENGLISH[2:])
    assert "lines joined to paragraphs" in document.notes


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_encodings_are_found(tmp_path, encoding):
    document = read(tmp_path, "a.txt", text_of(SPANISH).encode(encoding))
    assert paragraphs(document) == list(SPANISH[2:])


def test_damage_of_an_earlier_decoding_is_repaired_and_told(tmp_path):
    broken = text_of(SPANISH).encode().decode("cp1252", errors="replace")
    document = read(tmp_path, "a.txt", broken)
    assert "La Policía de Puerto Ficticio" in document.text
    assert any("repaired" in note for note in document.notes)


def test_lines_in_two_encodings_are_each_read_in_their_own(tmp_path):
    data = text_of(SPANISH).encode() + b"\n" + SPANISH[2].encode("cp1252") + b"\n\nFin.\n"
    document = read(tmp_path, "a.txt", data.replace(b"14 personas", b"15 personas", 1))
    assert "\ufffd" not in document.text
    assert any("another encoding" in note for note in document.notes)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.xyz", b"some text", "ending"),
        ("a.txt", b" \n ", "empty"),
        ("a.txt", bytes(range(256)) * 40, "no text"),
        ("a.txt", b"Menu\nHome\nNews\n", "no paragraph"),
        ("a.pdf", b"no such thing", "no PDF"),
        ("a.docx", b"no such thing", "no Word"),
        ("a.html", b"<html><body></body></html>", "no article"),
        ("a.txt", b"a b c d. " * 250_000, "characters"),
        ("a.txt", b" a" * 11_000_000, "larger"),
    ],
)
def test_what_gives_no_report_says_why(tmp_path, name, data, told):
    assert told in reason(tmp_path, name, data)


def test_a_pdf_of_pictures_and_a_locked_one_say_so(tmp_path):
    import io

    from pypdf import PdfReader, PdfWriter

    assert "pictures" in reason(tmp_path, "a.pdf", pdf_of([[""]]))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of([list(ENGLISH)]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "locked" in reason(tmp_path, "b.pdf", out.getvalue())


def test_a_word_file_that_unpacks_without_end_is_not_opened(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:t>" + b"a" * 40_000_000)
    with pytest.raises(Unreadable, match="unpacks"):
        read_file(path, "a.docx")


def test_a_page_that_is_nested_without_end_is_named(tmp_path):
    data = b"<html><body>" + b"<div>" * 50_000 + b"text" + b"</div>" * 50_000
    assert "markup" in reason(tmp_path, "a.html", data)


def test_the_first_bytes_count_more_than_the_ending(tmp_path):
    assert paragraphs(read(tmp_path, "a.txt", page_of(ENGLISH))) == list(ENGLISH[2:])


def test_a_folder_is_read_in_order_and_bad_files_are_named(tmp_path):
    inner = tmp_path / "2014"
    inner.mkdir()
    (inner / "b.txt").write_text(text_of(SPANISH), encoding="utf-8")
    (tmp_path / "a.txt").write_text(text_of(ENGLISH), encoding="utf-8")
    (tmp_path / "c.exe").write_bytes(b"MZ")
    (tmp_path / ".hidden.txt").write_text("x", encoding="utf-8")
    os.symlink(tmp_path, inner / "again")
    os.symlink(tmp_path / "nothing.txt", tmp_path / "d.txt")
    found = list(read_folder(tmp_path))
    assert [each.name for each in found] == ["a.txt", "c.exe", "d.txt", "2014/b.txt"]
    assert [type(each) for each in found] == [Document, Skipped, Skipped, Document]


def test_no_folder_is_one_clear_fault(tmp_path):
    with pytest.raises(Faults, match="no folder"):
        list(read_folder(tmp_path / "nothing"))
