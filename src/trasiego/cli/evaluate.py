"""`trasiego-eval`: how well reports are read, measured on annotated ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from trasiego.cli.pages import Page, run_and_leave
from trasiego.cli.parameters import json_option
from trasiego.cli.shown import console, table, write_json
from trasiego.cli.usage import option_fault
from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.reading.candidate import Candidate
    from trasiego.reading.evaluation import Gold, Outcome, Report

EXAMPLES = (
    (
        "trasiego-eval tests/reading/reports/development",
        _("Measures on annotated reports, texts beside them"),
    ),
    ("trasiego-eval gold --texts reports --errors", _("With all that was missed, and all that is false")),
    ("trasiego-eval gold --candidates claims.jsonl", _("Measure a file of candidates instead")),
)
RULES = (
    _("Candidates and annotated items are matched one to one, as many as can be."),
    _(
        "entity: the same type, and one name of each the same: equal without case, accents, articles and "
        "possessive, or all words of the shorter in the longer with its head kept. A second one is false."
    ),
    _(
        "quantity: the same unit once converted, each annotated figure met within 1 % (a lone bound counts "
        "as a value), and what is counted shares a word or a class of words."
    ),
    _(
        "event: the same type, dates that do not contradict, of place, actor and target as many agree as "
        "differ, and one of the four agrees; or the one of its type with nothing that contradicts."
    ),
    _("relation: the same predicate and parties, in either direction where the predicate has none."),
    _("A second candidate for a quantity, event or relation that was found counts neither way."),
)
LENIENT = _("Lenient: types are left aside, and what is counted may stand anywhere in the sentence.")
MEASURES = ("found", "missed", "false", "precision", "recall", "f1")


@click.command(
    cls=Page,
    examples=EXAMPLES,
    context_settings={"help_option_names": ["--help", "-h"]},
    help=_("Measure how well reports are read: precision, recall and F1 for each kind of candidate.")
    + "\n\n"
    + "\n\n".join(RULES),
)
@click.argument("gold_folder", type=click.Path(path_type=Path), metavar="GOLD_FOLDER")
@click.option("--texts", type=click.Path(path_type=Path), metavar="FOLDER", help=_("Where the reports lie."))
@click.option(
    "--candidates",
    "candidates_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("Measure these candidates, reading nothing."),
)
@click.option("--errors", is_flag=True, help=_("List what was missed and what is false."))
@click.option("--lenient", is_flag=True, help=LENIENT)
@json_option
def evaluate(
    gold_folder: Path,
    texts: Path | None,
    candidates_path: Path | None,
    errors: bool,
    lenient: bool,
    as_json: bool,
) -> None:
    """Print the measures of each report and of all together."""
    from trasiego.reading.evaluation import overall, read_gold, score

    every = read_gold(gold_folder)
    found = _candidates(every, texts or gold_folder, candidates_path)
    reports = [score(gold, candidates, lenient=lenient) for gold, candidates in found]
    total = overall(reports)
    if as_json:
        write_json(
            {
                "rules": [*RULES, *([LENIENT] if lenient else [])],
                "reports": {report.document: _record(report.outcomes, errors) for report in reports},
                "overall": _record(total, errors),
            }
        )
        return
    for report in reports:
        _print(report.document, report.outcomes)
        if errors:
            _print_errors(report)
    if len(reports) > 1:
        _print(_("all {count} reports").format(count=len(reports)), total)
    click.echo("\n" + "\n".join([*RULES, *([LENIENT] if lenient else [])]))


def main() -> NoReturn:
    """Run `trasiego-eval` with the arguments of the process; does not return."""
    run_and_leave(evaluate.main, prog_name="trasiego-eval")


def _candidates(
    every: list[Gold], texts: Path, candidates_path: Path | None
) -> Iterator[tuple[Gold, list[Candidate]]]:
    """Yield each annotation with the candidates of its report, read from the file or from the text."""
    if candidates_path is not None:
        from trasiego.reading.candidates_file import read_candidates

        listed = read_candidates(candidates_path)
        for gold in every:
            yield gold, [each for each in listed if Path(each.document).name == gold.document]
        return
    from trasiego.cli.read import check_installed
    from trasiego.reading.extract import read_text
    from trasiego.reading.intake import Unreadable, read_file

    check_installed("trasiego-eval")
    for gold in every:
        path = texts / gold.document
        if not path.is_file():
            raise Faults(_missing(path))
        try:
            yield gold, read_text(read_file(path, gold.document))
        except Unreadable as error:
            raise Faults(Fault(str(path), None, None, str(error), _("a report"), None, "")) from error


def _missing(path: Path) -> Fault:
    return option_fault(
        "trasiego-eval --texts",
        found=_("no file {path}").format(path=path),
        allowed=_("the folder with the reports that the annotations name"),
        do=_("name it with --texts FOLDER"),
    )


def _record(outcomes: dict[str, Outcome], errors: bool) -> dict[str, Any]:
    """Return the measures of each kind as plain data, with the errors where they are asked for."""
    record: dict[str, Any] = {kind: outcome.counts() for kind, outcome in outcomes.items()}
    if errors:
        for kind, outcome in outcomes.items():
            record[kind]["items_missed"] = outcome.missed
            record[kind]["candidates_false"] = [each.to_dict() for each in outcome.false]
    return record


def _print(title: str, outcomes: dict[str, Outcome]) -> None:
    """Print the measures of a report as a table."""
    rows = []
    for kind, outcome in outcomes.items():
        counts = outcome.counts()
        shown = (
            f"{counts[name]:.0f}" if name in MEASURES[:3] else f"{counts[name]:.2f}" for name in MEASURES
        )
        rows.append((kind, *shown))
    columns: list[str | tuple[str, str]] = [_("kind"), *((_(name), "right") for name in MEASURES)]
    console().print(table(columns, rows, title=f"\n{title}"))


def _print_errors(report: Report) -> None:
    """Print what was missed and what is false, a line each."""
    for kind, outcome in report.outcomes.items():
        for item in outcome.missed:
            click.echo(_("  missed {kind}: {item}").format(kind=kind, item=_line(item)))
        for each in outcome.false:
            click.echo(_("  false {kind}: {item}").format(kind=kind, item=_line(each.to_dict())))


SHOWN = (
    "type", "name", "aliases", "value", "low", "high", "unit", "what", "place", "date", "by", "against",
    "subject", "predicate", "object", "modality", "quote",
)  # fmt: skip
"""Fields of an item or a candidate that its line shows, in this order."""


def _line(record: dict[str, Any]) -> str:
    return " | ".join(f"{name} {record[name]}" for name in SHOWN if record.get(name) not in (None, "", []))
