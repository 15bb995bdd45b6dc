import numpy as np
import pytest

from trasiego.common.faults import Faults
from trasiego.scenario import Number, load_scenario, validate


def test_a_number_comes_with_its_record(small):
    number = small.number("countries.PE.integrity")
    assert number == Number(
        "countries.PE.integrity", 0.5, 0.5, 0.5, "share", "assumed", (), "", "for tests", "anywhere", 1
    )
    assert number.file.endswith("bad/small.toml")
    with open(number.file) as file:
        assert file.readlines()[number.line - 1].startswith("integrity = ")


def test_plain_values(small):
    assert (small.name, small.title, small.months, small.spin_up_months) == (
        "small",
        "A valley and a port",
        24,
        6,
    )
    assert small.start == np.datetime64("2010-01", "M") and small.start.dtype == "datetime64[M]"
    assert small.value("countries.PE.integrity") == 0.5
    assert small.value("organisation.group_slots") == 16.0
    assert small.flag("switches.raids") is True
    assert small.choice("countries.PE.stance") == "interdict"
    assert small.ids("brokers.buyer.markets") == ("pe-callao",)
    assert small.section("groups") == ["carriers", "clan"]


def test_fields_left_out_are_none_and_misspelt_ones_an_error(small):
    assert small.value("zones.pe-vrae.eradication_ha_per_year") is None
    assert small.value("zones.pe-vrae.eradication_ha_per_year", 0.0) == 0.0
    assert small.text("groups.carriers.active_from") is None
    assert small.ids("brokers.buyer.zones") == ()
    for read in (small.value, small.text, small.ids, small.flag, small.number):
        with pytest.raises(KeyError):
            read("countries.PE.integrty")
    with pytest.raises(KeyError):
        small.section("group")


def test_places_are_those_of_the_cut_in_the_order_of_the_geography(small):
    assert set(small.places) == {"pe-vrae", "pe-kimbiri", "pe-cusco", "pe-huancayo", "pe-lima", "pe-callao"}
    assert small.places[0] == "pe-vrae"


def test_a_base_gives_what_the_file_does_not_write(small, write):
    above = load_scenario(write("above", '[countries.PE]\nstance = "show"\n'))
    assert above.choice("countries.PE.stance") == "show"
    assert above.number("countries.PE.integrity") == small.number("countries.PE.integrity")
    assert above.given["countries.PE.stance"].spot.document.name == "above.toml"
    assert (above.name, above.title) == ("above", small.title)


def test_a_record_replaces_the_whole_record_of_the_base(small, write):
    text = '[countries.PE]\nintegrity = { value = 0.6, status = "measured", claims = ["f031"] }\n'
    number = load_scenario(write("above", text)).number("countries.PE.integrity")
    assert (number.low, number.high, number.note, number.claims) == (None, None, "", ("f031",))


def test_the_hash_tells_content_from_names_and_layout(small, write):
    for text in ('[countries.PE]\nstance = "interdict"\n', '[countries]\nPE = { stance = "interdict" }\n'):
        assert load_scenario(write("same", text)).hash == small.hash
    other = load_scenario(write("other", '[countries.PE]\nstance = "show"\n'))
    noted = '{ value = 0.5, low = 0.5, high = 0.5, status = "assumed", note = "said otherwise" }'
    assert load_scenario(write("noted", f"[countries.PE]\nintegrity = {noted}\n")).hash == small.hash
    ranged = '{ value = 0.5, low = 0.4, high = 0.5, status = "assumed", note = "for tests" }'
    assert load_scenario(write("ranged", f"[countries.PE]\nintegrity = {ranged}\n")).hash != small.hash
    assert other.hash != small.hash and len(other.hash) == 64


def test_other_values_share_all_else(small):
    drawn = small.with_values({"countries.PE.integrity": 0.25, "valuation.choice_scale": 0.5})
    assert drawn.value("countries.PE.integrity") == 0.25 and small.value("countries.PE.integrity") == 0.5
    assert drawn.number("countries.PE.integrity").low == 0.5
    assert drawn.hash != small.hash
    assert drawn.given["scenario.title"] is small.given["scenario.title"]
    with pytest.raises(KeyError):
        small.with_values({"countries.PE.stance": 1})


def test_the_tree_is_plain(small):
    assert small.tree["countries"]["PE"]["stance"] == "interdict"
    assert small.tree["cut"]["places"][0] == "pe-vrae"
    assert small.tree["countries"]["PE"]["integrity"] == {
        "value": 0.5, "low": 0.5, "high": 0.5, "status": "assumed", "note": "for tests",
    }  # fmt: skip


def test_a_name_that_nobody_has_and_a_folder(tmp_path):
    for asked, found, close in (
        ("northern-rout", "no such file", "northern-route"),
        (str(tmp_path / "none.toml"), "no such file", None),
        (f"{tmp_path}/", "a folder", None),
    ):
        (fault,) = validate(asked)
        assert (fault.file, fault.found, fault.nearest) == (asked, found, close)


def test_line_ends_of_windows_count_as_lines(write, tmp_path):
    name = write("ends", '[countries.PE]\nstance = "shwo"\n')
    path = tmp_path / name
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (fault,) = validate(name)
    assert fault.line == 6


def test_faults_come_by_file_and_line(write):
    write("below", '[countries.PE]\nstance = "shwo"\n')
    name = write("top", "[switches]\nraids = 1\n\n[organisation]\noffer_slots = 1\n", base="below.toml")
    assert [(fault.file, fault.line) for fault in validate(name)] == [
        ("top.toml", 6), ("top.toml", 9), ("below.toml", 6),
    ]  # fmt: skip


def test_loading_raises_what_validate_lists(write):
    name = write("bad", "[switches]\nraids = 1\n")
    with pytest.raises(Faults) as raised:
        load_scenario(name)
    assert list(raised.value.faults) == validate(name)
