"""Ten thousand damaged documents: each is read or named as unreadable, and none takes long."""

import time

import pytest

from tests.reading.mutated import mutated
from trasiego.reading.extract import read_text
from trasiego.reading.intake import Unreadable, read_file

MOST_SECONDS = 5.0
"""Of computing for one document, so that others on the machine do not count."""

QUICK, SLOW, SHARE = 200, 10_000, 500


def read_one(path):
    """Read a file for candidates; Unreadable is the one answer that it may raise."""
    document = read_file(path, path.name)
    for candidate in read_text(document):
        assert document.text[candidate.start : candidate.end] == candidate.quote
    ends = [0, *(at for span in document.kept for at in span), len(document.text)]
    assert ends == sorted(ends)
    return document


def read_all(tmp_path, seeds):
    """Read the documents of some seeds and return how many were readable."""
    readable = 0
    for seed in seeds:
        ending, data = mutated(seed)
        path = tmp_path / f"{seed}{ending}"
        path.write_bytes(data)
        began = time.process_time()
        try:
            read_one(path)
            readable += 1
        except Unreadable as fault:
            assert fault.reason
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
        assert time.process_time() - began < MOST_SECONDS, f"seed {seed} takes too long"
        path.unlink()
    return readable


def test_two_hundred_damaged_documents(tmp_path):
    readable = read_all(tmp_path, range(QUICK))
    assert QUICK // 2 < readable < QUICK, "the documents are damaged too much or too little"


@pytest.mark.slow
@pytest.mark.parametrize("share", range(QUICK, SLOW + QUICK, SHARE))
def test_ten_thousand_damaged_documents(tmp_path, share):
    assert read_all(tmp_path, range(share, share + SHARE)) > SHARE // 2
