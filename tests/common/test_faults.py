import pytest

from trasiego.common.faults import Fault, Faults, nearest

FULL = Fault("a.toml", 14, "routes.sea.share", "1.3", "0 to 1", "routes.sea.share_low", "lower it")


def test_the_message_has_five_lines():
    assert FULL.text() == (
        "a.toml:14  routes.sea.share\n"
        "  found    1.3\n"
        "  allowed  0 to 1\n"
        "  nearest  routes.sea.share_low\n"
        "  do       lower it"
    )


@pytest.mark.parametrize(
    ("file", "line", "key", "head"),
    [
        ("a.toml", None, "x.y", "a.toml  x.y"),
        ("a.toml", 3, None, "a.toml:3"),
        (None, 3, "x.y", "x.y"),
        (None, None, None, "  found    1"),
    ],
)
def test_absent_parts_are_left_out(file, line, key, head):
    text = Fault(file, line, key, "1", "2", None, "write 2").text()
    assert text.splitlines()[0] == head
    assert "nearest" not in text


def test_several_faults_are_told_with_an_empty_line_between():
    assert str(Faults([FULL, FULL])) == f"{FULL.text()}\n\n{FULL.text()}"
    assert Faults(FULL).faults == (FULL,)


def test_faults_without_a_fault_are_refused():
    with pytest.raises(ValueError, match="at least one"):
        Faults([])


@pytest.mark.parametrize(
    ("word", "choices", "close"),
    [
        ("integrty", ["integrity", "stance"], "integrity"),
        ("F031", ["f030", "f031"], "f031"),
        ("gt-gualam", ["gt-gualan", "gt-zacapa"], "gt-gualan"),
        ("elephant", ["integrity", "stance"], None),
        ("aaab", ["aaac", "aaad"], "aaac"),
        ("anything", [], None),
    ],
)
def test_nearest(word, choices, close):
    assert nearest(word, choices) == close
