import tomllib

import pytest

from trasiego.common.faults import Faults
from trasiego.scenario import copy_scenario, load_scenario
from trasiego.scenario.documents import shipped_names


@pytest.mark.parametrize("name", shipped_names("scenarios"))
def test_a_copy_is_complete_and_has_the_same_content(name, tmp_path):
    path = copy_scenario(name, "mine", tmp_path)
    copy, original = load_scenario(str(path)), load_scenario(name)
    assert copy.hash == original.hash
    assert copy.places == original.places
    assert (copy.name, copy.title, copy.numbers) == ("mine", original.title, original.numbers)
    assert "base" not in tomllib.loads(path.read_text("utf-8"))["scenario"]
    assert [file.name for file in tmp_path.iterdir()] == ["mine.toml"]


def test_texts_with_quotes_and_breaks_survive(write, tmp_path):
    text = r"one \"two\"\n\\ three \u007f ñ"
    name = write("odd", f'[groups.carriers]\ntitle = "{text}"\n')
    copy_scenario(name, "copy", tmp_path)
    assert load_scenario("copy.toml").text("groups.carriers.title") == 'one "two"\n\\ three \x7f ñ'


def test_sections_have_a_comment_and_numbers_their_unit(tmp_path):
    lines = copy_scenario("northern-route", "mine", tmp_path).read_text("utf-8").splitlines()
    assert lines[lines.index("[switches]") - 1].startswith("# ")
    assert any(line.startswith("coca_area_ha = {") and line.endswith("}  # ha") for line in lines)


@pytest.mark.parametrize(
    ("name", "new_name", "folder", "found"),
    [
        ("northern-route", "two words", ".", "two words"),
        ("northern-route", "mine", "nowhere", "no such folder"),
        ("northern-route", "taken", ".", "a file that exists"),
        ("northern-rout", "mine", ".", "no such file"),
    ],
)
def test_refusals_leave_nothing_behind(name, new_name, folder, found, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken.toml").write_text("keep me", "utf-8")
    with pytest.raises(Faults) as raised:
        copy_scenario(name, new_name, folder)
    assert [fault.found for fault in raised.value.faults] == [found]
    assert [file.name for file in tmp_path.iterdir()] == ["taken.toml"]
    assert (tmp_path / "taken.toml").read_text("utf-8") == "keep me"
