"""No person is named in the claims. The names that were taken out are known here by their hashes only."""

import hashlib
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

from trasiego.common.paths import data_folder

HASHES = Path(__file__).with_name("name_hashes.txt")


def words(text):
    """Return the words of `text` without accents and case."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[a-z0-9]+", "".join(each for each in plain if not unicodedata.combining(each)))


def hashed(text):
    return hashlib.sha256(f"trasiego {text}".encode()).hexdigest()[:16]


def names_in(text, known):
    """Return the words and pairs of neighbouring words of `text` whose hashes are known."""
    parts = words(text)
    candidates = {*parts, *(" ".join(pair) for pair in pairwise(parts))}
    return {each for each in candidates if hashed(each) in known}


def test_no_file_of_claims_holds_a_name_that_was_taken_out():
    known = set(HASHES.read_text("utf-8").split())
    assert len(known) >= 60
    files = [path for path in data_folder("claims").rglob("*") if path.suffix in (".csv", ".md")]
    assert len(files) >= 16
    for path in files:
        found = names_in(path.read_text("utf-8"), known)
        assert not found, f"{path.name}: {sorted(found)}"


def test_the_check_sees_a_name_whatever_its_accents_case_and_neighbours():
    known = {hashed("nadie inventado")}
    assert names_in("said by Nádie Inventado, 2012", known) == {"nadie inventado"}
    assert names_in("address/nadie-inventado-noticia", known) == {"nadie inventado"}
    assert names_in("Inventado Nadie", known) == set()
