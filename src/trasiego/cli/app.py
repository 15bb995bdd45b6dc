"""The front page of the command line: every command, by what people want."""

from __future__ import annotations

import click

import trasiego
from trasiego.cli.pages import TEXT_WIDTH, Entry, Manual
from trasiego.common.messages import _

LOOK, RUN, ASK = _("Look at what is there"), _("Run"), _("Ask where a number comes from")
READ, CHECK, EXTEND = _("Read reports"), _("Check"), _("Extend")

ENTRIES = (
    Entry(LOOK, "scenarios", "look", _("The worlds that can be run"), "trasiego scenarios"),
    Entry(LOOK, "places", "look", _("Places and the links between them"), "trasiego places --country GT"),
    Entry(
        LOOK,
        "evidence",
        "evidence",
        _("What has been reported, claim by claim"),
        "trasiego evidence search escort",
    ),
    Entry(LOOK, "policies", "policies", _("Levers to put on a scenario"), "trasiego policies"),
    Entry(
        RUN,
        "run",
        "run",
        _("Run a scenario, print a summary, write a folder"),
        "trasiego run vrae-2010 --runs 20",
    ),
    Entry(
        RUN,
        "compare",
        "compare",
        _("What policies change, over the same runs"),
        "trasiego compare vrae-2010 --policy leaders-first",
    ),
    Entry(RUN, "report", "run", _("Write the report of a results folder again"), "trasiego report FOLDER"),
    Entry(
        ASK,
        "why",
        "ask",
        _("From a number to its claims and their sources"),
        "trasiego why countries.GT.integrity",
    ),
    Entry(
        ASK,
        "coverage",
        "ask",
        _("How much of a scenario rests on evidence"),
        "trasiego coverage guatemala-2020",
    ),
    Entry(
        ASK,
        "sensitivity",
        "sensitivity",
        _("Which numbers matter for which outcome"),
        "trasiego sensitivity vrae-2010",
    ),
    Entry(
        ASK,
        "calibrate",
        "calibrate",
        _("Which figures of some numbers fit the C patterns"),
        "trasiego calibrate vrae-2010 --numbers 'zones.*'",
    ),
    Entry(
        READ,
        "read",
        "read",
        _("From a folder of reports to candidate claims"),
        "trasiego read reports --out claims.jsonl",
    ),
    Entry(
        READ,
        "review",
        "review",
        _("Accept, edit or reject candidate claims"),
        "trasiego review claims.jsonl",
    ),
    Entry(
        READ,
        "ledger",
        "ledger",
        _("Your own claims, their grades and the numbers they move"),
        "trasiego ledger links",
    ),
    Entry(
        READ,
        "network",
        "network",
        _("Who is said to do what with whom, as a page or a file"),
        "trasiego network claims.jsonl --out network.html",
    ),
    Entry(CHECK, "check", "check", _("The scorecard: model against reports"), "trasiego check FOLDER"),
    Entry(
        CHECK,
        "validate",
        "check",
        _("Every fault of a scenario, policy or claims file"),
        "trasiego validate mine.toml",
    ),
    Entry(
        CHECK,
        "schema",
        "check",
        _("Schema with which editors check a scenario"),
        "trasiego schema --out scenario.json",
    ),
    Entry(EXTEND, "new", "extend", _("Editable copy of a scenario"), "trasiego new mine --from vrae-2010"),
    Entry(
        EXTEND,
        "completion",
        "extend",
        _("Completion for bash, zsh or fish"),
        'eval "$(trasiego completion bash)"',
    ),
)


@click.pass_context
def _front_page(context: click.Context) -> None:
    """Print the front page when no command is given."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


manual = Manual(
    ENTRIES,
    name="trasiego",
    callback=_front_page,
    help=_(
        "What has been reported about the cocaine trade, as a running model of it: months, departments "
        "and ports, groups, kilograms and dollars, with the claims behind each number. For people who study "
        "drug policy."
    ),
    epilog=_(
        "trasiego COMMAND --help shows the options of a command with examples. "
        "Commands that list or summarise take --json."
    ),
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": TEXT_WIDTH},
    invoke_without_command=True,
    options_metavar="",
    subcommand_metavar="COMMAND [OPTIONS]",
)
click.version_option(trasiego.__version__, message="trasiego %(version)s")(manual)
