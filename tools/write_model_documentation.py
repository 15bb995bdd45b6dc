"""Writes docs/model.md and docs/month.svg from docs/odd and from the code.

python tools/write_model_documentation.py          writes both
python tools/write_model_documentation.py --check  writes nothing, fails when they are not up to date
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))  # the package beside this script, whichever one is installed

from model_documentation.document import write  # noqa: E402
from model_documentation.sources import SourceError  # noqa: E402


def main() -> int:
    """Write or check the documentation; return the exit code."""
    parser = argparse.ArgumentParser(description="Write docs/model.md and docs/month.svg.")
    parser.add_argument("--check", action="store_true", help="only say whether they are up to date")
    only_check = parser.parse_args().check
    try:
        files = write()
    except SourceError as error:
        print(error, file=sys.stderr)
        return 2
    stale = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        name = path.relative_to(ROOT)
        print(
            f"{name} is out of date: run tools/write_model_documentation.py"
            if only_check
            else f"wrote {name}"
        )
        if not only_check:
            path.write_text(files[path], "utf-8")
    return int(only_check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
