"""The network of an own ledger: who its claims say does what with whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from trasiego.evidence.own.store import OwnLedger

if TYPE_CHECKING:
    import networkx as nx


def graph_of_ledger(path: Path, with_names: bool = False) -> nx.MultiDiGraph:
    """Return the graph (reading.network.graph_of) of the claims of the ledger at `path`.

    Persons stand as what they are said to be unless `with_names`. Raise Faults as `OwnLedger` does, and where
    networkx is not installed.
    """
    from trasiego.reading.network import graph_of

    with OwnLedger(path) as own:
        claims, merges = list(own.claims().values()), own.merges()
    persons = [person for claim in claims for person in claim.persons]
    return graph_of((claim.candidate for claim in claims), merges, persons, with_names)
