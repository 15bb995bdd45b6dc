"""Every text of the page, in the reader's language."""

from __future__ import annotations

from trasiego.common.messages import _
from trasiego.common.units import unit_text
from trasiego.report.labels import labels


def page_texts() -> dict[str, str]:
    """Return the texts of the page by key.

    Words in braces are filled in by the page. Keys such as "mode.truck" are labels of ids; an id without a
    label is shown as it is.
    """
    return {
        **_frame_texts(),
        **_section_texts(),
        **_evidence_texts(),
        **_map_texts(),
        **_pointer_texts(),
        **_chart_texts(),
        **_table_texts(),
        **_money_texts(),
        **_scorecard_texts(),
        **_method_texts(),
        **_run_texts(),
        **labels(),
    }


def _frame_texts() -> dict[str, str]:
    return {
        "language": _("en"),  # the code of the language that the texts are in
        "page_title": _("{scenario}: report of a simulation"),
        "skip_link": _("Skip to the map"),
        "nav_label": _("Parts of this report"),
        "nav_flows": _("Flows"),
        "nav_prices": _("Prices"),
        "nav_time": _("Over time"),
        "nav_corridors": _("Corridors"),
        "nav_groups": _("Groups"),
        "nav_scorecard": _("Scorecard"),
        "nav_claims": _("Claims"),
        "nav_methods": _("Methods and limits"),
        "caution_head": _("A simulation, not a record."),
        "caution_text": _(
            "It works out what published reports would imply together, for the study of drug policy. Do not "
            "use it as evidence about a person, a group or a shipment, to plan an operation, or as a "
            "forecast. Groups appear as they were reported; many allegations were never tested in court."
        ),
        "noscript": _(
            "The map, charts and tables of this page need JavaScript. Everything is inside this file; "
            "nothing is fetched."
        ),
        "runs_one": _("1 run"),
        "runs_many": _("{runs} runs"),
        "seed": _("seed {seed}"),
        "months_span": _("{first} to {last}"),
        "policies": _("policies: {names}"),
        "no_policies": _("no policy"),
        "settings": _("settings: {names}"),
        "warning_incomplete": _("The run was cut short: this is only a part of what was asked for."),
        "warning_full": _(
            "New groups or offers found no free slot {number} times, in {touched} of {runs} runs; numbers of "
            "groups and what they carry are too low there. Raise organisation.group_slots or "
            "organisation.offer_slots."
        ),
    }


def _section_texts() -> dict[str, str]:
    return {
        "flows_title": _("Flow by link and month"),
        "flows_sub_middle": _("median of {runs} runs; charts with bands 5–95 % and 25–75 %"),
        "flows_sub_low": _("5 % of {runs} runs lie below; charts with bands 5–95 % and 25–75 %"),
        "flows_sub_high": _("5 % of {runs} runs lie above; charts with bands 5–95 % and 25–75 %"),
        "flows_sub_one": _("one run of {runs}"),
        "figures_title": _("A year in figures"),
        "figures_sub": _(
            "Means over the whole run. Median over runs; below it the range that holds nine runs of ten."
        ),
        "prices_title": _("Price from source to market"),
        "prices_sub": _(
            "The model’s price of a kilogram at each stage, mean of the whole run, beside the range that "
            "was reported. The axis is logarithmic."
        ),
        "time_title": _("Over time"),
        "time_sub": _(
            "The line is the median over runs, the bands hold 50 and 90 percent of them. The red line is "
            "the month of the slider; a press on a chart moves it. Ticks above the axis mark events. On a "
            "chart with the focus, arrow keys move the month and the page keys go from event to event."
        ),
        "events_title": _("Events written into the scenario"),
        "events_sub": _("What was reported and is played in every run, with the claims behind it."),
        "corridors_title": _("Largest corridors"),
        "corridors_sub": _(
            "What goes from one country, or place, to the next: tonnes a year over the whole run, in the "
            "kept runs."
        ),
        "groups_title": _("Largest groups"),
        "groups_sub": _(
            "Groups named in reports, with how far the allegation went: alleged, designated by a "
            "government, or convicted (at least one leading member). Members and revenue are the model’s, "
            "not reported."
        ),
    }


def _evidence_texts() -> dict[str, str]:
    return {
        "scorecard_title": _("Scorecard: is the model like the reports?"),
        "scorecard_sub": _(
            "Each pattern that was reported, with its band. C patterns may be used for calibration, V "
            "patterns are only ever predicted, Q patterns are questions without a band. Distance is how far "
            "the model’s median lies outside the band, relative to its nearer edge (as a log ratio for "
            "prices)."
        ),
        "claims_title": _("Claims behind the numbers"),
        "claims_sub": _(
            "Reported facts in our own words. Claims may contradict each other; the grade is the Admiralty "
            "code: source from A (reliable) to F, information from 1 (confirmed) to 6."
        ),
        "moved_title": _("Numbers moved by your ledger"),
        "moved_sub": _(
            "Claims of the user’s own ledger were weighed with what the scenario had, by grade and year. "
            "Value and range before and after; policies and settings come on top."
        ),
        "moved_number": _("number"),
        "moved_before": _("before"),
        "moved_after": _("after"),
        "moved_unit": _("unit"),
        "moved_claims": _("own claims"),
        "network_sub": _("Who is said to do what with whom in the claims of your ledger:"),
        "network_link": _("network of your ledger"),
        "claims_search": _("Search the claims"),
        "claims_more": _("Show all"),
        "methods_title": _("Methods and limits"),
        "licences_title": _("Data and licences"),
    }


