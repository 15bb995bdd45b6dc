"""Who fights and who is allied with whom: a seeded rule, or the reader's own copy of the authors' files.

The authors' file of rival and allied pairs carries no licence and is not copied here. The rule keeps what was
published about it (150 cartels, 92 rival and 91 allied pairs) and judges the rest.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from validation.cartel_population.cartels import CARTELS, Floats, by_strength

RIVAL_PAIRS = 92
ALLIED_PAIRS = 91
WEIGHT_STOP = 0.5
"""Chance that a weight goes no higher: weights are geometric from 1 up, 2 in the mean (judged)."""


def seeded_pairs(seed: int, count: int = CARTELS) -> tuple[Floats, Floats]:
    """Return rival and allied weights [N, N] drawn by the rule, most connected cartel first.

    Both ends of a pair are drawn in proportion to 1 over the rank of the cartel, as the sizes are; no pair
    is drawn twice within a relation; weights are geometric.
    """
    draw = np.random.default_rng(seed)
    share = 1.0 / np.arange(1, count + 1)
    share /= share.sum()
    return by_strength(_relation(draw, share, RIVAL_PAIRS), _relation(draw, share, ALLIED_PAIRS))


def _relation(draw: np.random.Generator, share: Floats, pairs: int) -> Floats:
    weights = np.zeros((share.size, share.size))
    made = 0
    while made < pairs:
        one, other = draw.choice(share.size, size=2, replace=False, p=share)
        if weights[one, other] == 0.0:
            weights[one, other] = weights[other, one] = float(draw.geometric(WEIGHT_STOP))
            made += 1
    return weights


def read_pairs(folder: Path) -> tuple[Floats, Floats]:
    """Return rival and allied weights [N, N] from the authors' three files, most connected cartel first.

    Needs BACRIM2020_Nodes.csv, BACRIM2020_Rivals.csv and BACRIM2020_Alliances.csv of
    github.com/rafaelprietocuriel/Recruitment; a pair written both ways counts once, with the larger weight.
    Raise OSError for a file that is not there and ValueError for one that is not as expected.
    """
    names = [row["Node"] for row in _rows(folder / "BACRIM2020_Nodes.csv", ("Node",))]
    place = {name: position for position, name in enumerate(names)}
    found = []
    for file in ("BACRIM2020_Rivals.csv", "BACRIM2020_Alliances.csv"):
        weights = np.zeros((len(names), len(names)))
        for row in _rows(folder / file, ("Node", "RNode", "weight")):
            if row["Node"] not in place or row["RNode"] not in place:
                raise ValueError(f"{file}: {row['Node']} to {row['RNode']}, which BACRIM2020_Nodes.csv lacks")
            one, other = place[row["Node"]], place[row["RNode"]]
            weight = max(float(row["weight"]), weights[one, other])
            weights[one, other] = weights[other, one] = weight
        found.append(weights)
    return by_strength(found[0], found[1])


def _rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(
                f"{path.name} lacks the columns {', '.join(missing)}; it has {reader.fieldnames}"
            )
        return list(reader)
