"""One HTML file from the page's parts, the browser code and the payload; it fetches nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.report.strings import page_texts

if TYPE_CHECKING:
    from trasiego.analysis import PatternResult, Summary
    from trasiego.evidence import Ledger
    from trasiego.results import Result
    from trasiego.scenario import Scenario

PAGE = Path(__file__).parent / "page"
VENDOR = PAGE / "vendor"
VENDOR_SCRIPTS = ("d3.min.js", "topojson-client.min.js")
STYLES = ("style.css", "narrow.css")
SCRIPTS = (
    "base.js",
    "geometry.js",
    "map.js",
    "labels.js",
    "hover.js",
    "legend.js",
    "events.js",
    "series.js",
    "ladder.js",
    "player.js",
    "tables.js",
    "scorecard.js",
    "claims.js",
    "main.js",
)
BUILD_COMMAND = "pip install -e ."
"""What puts the browser code where the page finds it, run in a checkout."""


def write_report(
    result: Result,
    scorecard: Sequence[PatternResult],
    summary: Summary,
    ledger: Ledger,
    path: Path,
    network: str = "",
) -> None:
    """Write the report of a result as one HTML file that works offline.

    `network` is the name of a page beside it that shows who is said to do what with whom, empty without one.

    The file is written under a temporary name and renamed, so `path` never holds half a page; folders above
    it are made. Raise Faults when `path` is a folder, and when the browser code is not there, with the
    command that builds it.
    """
    from trasiego.report.payload import build_payload

    browser_code()
    if path.is_dir():
        raise Faults(
            Fault(
                file=str(path),
                line=None,
                key=None,
                found=_("a folder"),
                allowed=_("the name of a file, such as report.html"),
                nearest=None,
                do=_("name a file in it"),
            )
        )
    texts = page_texts()
    scenario = scenario_that_ran(result.manifest)
    payload = build_payload(result, scorecard, summary, ledger, texts, scenario)
    write_page(assemble(payload | {"network": network}, texts), path)


def write_page(text: str, path: Path) -> None:
    """Write a page under a temporary name and rename it; folders above it are made."""
    part = path.with_name(f".{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def browser_code() -> list[str]:
    """Return the third-party scripts; raise Faults when they were not built."""
    missing = [name for name in VENDOR_SCRIPTS if not (VENDOR / name).is_file()]
    if missing:
        raise Faults(
            Fault(
                file=str(VENDOR),
                line=None,
                key=None,
                found=_("no {names}").format(names=_(" and no ").join(missing)),
                allowed=_("the browser code of the report page, which is fetched when trasiego is built"),
                nearest=None,
                do=_("run this in the checkout, with access to a package registry: {command}").format(
                    command=BUILD_COMMAND
                ),
            )
        )
    return [(VENDOR / name).read_text(encoding="utf-8") for name in VENDOR_SCRIPTS]


def can_write() -> bool:
    """Tell whether the browser code is there, without which no report can be written."""
    return all((VENDOR / name).is_file() for name in VENDOR_SCRIPTS)


def vendor_versions() -> dict[str, str]:
    """Return the versions of the third-party scripts, as they say themselves at their start."""
    found = {}
    for name, script in zip(("d3", "topojson"), browser_code(), strict=True):
        version = re.search(r"v(\d+\.\d+\.\d+)", script[:300])
        found[name] = version.group(1) if version else ""
    return found


def scenario_that_ran(manifest: Mapping[str, Any]) -> Scenario | None:
    """Return the scenario that the name, policies and settings of a result lead to now, or None.

    Its content may have changed since: compare its hash with the manifest's before using its numbers.
    """
    from trasiego.scenario import load_scenario
    from trasiego.scenario.weighing import moved_of

    try:
        moved = [moved_of(record) for record in manifest.get("moved", ())]
        return load_scenario(
            manifest["scenario_name"], manifest["policies"], manifest["settings"], moved=moved
        )
    except Faults:
        return None


def assemble(payload: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """Return the page: texts in the reader's language, styles, scripts and the payload, all inside.

    The page's policy lets it run only these scripts and styles, by their hashes, and fetch nothing.
    """
    warnings = (f'<p class="caution warning">{html.escape(line)}</p>' for line in payload["warnings"])
    return fill_frame("index.html", STYLES, SCRIPTS, payload, texts, {"warnings": "".join(warnings)})


def fill_frame(
    frame: str,
    styles: Sequence[str],
    scripts: Sequence[str],
    payload: Mapping[str, Any],
    texts: Mapping[str, str],
    parts: Mapping[str, str],
) -> str:
    """Return a page from the files of a frame, its styles and its scripts in the folder of pages.

    The payload has at least language, title, run_line and licences; `parts` are further pieces of markup.
    """
    style = "\n".join((PAGE / name).read_text(encoding="utf-8") for name in styles)
    read = [*browser_code(), *((PAGE / name).read_text(encoding="utf-8") for name in scripts)]
    safe = [harmless_script(script) for script in read]
    words = {key: html.escape(text) for key, text in texts.items() if "." not in key}
    return Template((PAGE / frame).read_text(encoding="utf-8")).substitute(
        words
        | {
            "language": html.escape(str(payload["language"])),
            "page_title": html.escape(texts["page_title"].format(scenario=payload["title"])),
            "scenario_title": html.escape(str(payload["title"])),
            "run_line": html.escape(str(payload["run_line"])),
            "policy": html.escape(content_policy(safe, style)),
            "styles": style,
            "licences": "".join(f"<li>{html.escape(line)}</li>" for line in payload["licences"]),
            "payload": harmless_json({**payload, "texts": dict(texts)}),
            "scripts": "\n".join(f"<script>{script}</script>" for script in safe),
        }
        | dict(parts)
    )


def harmless_json(payload: Any) -> str:
    """Return `payload` as JSON that cannot end the script element it stands in, whatever names it holds."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def harmless_script(script: str) -> str:
    """Return `script` so that it can stand in a script element; ValueError if it holds the end of one."""
    if re.search(r"</script|<!--", script, flags=re.IGNORECASE):
        raise ValueError("a script of the page holds the end of a script element")
    return script


def content_policy(scripts: Sequence[str], styles: str) -> str:
    """Return the content security policy that allows these scripts and styles and no request at all."""
    allowed = " ".join(_hash(script) for script in scripts)
    own = f"script-src {allowed}; style-src {_hash(styles)}"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
