"""Every text of the page of a comparison, in the reader's language."""

from __future__ import annotations

from trasiego.common.messages import _
from trasiego.report.strings import page_texts

SHARED = (
    "language",
    "skip_link",
    "nav_label",
    "caution_head",
    "caution_text",
    "noscript",
    "nothing",
    "methods_title",
    "licences_title",
    "licence_outlines",
    "licence_code",
    "licence_program",
    "yes",
    "no",
)
"""Texts that the page has from the report of a run."""


def comparison_texts() -> dict[str, str]:
    """Return the texts of the page by key; words in braces are filled in by the page."""
    report = page_texts()
    return {
        **{key: report[key] for key in SHARED},
        **_frame_texts(),
        **_section_texts(),
        **_table_texts(),
        **_method_texts(),
    }


def _frame_texts() -> dict[str, str]:
    return {
        "page_title": _("{scenario}: policies compared"),
        "skip_link": _("Skip to the changes"),
        "run_line": _("{runs} runs without and with each policy · seed {seed} · {first} to {last}"),
        "start_line": _("policies hold from {start} on"),
        "nav_changes": _("What changes"),
        "nav_where": _("Where the flow goes"),
        "nav_costs": _("Costs"),
        "nav_apart": _("Against each other"),
        "nav_runs": _("How many runs"),
        "nav_policies": _("Policies"),
        "nav_methods": _("Methods and limits"),
    }


def _section_texts() -> dict[str, str]:
    return {
        "changes_title": _("What each policy changes"),
        "changes_sub": _(
            "Mean difference to the same runs without it, in percent of the level without, and the 90 "
            "percent interval of that mean. Bars of one row have one scale; the thin line is no change."
        ),
        "key_told": _("clearly a change"),
        "key_untold": _("may be no change, with so many runs"),
        "markets_summary": _("Price in each market"),
        "where_title": _("Where the flow goes"),
        "where_sub": _(
            "What comes into each country from others: red loses, blue gains, grey may be no "
            "change. A kilogram that passes several countries counts in each. With so many "
            "countries some would look changed by chance, so their intervals are wider: all of them "
            "hold together in nine of ten samples."
        ),
        "arm_label": _("Policy"),
        "share_text": _(
            "For each kilogram less into {country}, which loses most, {share} ({range}) more come into "
            "the countries that gain."
        ),
        "share_none": _("No country clearly loses."),
        "map_label": _("Map of countries by what they lose or gain; the table beside it has the figures"),
        "costs_title": _("What it costs"),
        "costs_sub": _(
            "Cost of the policies by their own basis, and that cost over what is gained. A range goes "
            "from the lowest cost over the most that the interval allows to the highest cost over the "
            "least."
        ),
        "apart_title": _("Policies against each other"),
        "apart_sub": _(
            "What the first has more than the second, in percent of the second, from the same runs of both."
        ),
        "runs_title": _("What so many runs can tell"),
        "runs_sub": _(
            "The smallest difference that so many runs tell with a chance of 80 percent; how many runs "
            "would tell a difference of the size that was found; and how many times less paired "
            "differences vary than those between independent runs."
        ),
        "policies_title": _("The policies"),
    }


def _table_texts() -> dict[str, str]:
    return {
        "outcome": _("Outcome"),
        "without": _("Without a policy (median, 5–95 % of runs)"),
        "no_answer": _("no answer"),
        "pair": _("{second} against {first}"),
        "arm": _("Policy"),
        "told": _("Clearly a change"),
        "smallest": _("Smallest clear difference"),
        "needed": _("Runs needed"),
        "the_same": _("the same"),
        "ratio": _("Variance, unpaired over paired"),
        "cost_month": _("USD a month"),
        "cost_kg": _("USD for a kg kept from the markets"),
        "cost_killing": _("USD for a killing avoided"),
        "no_end": _("no end"),
        "country": _("Country"),
        "without_t": _("Without (t/year)"),
        "change_t": _("Change (t/year)"),
        "change": _("Change"),
        "tonnes_year": _("t/year"),
        "interval": _("90 % interval"),
        "untold_short": _("unclear"),
        "policy": _("Name"),
        "basis": _("Basis"),
        "claims": _("Claims"),
    }


def _method_texts() -> dict[str, str]:
    return {
        "methods_pairing": _(
            "Run j without and with a policy has the same draws (common random numbers), so that chance "
            "which both share drops out of their difference. What differs is what the policy changed, "
            "directly or by what followed from it."
        ),
        "methods_interval": _(
            "Intervals are those of Student (1908) for the mean of paired differences. One in ten "
            "misses: of ten outcomes on which nothing acts, one looks changed. Those of the countries "
            "hold together (Dunn 1961). The part that comes back elsewhere has a bootstrap interval "
            "over runs (Efron 1979)."
        ),
        "methods_power": _(
            "Runs needed: n = (1.645 + 0.842)² s² / d² + 1.645² / 2, with d the mean difference and s² "
            "the variance of the paired differences (Guenther 1981). It takes the difference found for "
            "the true one."
        ),
        "methods_limits": _(
            "Intervals hold the chance within the model and nothing else: not what is unknown about its "
            "numbers, and not what it leaves out. Most costs are assumed; the ranges say how weakly "
            "they are known."
        ),
    }
