"""Whatever a library does while it opens a file becomes one sentence."""

import pytest

from tests.reading.made import ENGLISH, text_of
from trasiego.common.faults import Faults
from trasiego.reading.intake import Unreadable, read_file
from trasiego.reading.intake.limits import opening


def test_an_endless_opening_is_stopped():
    with pytest.raises(Unreadable, match="longer than 0.2 seconds"), opening("PDF", seconds=0.2):
        while True:
            pass


@pytest.mark.parametrize(
    "error", [RecursionError("too deep"), KeyError("/Root"), AssertionError(), MemoryError()]
)
def test_faults_of_a_library_are_reasons(error):
    with pytest.raises(Unreadable) as raised, opening("PDF"):
        raise error
    assert raised.value.reason and "\n" not in raised.value.reason


def test_a_library_that_is_missing_is_a_fault_of_the_installation():
    with pytest.raises(Faults, match="trasiego\\[read\\]"), opening("PDF"):
        raise ModuleNotFoundError("No module named 'pypdf'", name="pypdf")


@pytest.mark.parametrize(
    "line", ["a" * 400_000, "." * 400_000, "a@b." * 100_000, 'x."' + ")" * 400_000, "ab-\n" * 99_000]
)
def test_endless_lines_take_no_time(tmp_path, line):
    import time

    path = tmp_path / "a.txt"
    path.write_text(line + "\n\n" + text_of(ENGLISH), encoding="utf-8")
    began = time.process_time()
    document = read_file(path, "a.txt")
    assert time.process_time() - began < 5.0
    assert document.paragraphs()[-1][1] == ENGLISH[-1]
