"""Settings of the command line: `--set key=value` as a document, laid over a scenario like a policy."""

from __future__ import annotations

import tomllib
from typing import Any

from trasiego.common.faults import Fault, Faults, nearest
from trasiego.common.messages import _
from trasiego.scenario.documents import Document
from trasiego.scenario.fields import Field, fields, registry
from trasiego.scenario.numbers import RECORD_KEYS


def setting_document(setting: str) -> Document:
    """Return the document that the setting "key=value" stands for.

    The value is read as TOML; a bare word is a text, so that nobody has to quote twice. A key may go on into
    the record of a number ("countries.GT.integrity.times=0.5"). Raises Faults when the setting has no such
    form.
    """
    name = "--set " + " ".join(setting.split())
    path, equals, text = (part.strip() for part in setting.partition("="))
    if not equals or not path or not text:
        raise Faults(
            Fault(
                name,
                None,
                None,
                _("no key and value"),
                _("key=value, for example countries.GT.integrity=0.8"),
                None,
                _("write the key, =, and the value"),
            )
        )
    keys = path.split(".")
    row, inner = registry().field(path), ""
    if row is None and keys[-1] in (*RECORD_KEYS, "times"):
        row, inner = registry().field(".".join(keys[:-1])), keys[-1]
    if row is None and keys[0] not in registry().sections:
        raise Faults(_unknown(name, path))
    value = _read(name, path, text, row)
    if row is not None and inner:
        keys, value = keys[:-1], {inner: value}
    tree: dict[str, Any] = {keys[-1]: value}
    for part in reversed(keys[:-1]):
        tree = {part: tree}
    return Document(name, None, tree, "")


def _unknown(name: str, path: str) -> Fault:
    """Return the fault of a key in no section, with the field that ends like it or the nearest section."""
    section, key = path.split(".", maxsplit=1)[0], path.rsplit(".", maxsplit=1)[-1]
    ending = next((row.path for row in fields() if row.key == key), None)
    return Fault(
        name,
        None,
        path,
        _("unknown section {section}").format(section=section),
        ", ".join(registry().sections),
        nearest(section, registry().sections) if "." in path else ending,
        _("write the whole path of a field"),
    )


def _read(name: str, path: str, text: str, row: Field | None) -> Any:
    """Return the value as TOML reads it, or the text itself where that is no TOML and no number is due."""
    figure = row is not None and row.type in ("number", "integer")
    try:
        tree = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        if not figure and text[0] not in "\"'[{" and "\n" not in text:
            return text
        tree = {}
    if list(tree) == ["value"]:
        return tree["value"]
    allowed = _('a value as in TOML: 0.8, true, "2011-03", ["gt-peten"]')
    if row is not None and figure:
        allowed = _("{bounds}, or a record: {{ times = 2.0 }}").format(bounds=row.bounds)
    raise Faults(
        Fault(
            name,
            None,
            path,
            _("the value {text}").format(text=text.splitlines()[0]),
            allowed,
            None,
            _("correct the value; quote the whole setting for the shell"),
        )
    )