def _map_texts() -> dict[str, str]:
    return {
        "map_label": _(
            "Map of the flows in the chosen month. Arrow keys move it, plus and minus zoom; the largest "
            "flows are in the table below."
        ),
        "views_label": _("Part of the map"),
        "view_whole": _("Whole"),
        "view_americas": _("Andes–Mexico"),
        "view_central": _("Central America"),
        "view_andes": _("Andes"),
        "view_atlantic": _("With Europe"),
        "quantity_label": _("Flow shown"),
        "quantity_middle": _("median of runs"),
        "quantity_low": _("low (5 %)"),
        "quantity_high": _("high (95 %)"),
        "quantity_one": _("first run"),
        "mode_label": _("Mode of transport"),
        "mode_all": _("all modes"),
        "smooth_label": _("12-month mean"),
        "zoom_label": _("Zoom"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "legend_label": _("Legend of the map"),
        "legend_width": _("Line width: sent in the month"),
        "legend_share": _("Colour: seized share, last 12 months"),
        "legend_production_zone": _("production zone"),
        "legend_market": _("market"),
        "legend_place": _("other place"),
        "side_label": _("Delivered, seized and price over time"),
        "month_table_summary": _("The largest flows of the month as a table"),
    }


def _pointer_texts() -> dict[str, str]:
    return {
        "tip_flow": _("Sent in the month"),
        "tip_flow_mean": _("Sent, mean of 12 months"),
        "tip_interval": _("5–95 % of runs"),
        "tip_seized_share": _("Seized share"),
        "tip_mode": _("Mode"),
        "tip_product": _("Product"),
        "tip_distance": _("Distance"),
        "tip_kind": _("Kind"),
        "tip_in": _("Comes in"),
        "tip_out": _("Goes on"),
        "tip_price": _("Value to buyers"),
        "player_label": _("Month shown"),
        "slider_label": _("Month"),
        "play": _("▶ Play"),
        "pause": _("❚❚ Pause"),
        "next_event": _("Next event"),
        "marks_label": _("Scripted events; arrow keys go from one to the next"),
    }


def _chart_texts() -> dict[str, str]:
    return {
        "series_produced": _("Produced"),
        "series_delivered": _("Delivered to markets"),
        "series_seized": _("Seized"),
        "series_stock": _("Waiting on the way"),
        "series_hijacked": _("Robbed, and sold on"),
        "series_price_us": _("Price, United States"),
        "series_price_europe": _("Price, Europe"),
        "series_price_other": _("Price, other markets"),
        "series_killings": _("Killings"),
        "series_active_groups": _("Active groups"),
        "series_active_links": _("Links in use"),
        "series_kinds": _("Active groups by kind"),
        "chart_described": _(
            "{title}, {unit}: {start} in {first}, {end} in {last}; median and 5–95 % over runs"
        ),
        "unit.t/month": _("t/month"),
        "unit.t/year": _("t a year"),
        "unit.USD/kg": _("USD/kg"),
        "unit.1/month": _("a month"),
        "unit.homicide/year": _("a year"),
        "unit.share": "",
        **{f"unit.{name}": unit_text(name) for name in ("1", "1/100000/year", "member", "group")},
        "figure_produced": _("Produced"),
        "figure_delivered": _("Delivered"),
        "figure_seized": _("Seized"),
        "figure_robbed": _("Robbed, and sold on"),
        "figure_seized_share": _("Seized share"),
        "figure_united-states": _("Price, United States"),
        "figure_europe": _("Price, Europe"),
        "figure_killings": _("Killings"),
        "ladder_model": _("model: median and 5–95 % of runs"),
        "ladder_reported": _("reported range"),
        "stage": _("Stage"),
        "model_price": _("Model, USD/kg"),
        "reported_price": _("Reported, USD/kg"),
    }


def _table_texts() -> dict[str, str]:
    return {
        "nothing": _("Nothing to show."),
        "date": _("Month"),
        "event_kind": _("Kind"),
        "target": _("Target"),
        "event_text": _("What was reported"),
        "events_count": _("{number} events, with their claims"),
        "no_events": _("This scenario has no scripted events."),
        "events_more": _("and {number} more; all are in the table of events"),
        "events_span": _("{first} to {last}"),
        "events_mark": _("{when}: {what}"),
        "events_go": _("Show this month"),
        "events_against": _("loss of a group: raid, leader, members, assets"),
        "events_among": _("among groups: entry, split, fight for a place"),
        "events_state": _("states: budget, aid, eradication, stance, police"),
        "events_several": _("several of these"),
        "claims": _("Claims"),
        "between_countries": _("Between countries"),
        "between_places": _("Between places"),
        "corridor_modes": _("Modes"),
        "tonnes_year": _("Tonnes a year"),
        "seized_share": _("Seized share"),
        "group": _("Group"),
        "group_kind": _("Kind"),
        "country": _("Country"),
        "standing": _("Standing"),
        "members_start": _("Members at the start"),
        "members_end": _("Members at the end"),
        "revenue": _("Revenue, million USD a year"),
        "alive": _("Active at the end"),
        "runs_of": _("{alive} of {kept} runs"),
        "violence_country": _("Killings by country"),
        "violence_sub": _("Means over the whole run."),
        "killings_year": _("Killings a year"),
        "homicide_rate": _("Homicides per 100,000 and year, all causes"),
    }


def _money_texts() -> dict[str, str]:
    return {
        "money_title": _("Where the money goes"),
        "money_sub": _("Wholesale: what buyers in the markets pay, and the accounts in which it ends."),
        "account": _("Account"),
        "money_year": _("Million USD a year"),
        "money_share": _("Part of what is paid"),
        "money_paid": _("Comes in"),
        "money_end": _("Ends with"),
        "money_within": _("Passes from one to another on the way, and is part of the above"),
    }


def _scorecard_texts() -> dict[str, str]:
    return {
        "pattern": _("Pattern"),
        "pattern_C": _("C"),
        "pattern_V": _("V"),
        "pattern_Q": _("Q"),
        "pattern_text": _("What was reported"),
        "pattern_number": _("Number"),
        "pattern_band": _("Band"),
        "pattern_model": _("Model"),
        "pattern_result": _("Result"),
        "pattern_distance": _("off by {distance}"),
        "at_most": _("at most {value}"),
        "at_least": _("at least {value}"),
        "needs_scenario": _("meant for {scenario}"),
        "source": _("Source"),
        "verdict_holds": _("holds"),
        "verdict_fails": _("fails"),
        "verdict_open": _("not measured"),
        "from": _("From"),
        "to": _("To"),
        "coverage": _(
            "Of {total} numbers in this scenario {rest} rest on claims (measured or derived), {calibrated} "
            "are calibrated within a range, and {assumed} are assumed."
        ),
        "coverage_unknown": _(
            "The scenario of this run is not at hand or has changed since, so the status of its numbers "
            "can’t be shown."
        ),
        "status_measured": _("measured"),
        "status_derived": _("derived"),
        "status_calibrated": _("calibrated"),
        "status_assumed": _("assumed"),
        "claims_count": _("{found} of {total} claims"),
        "grade_title": _("Admiralty grade: source, information"),
    }


def _method_texts() -> dict[str, str]:
    return {
        "methods_how_title": _("How it works"),
        "methods_how": _(
            "Goods move month by month from production zones over links between places to markets. "
            "Principals buy the services of groups link by link, by price, risk and trust; authorities "
            "spend their budget where seizures and intelligence point; prices, seizures, groups and "
            "violence follow."
        ),
        "methods_bands": _(
            "Each run draws chance events afresh. Where there are several runs, a line is their median, and "
            "the bands show where 50 and 90 percent of them lie. The bands do not hold what the model "
            "leaves out."
        ),
        "methods_map": _(
            "The map rounds flows to about 4 percent. The seized share of a link is taken over the runs "
            "that are kept with all their flows and over twelve months, since single loads make one month "
            "jump."
        ),
        "methods_limits_title": _("What it can’t say"),
        "methods_limits_1": _(
            "Places are departments, towns, ports and regions; a line joins two of them and is no path on "
            "the ground. Real routes, methods and people are not in the model."
        ),
        "methods_limits_2": _(
            "Many numbers are assumed, and reports disagree; the ranges say how weak a number is. Patterns "
            "that fail in the scorecard are failures of the model, so trust nothing that leans on them."
        ),
        "methods_limits_3": _(
            "Compare scenarios and policies by how they differ, with their ranges, and not by single values."
        ),
    }


def _run_texts() -> dict[str, str]:
    return {
        "methods_run_title": _("This run"),
        "fact_scenario": _("Scenario"),
        "fact_runs": _("Runs"),
        "fact_policies": _("Policies"),
        "fact_settings": _("Settings"),
        "fact_none": _("none"),
        "fact_started": _("Started"),
        "fact_mass": _("Gap in mass"),
        "fact_money": _("Gap in money"),
        "fact_versions": _("Versions"),
        "fact_complete": _("Complete"),
        "yes": _("yes"),
        "no": _("no"),
        "licence_outlines": _(
            "Outlines of countries and first-level divisions: Natural Earth, public domain."
        ),
        "licence_places": _(
            "Coordinates of places: GeoNames, licence CC BY 4.0, with corrections of our own."
        ),
        "licence_code": _("Drawn with d3 {d3} and topojson-client {topojson}, ISC licence."),
        "licence_program": _("trasiego {version}, licence Apache-2.0."),
    }
