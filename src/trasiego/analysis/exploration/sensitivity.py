"""Which numbers matter for which figure: the rankings, and which claims are behind their tops."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trasiego.analysis.exploration.chosen import Subject
from trasiego.analysis.exploration.driving import driving
from trasiego.analysis.exploration.explored import Explored, about_study
from trasiego.analysis.exploration.figures import Figure
from trasiego.analysis.exploration.screening import Index, Indices, Screening
from trasiego.analysis.exploration.study import PointStudy
from trasiego.evidence import Ledger

TOP = 5
"""Numbers of each figure that count as its top when claims are looked for."""


@dataclass(frozen=True)
class Effect:
    """One number, or several varied as one, in the ranking of a figure; `rank` counts from 1.

    `numbers` are the paths of those varied as one. `value`, `low` and `high` in `unit` are None for
    several. `is_clear` says whether the effect is told from chance, None where the runs do not show that.
    """

    number: str
    rank: int
    index: Index
    is_clear: bool | None
    statuses: tuple[str, ...]
    value: float | None
    low: float | None
    high: float | None
    unit: str
    claims: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """All effects on one figure, the largest first; for the other fields see `Indices`."""

    figure: str
    title: str
    unit: str
    mean: float
    spread: float
    chance: float
    margin: float
    blocks: int
    effects: tuple[Effect, ...]

    @property
    def top(self) -> tuple[Effect, ...]:
        """The first few effects, as far as they are told from chance."""
        return tuple(
            each for each in self.effects[:TOP] if each.index.total > 0.0 and each.is_clear is not False
        )


@dataclass(frozen=True, kw_only=True)
class Sensitivity(Explored):
    """Which numbers of a scenario matter for which figure.

    `count` are trajectories (Morris) or samples (Sobol), `points` the points that they make. `unanswered` are
    figures that too few points have.
    """

    method: str
    by: str
    count: int
    points: int
    rankings: tuple[Ranking, ...]
    unanswered: tuple[str, ...]

    def ranking(self, figure: str) -> Ranking:
        """Return the ranking of a figure; KeyError where there is none."""
        for each in self.rankings:
            if each.figure == figure:
                return each
        raise KeyError(figure)


def sensitivity_of(study: PointStudy, screening: Screening, by: str, ledger: Ledger) -> Sensitivity:
    """Return what a study of a screening found; all its points must have been run."""
    found = study.found(0)
    rankings, unanswered = [], []
    for column, figure in enumerate(study.figures):
        indices = screening.indices(found[:, :, column])
        if indices is None:
            unanswered.append(figure.id)
        else:
            rankings.append(_ranking(figure, screening.subjects, indices))
    subjects = {subject.name: subject for subject in screening.subjects}
    return Sensitivity(
        **about_study(study),
        method=screening.method,
        by=by,
        count=screening.count,
        points=found.shape[0],
        rankings=tuple(rankings),
        unanswered=tuple(unanswered),
        driving=driving(_tops(rankings, subjects), ledger, {}),
        drawn=study.points(0),
        found=found,
    )


def _tops(
    rankings: Sequence[Ranking], subjects: Mapping[str, Subject]
) -> dict[str, list[tuple[Subject, float]]]:
    """Return the tops of the rankings, each effect weighed against the largest on its figure."""
    return {
        ranking.figure: [
            (subjects[each.number], each.index.total / ranking.effects[0].index.total) for each in ranking.top
        ]
        for ranking in rankings
    }


def _ranking(figure: Figure, subjects: Sequence[Subject], indices: Indices) -> Ranking:
    order = sorted(range(len(subjects)), key=lambda at: (-_size(indices.subjects[at]), at))
    return Ranking(
        figure=figure.id,
        title=figure.title,
        unit=figure.unit,
        mean=indices.mean,
        spread=indices.spread,
        chance=indices.chance,
        margin=indices.margin,
        blocks=indices.blocks,
        effects=tuple(
            _effect(subjects[at], rank, indices.subjects[at], indices.tells(indices.subjects[at]))
            for rank, at in enumerate(order, start=1)
        ),
    )


def _size(index: Index) -> float:
    return index.total if math.isfinite(index.total) else -math.inf


def _effect(subject: Subject, rank: int, index: Index, is_clear: bool | None) -> Effect:
    alone = subject.numbers[0] if len(subject.numbers) == 1 else None
    return Effect(
        number=subject.name,
        rank=rank,
        index=index,
        is_clear=is_clear,
        statuses=subject.statuses,
        value=alone.value if alone else None,
        low=alone.low if alone else None,
        high=alone.high if alone else None,
        unit=alone.unit if alone else "",
        claims=subject.claims,
        numbers=tuple(number.path for number in subject.numbers),
    )
