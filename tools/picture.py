"""Makes docs/picture.png: the report of a run as a browser shows it.

trasiego run && python tools/picture.py trasiego-northern-route-1

Needs chromium, and Pillow to keep the file small. The month is one with scripted events on the map.
"""

import base64
import io
import runpy
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "picture.png"
MONTH = "2014-08"
SIZE = {"width": 1280, "height": 800}
STEP = 4
"""Steps of colour: a picture in coarser ones is smaller by a third, and looks the same."""

GO_TO_MONTH = """(() => {
  const slider = document.getElementById("slider");
  slider.value = JSON.parse(document.getElementById("payload").textContent).months.indexOf("%s");
  slider.dispatchEvent(new Event("input"));
  return new Promise((done) => setTimeout(done, 500));
})()"""


def coarser(level: int) -> int:
    """Return the level of a colour, 0 to 255, to the nearest step; white stays white."""
    return min(255, STEP * round(level / STEP))


def main() -> None:
    """Open the report of the results folder named on the command line and write the picture."""
    if len(sys.argv) != 2:
        raise SystemExit("give a results folder, such as trasiego-northern-route-1")
    report = Path(sys.argv[1]).resolve() / "report.html"
    if not report.is_file():
        raise SystemExit(f"{report} is not there: trasiego run writes it")
    tools = runpy.run_path(str(ROOT / "tests" / "report" / "browser.py"))
    if tools["program"]() is None:
        raise SystemExit("chromium is not installed")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = tools["Browser"](profile)
        browser.call("Emulation.setDeviceMetricsOverride", **SIZE, deviceScaleFactor=1, mobile=False)
        browser.call("Emulation.setScrollbarsHidden", hidden=True)
        browser.open(report)
        browser.run(GO_TO_MONTH % MONTH)
        shot = base64.b64decode(browser.call("Page.captureScreenshot", format="png")["data"])
        browser.close()
    picture = Image.open(io.BytesIO(shot)).convert("RGB").point(coarser)
    picture.save(PICTURE, optimize=True)
    print(f"wrote {PICTURE.relative_to(ROOT)}, {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
