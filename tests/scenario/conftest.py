from pathlib import Path

import pytest

from trasiego.scenario import load_scenario

SMALL = Path(__file__).parents[1] / "bad" / "small.toml"


@pytest.fixture
def small():
    """The smallest complete scenario."""
    return load_scenario(str(SMALL))


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a TOML file into the working folder and return its name; it builds on the small scenario."""
    monkeypatch.chdir(tmp_path)

    def write_file(name, body, base=SMALL):
        head = f'[scenario]\nname = "{name}"\nbase = "{base}"\n\n' if base else ""
        Path(f"{name}.toml").write_text(head + body, "utf-8")
        return f"{name}.toml"

    return write_file
