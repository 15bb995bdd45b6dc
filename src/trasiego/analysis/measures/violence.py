"""Violence: homicide rates of countries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trasiego.analysis.estimate import ratio
from trasiego.analysis.view import Floats, ResultView


def homicide_rate(view: ResultView, country: str) -> Floats:
    """Homicides for 100,000 inhabitants and year, all causes, mean over the months, by run."""
    rates = view.amount("country_homicides_per_100k")
    return np.asarray(rates[:, :, view.position("country", country)].mean(axis=1))


def homicide_ratio(view: ResultView, countries: Sequence[str], over: str) -> Floats:
    """Plain mean of the countries' homicide rates over the rate of the country `over`, by run."""
    upper = np.mean([homicide_rate(view, country) for country in countries], axis=0)
    lower = homicide_rate(view, over)
    return ratio(np.asarray(upper), lower)
