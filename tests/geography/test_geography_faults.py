"""Bad tables: each fixture gives its message, word for word, and nothing else."""

import shutil
from pathlib import Path

import pytest

from trasiego.common.faults import Faults
from trasiego.world.geography import load_geography

FIXTURES = Path(__file__).parents[1] / "bad" / "geography"
CASES = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir() and path.name != "sound")


def folder_with(case, tmp_path):
    """Return a folder with the sound tables, those of the case put over them."""
    folder = tmp_path / "geography"
    shutil.copytree(FIXTURES / "sound", folder)
    for table in (FIXTURES / case).glob("*.csv"):
        shutil.copy(table, folder / table.name)
    return folder


def test_the_sound_tables_load():
    geography = load_geography(FIXTURES / "sound")
    assert [place.id for place in geography.places] == ["hn-copan", "gt-zacapa", "gt-guatemala"]
    assert geography.places[1].population is None
    assert geography.links[0].from_ == "hn-copan" and geography.links[0].distance_factor == 1.45
    assert geography.countries == {"HN": "Honduras", "GT": "Guatemala"}
    assert geography.sources["geo-01"].publisher == "A publisher"


def test_there_are_enough_cases():
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES)
def test_a_fault_gives_its_message(case, tmp_path):
    with pytest.raises(Faults) as caught:
        load_geography(folder_with(case, tmp_path))
    expected = (FIXTURES / case / "expected.txt").read_text("utf-8")
    assert str(caught.value) + "\n" == expected


def test_a_missing_table_is_one_fault(tmp_path):
    folder = folder_with("rank_falls", tmp_path)
    shutil.copy(FIXTURES / "sound" / "places.csv", folder)
    (folder / "sources.csv").unlink()
    with pytest.raises(Faults) as caught:
        load_geography(folder)
    assert [fault.file for fault in caught.value.faults] == ["geography/sources.csv"]
    assert caught.value.faults[0].found == "no such file"


def test_a_table_in_another_encoding_is_one_fault(tmp_path):
    folder = folder_with("sound", tmp_path)
    text = (folder / "places.csv").read_text("utf-8")
    (folder / "places.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(Faults) as caught:
        load_geography(folder)
    assert [fault.file for fault in caught.value.faults] == ["geography/places.csv"]
    assert caught.value.faults[0].do == "save the file as UTF-8"
