"""Damage that leaves every file as long as it was is told when a result is read."""

import pytest

from trasiego.common.faults import Faults
from trasiego.results.store import read_folder, write_folder


@pytest.fixture
def written(result, tmp_path):
    return write_folder(result, tmp_path / "out")


def faults_of(function, *arguments):
    with pytest.raises(Faults) as raised:
        function(*arguments)
    (fault,) = raised.value.faults
    return fault


@pytest.mark.parametrize(
    "part",
    ["metrics.parquet", "results.zarr/killings/0.0", "results.zarr/month/0", "results.zarr/.zmetadata"],
)
def test_a_changed_byte_is_told(written, part):
    content = bytearray((written / part).read_bytes())
    content[len(content) // 2] ^= 1
    (written / part).write_bytes(content)
    fault = faults_of(read_folder, written)
    assert fault.found == "missing, or not as it was written"
    assert fault.file == str(written / part.split("/")[0])


def test_files_that_changed_places_are_told(written):
    one, other = (written / "results.zarr" / name / "0.0" for name in ("killings", "produced_kg"))
    assert one.read_bytes() != other.read_bytes()
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    assert faults_of(read_folder, written).file == str(written / "results.zarr")
