import importlib.util
import json
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("hatchling")

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
hook = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(hook)


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "package-lock.json").write_text('{"packages": {}}')
    return tmp_path


@pytest.fixture
def fetched(monkeypatch):
    """Stand in for npm: the files that the hook takes, and how often it was asked for them."""
    calls = []

    def fetch(folder):
        calls.append(folder)
        assert sorted(path.name for path in folder.iterdir()) == ["package-lock.json", "package.json"]
        for source in hook.TAKEN:
            path = folder / "node_modules" / source
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source)

    monkeypatch.setattr(hook, "fetch", fetch)
    return calls


def built(root):
    """Run the hook as hatchling does and return what it adds to the wheel and the warnings that it gives."""
    warned = []
    made = hook.CustomBuildHook(str(root), {}, None, None, str(root), "wheel")
    made.app.display_warning = warned.append
    data = {"artifacts": []}
    made.initialize("standard", data)
    return data["artifacts"], warned


def test_files_land_where_the_page_looks_for_them(checkout, fetched):
    from trasiego.report.page import PAGE, VENDOR, VENDOR_SCRIPTS

    assert built(checkout) == (["/src/trasiego/report/page/vendor/*"], [])
    assert (checkout / hook.VENDOR / "d3.min.js").read_text() == "d3/dist/d3.min.js"
    assert set(VENDOR_SCRIPTS) <= set(hook.TAKEN.values())
    assert VENDOR.relative_to(PAGE.parents[3]) == hook.VENDOR


def test_files_are_fetched_again_only_when_the_lock_changes(checkout, fetched):
    built(checkout)
    built(checkout)
    assert len(fetched) == 1
    (checkout / "package-lock.json").write_text('{"packages": {"": {}}}')
    built(checkout)
    assert len(fetched) == 2
    (checkout / hook.VENDOR / "d3.min.js").unlink()
    built(checkout)
    assert len(fetched) == 3


def test_without_a_registry_the_wheel_is_built_without_the_page(checkout, monkeypatch):
    def fail(folder):
        raise subprocess.CalledProcessError(1, ["npm", "ci"])

    monkeypatch.setattr(hook, "fetch", fail)
    monkeypatch.delenv(hook.REQUIRE_VARIABLE, raising=False)
    artifacts, warned = built(checkout)
    assert artifacts == []
    assert "report page is left out" in warned[0]
    monkeypatch.setenv(hook.REQUIRE_VARIABLE, "1")
    with pytest.raises(subprocess.CalledProcessError):
        built(checkout)


def test_the_lock_has_checksums_and_no_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    pinned = {name: each for name, each in lock["packages"].items() if name}
    assert len(pinned) > 30
    assert all(each["integrity"].startswith("sha512-") and "resolved" not in each for each in pinned.values())
    assert "http" not in (ROOT / "package-lock.json").read_text("utf-8")
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert wanted == lock["packages"][""]["dependencies"]
    assert all(pinned[f"node_modules/{name}"]["version"] == version for name, version in wanted.items())
