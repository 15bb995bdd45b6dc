from pathlib import Path

import trasiego
from trasiego.common.paths import data_folder


def test_data_lie_in_the_package():
    assert data_folder("scenarios") == Path(trasiego.__file__).parent / "data" / "scenarios"
    assert (data_folder("locale") / "README.md").is_file()
