import tomllib
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from trasiego.common.paths import data_folder
from trasiego.scenario.documents import Document, read_document
from trasiego.scenario.positions import find_positions

TEXT = '''# a comment with [brackets] and key = value
title = "one" # [no.table]

[zones.pe-vrae]
area = { value = 5, low = 4, high = 6, claims = ["f1", "f2"] }
a.dotted."quoted key" = 1
several = [
    "one", # first
    [2, 3],
    { deep = { deeper = true } },
]
text = """
[not.a.table]
not_a_key = 1
"""
literal = \'\'\'
also = "no key"\'\'\'
after = 1979-05-27T07:32:00Z

[[runs]]
seed = 1

[[runs]]
seed = 2
[runs.inner]
x = -1.5e+3

["two words"]
y = 'it''s'
'''.replace("'it''s'", '"it\'s # no comment"')


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("zones", "pe-vrae"), 4),
        (("zones", "pe-vrae", "area"), 5),
        (("zones", "pe-vrae", "area", "high"), 5),
        (("zones", "pe-vrae", "area", "claims", 1), 5),
        (("zones", "pe-vrae", "a", "dotted", "quoted key"), 6),
        (("zones", "pe-vrae", "several"), 7),
        (("zones", "pe-vrae", "several", 0), 8),
        (("zones", "pe-vrae", "several", 1, 1), 9),
        (("zones", "pe-vrae", "several", 2, "deep", "deeper"), 10),
        (("zones", "pe-vrae", "text"), 12),
        (("zones", "pe-vrae", "literal"), 16),
        (("zones", "pe-vrae", "after"), 18),
        (("runs", 0, "seed"), 21),
        (("runs", 1, "seed"), 24),
        (("runs", 1, "inner", "x"), 26),
        (("two words", "y"), 29),
    ],
)
def test_lines(path, line):
    assert find_positions(TEXT).line(path) == line


def test_what_is_not_there_has_the_line_of_the_table_around_it():
    found = find_positions(TEXT)
    assert found.line(("zones", "pe-vrae", "missing")) == 4
    assert found.line(("zones", "pe-vrae", "area", "missing")) == 5
    assert found.line(("nowhere", "at all")) is None


def paths_in(tree, path=()):
    """Yield the key path of every table, key and item."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from paths_in(value, (*path, key))


def test_no_key_of_the_text_is_missed_and_none_invented():
    assert set(find_positions(TEXT).lines) == set(paths_in(tomllib.loads(TEXT)))


KEYS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=8)
LEAVES = st.one_of(
    st.integers(-(2**40), 2**40), st.floats(allow_nan=False), st.booleans(), st.text(max_size=20), st.dates()
)
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_size=5,
)


@settings(max_examples=200, deadline=None)
@given(TREES)
def test_every_key_of_any_document_stands_in_its_line(tree):
    text = tomlkit.dumps(tree)
    lines = text.split("\n")
    found = find_positions(text)
    read = tomllib.loads(text)
    assert set(found.lines) == set(paths_in(read))
    assert found.twice == []
    for path, line in found.lines.items():
        if isinstance(path[-1], str) and path[-1].isascii() and path[-1].isalnum():
            assert path[-1] in lines[line - 1]


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("a = 1\nb = 2\na = 3\n", [(("a",), 1, 3)]),
        ("[t]\na = 1\n[u]\n[t]\na = 2\n", [(("t",), 1, 4)]),
        ("a = { b = 1, b = 2 }\n", [(("a", "b"), 1, 1)]),
        ("a = 1\na = 2\nb = [\n", [(("a",), 1, 2)]),
        ("[a]\nb = 1\n[a.c]\nd = 1\n", []),
    ],
)
def test_keys_written_twice(text, twice):
    assert find_positions(text).twice == twice


def test_the_outline_agrees_with_all_positions():
    files = sorted(data_folder("scenarios").glob("*.toml")) + sorted(data_folder("policies").glob("*.toml"))
    assert len(files) > 10
    for path in files:
        document = read_document(path)
        assert len(document.outline) > 3
        for key, line in document.outline.items():
            assert document.positions.lines[tuple(key.split("."))] == line, (path.name, key)


def test_texts_of_several_lines_have_no_outline():
    assert Document("a", Path("a"), tomllib.loads(TEXT), TEXT).outline == {}
