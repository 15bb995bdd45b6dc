"""A cut of the shipped valley, small enough to count: a zone, three towns on two ways, and a port that buys.

    pe-vrae -> pe-kimbiri -> pe-ayacucho -> pe-huancayo -> pe-lima -> pe-callao
                             pe-ayacucho ----------------> pe-lima

Paste is refined at Huancayo and Lima.
"""

from trasiego.scenario import load_scenario

PLACES = ("pe-vrae", "pe-kimbiri", "pe-ayacucho", "pe-huancayo", "pe-lima", "pe-callao")
TEXT = """
[scenario]
name = "valley"
title = "A valley for tests"
description = "Six places of the shipped valley"
base = "vrae-2010"
start = "{start}"
months = {months}
spin_up_months = {spin_up}

[cut]
countries = []
without_places = []
places = [{places}]
"""


def valley_scenario(folder, body="", policies=(), settings=(), **replaced):
    """Return the scenario of the valley; `replaced` are start, months, spin_up and places."""
    values = {"start": "2008-01", "months": 24, "spin_up": 6, "places": PLACES} | replaced
    values["places"] = ", ".join(f'"{place}"' for place in values["places"])
    path = folder / "valley.toml"
    path.write_text(TEXT.format(**values) + body, "utf-8")
    return load_scenario(str(path), policies, settings)
