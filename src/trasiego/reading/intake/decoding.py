"""From bytes to text: which encoding it is in, and damage of earlier decodings repaired and told."""

from __future__ import annotations

import codecs
import re
import unicodedata

from trasiego.common.messages import _
from trasiego.reading.intake.limits import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODINGS = ["cp1252", "cp850", "mac_roman"]
_NEWLINES = re.compile(r"[\r\x0b\x85\u2028]")
_NEW_PARTS = re.compile(r"[\x0c\u2029]")
_SPACES = re.compile(r"[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
CONTROL_SHARE = 0.02
_MARKS_IN_A_ROW = re.compile(r"([\u0300-\u036f])[\u0300-\u036f]{2,}")


def decode(data: bytes) -> tuple[str, list[str]]:
    """Return the text of some bytes and notes on what was repaired; Unreadable for what is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return clean(text, [])
    if data[:4000].count(0) > len(data[:4000]) // 5:
        encoding = "utf-16-be" if data[0:4000:2].count(0) > data[1:4000:2].count(0) else "utf-16-le"
        return clean(data.decode(encoding, errors="replace"), [_("read as UTF-16 without its mark")])
    try:
        return clean(data.decode("utf-8"), [])
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > len(data) - 4:
            return clean(data[: error.start].decode("utf-8"), [_("cut off within a letter")])
    return _without_utf8(data)


def _without_utf8(data: bytes) -> tuple[str, list[str]]:
    """Decode what is not all UTF-8: in part, or in an older encoding throughout."""
    mixed = data.decode("utf-8", errors="ignore")
    if sum(map(str.isalpha, mixed)) > sum(each.isalpha() and each.isascii() for each in mixed):
        lines = [_line(each) for each in data.split(b"\n")]
        return clean("\n".join(lines), [_("partly in UTF-8 and partly in another encoding")])
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], cp_isolation=_ENCODINGS).best()
    encoding = best.encoding if best else "cp1252"
    return clean(data.decode(encoding, errors="replace"), [_("read as {name}").format(name=encoding)])


def _line(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def clean(text: str, notes: list[str]) -> tuple[str, list[str]]:
    """Return text with plain spaces and line ends and with letters repaired, and the notes on it."""
    # Spaces and unseen letters come later: they may be halves of a damaged letter.
    text, repaired = _repair(text.replace("\r\n", "\n"))
    text = _NEW_PARTS.sub("\n\n", _NEWLINES.sub("\n", text))
    text = _UNSEEN.sub("", _SPACES.sub(" ", text))
    if repaired:
        notes.append(
            _("letters damaged by a wrong encoding repaired in {count} lines").format(count=repaired)
        )
    controls = len(_CONTROLS.findall(text))
    if controls > CONTROL_SHARE * len(text):
        raise Unreadable(_("it holds no text"))
    if controls:
        text = _CONTROLS.sub(" ", text)
        notes.append(_("{count} control characters left out").format(count=controls))
    lost = text.count("\ufffd")
    if lost:
        notes.append(_("{count} letters could not be read").format(count=lost))
    return text, notes


def _repair(text: str) -> tuple[str, int]:
    """Return text with mojibake undone, letters in one piece, and in how many lines it was damaged."""
    if text.isascii():
        return text, 0
    from ftfy import TextFixerConfig, fix_encoding, fix_text

    settings = TextFixerConfig(
        uncurl_quotes=False, unescape_html=False, remove_control_chars=False, explain=False
    )
    lines, repaired = text.split("\n"), 0
    for number, line in enumerate(lines):
        if line.isascii():
            continue
        fixed = fix_text(_MARKS_IN_A_ROW.sub(r"\1", line), settings)
        plain = unicodedata.normalize("NFC", line)
        if fixed != plain and fix_encoding(line) != line:
            repaired += 1
        lines[number] = fixed.replace("\n", " ")
    return "\n".join(lines), repaired
