"""`trasiego network`: who is said to do what with whom, as a page or a file for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trasiego.cli.pages import Page
from trasiego.cli.parameters import OneOf, json_option
from trasiego.cli.shown import write_json
from trasiego.cli.usage import option_fault
from trasiego.common.faults import Faults
from trasiego.common.messages import _

if TYPE_CHECKING:
    import networkx as nx

FORMATS = {".html": "html", ".gexf": "gexf", ".jsonl": "ftm", ".json": "ftm"}
"""Format of the file by the end of its name."""

LEDGER_HEAD = b"SQLite format 3\0"
"""How a ledger begins; any other file is one of candidates."""

EXAMPLES = (
    (
        "trasiego network claims.jsonl --out network.html",
        _("A page to look at, with the sources of each line"),
    ),
    ("trasiego network claims.jsonl --out network.gexf --accepted", _("Only what was accepted, for Gephi")),
    (
        "trasiego network trasiego-ledger.sqlite --out network.json",
        _("What is in the ledger, as FollowTheMoney"),
    ),
)


@click.command(
    cls=Page,
    examples=EXAMPLES,
    help=_(
        "Write the network of parties and relations that reports state, from a file of candidates or a "
        "ledger. Persons stand as what they are said to be unless --with-names."
    ),
)
@click.argument("source", type=click.Path(path_type=Path), metavar="CLAIMS_OR_LEDGER")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help=_("Where it goes.")
)
@click.option(
    "--format",
    "form",
    type=OneOf("FORMAT", lambda: list(dict.fromkeys(FORMATS.values()))),
    metavar="FORMAT",
    help=_("html, gexf or ftm (FollowTheMoney); else by the end of FILE."),
)
@click.option("--accepted", is_flag=True, help=_("Only candidates that were accepted in review."))
@click.option("--with-names", is_flag=True, help=_("Show the names of persons."))
@json_option
def network(
    source: Path, out: Path, form: str | None, accepted: bool, with_names: bool, as_json: bool
) -> None:
    """Write the network as a page, GEXF or FollowTheMoney."""
    form = form or FORMATS.get(out.suffix)
    if form is None:
        raise Faults(
            option_fault(
                "trasiego network --out",
                found=_("no known end of a name: {name}").format(name=out.name),
                allowed=", ".join(FORMATS),
                do=_("or say which with --format"),
            )
        )
    if _is_ledger(source):
        from trasiego.evidence.own.graph import graph_of_ledger

        graph = graph_of_ledger(source, with_names)
    else:
        graph = _from_candidates(source, accepted, with_names)
    _writers(source.name)[form](graph, out)
    if as_json:
        write_json({"file": out, "parties": len(graph), "statements": graph.number_of_edges()})
        return
    count = _("{file}: {parties} parties, {relations} statements")
    click.echo(count.format(file=out, parties=len(graph), relations=graph.number_of_edges()))
    if not with_names and any(kind == "person" for _node, kind in graph.nodes(data="type")):
        click.echo(_("Persons stand as what they are said to be; --with-names shows their names."))


def _is_ledger(path: Path) -> bool:
    if not path.is_file():
        return False
    with open(path, "rb") as file:
        return file.read(len(LEDGER_HEAD)) == LEDGER_HEAD


def _from_candidates(path: Path, accepted: bool, with_names: bool) -> nx.MultiDiGraph:
    """Return the graph of a file of candidates: rejected ones left out, accepted ones as they were edited."""
    from trasiego.reading.network import graph_of
    from trasiego.reading.review.session import open_review

    review = open_review(path)
    decided = review.standing
    kept = {each.id: each for each in review.accepted()}
    candidates = [
        kept.get(each.id, each)
        for each in review.candidates
        if each.id in kept or not (accepted or each.id in decided)
    ]
    merges = [each for each in review.merges if _accepted(decided, each["id"])]
    return graph_of(candidates, merges, with_names=with_names)


def _accepted(decided: Any, name: str) -> bool:
    return name in decided and decided[name].decision == "accept"


def _writers(name: str) -> dict[str, Callable[[nx.MultiDiGraph, Path], None]]:
    """Return what writes each format."""
    from trasiego.reading.network import write_follow_the_money, write_gexf
    from trasiego.report.network import write_network_page

    return {
        "html": lambda graph, path: write_network_page(graph, path, name),
        "gexf": write_gexf,
        "ftm": write_follow_the_money,
    }
