"""Every text of the page of a network, in the reader's language."""

from __future__ import annotations

from trasiego.common.messages import _
from trasiego.report.strings import page_texts

SHARED = (
    "language",
    "nav_label",
    "nothing",
    "methods_title",
    "licences_title",
    "licence_code",
    "licence_program",
)
"""Texts that the page has from the report of a run."""


def network_texts() -> dict[str, str]:
    """Return the texts of the page by key; words in braces are filled in by the page."""
    report = page_texts()
    return {
        **{key: report[key] for key in SHARED},
        **_frame_texts(),
        **_drawing_texts(),
        **_source_texts(),
        **_labels(),
    }


def _frame_texts() -> dict[str, str]:
    return {
        "title": _("Network of {name}"),
        "page_title": "{scenario}",
        "run_line": _("{parties} parties · {relations} statements · {documents} reports"),
        "skip_link": _("Skip to the statements"),
        "nav_graph": _("Network"),
        "nav_statements": _("Statements"),
        "nav_methods": _("Methods and limits"),
        "caution_head": _("What reports say, not what is so."),
        "caution_text": _(
            "Each line is a statement that was found in a report by machine, reviewed or not; many are "
            "allegations that no court has tested. Do not use it as evidence about a person or a group."
        ),
        "noscript": _(
            "The network and the table of this page need JavaScript. Everything is inside this file; "
            "nothing is fetched."
        ),
    }


def _drawing_texts() -> dict[str, str]:
    return {
        "graph_title": _("Who is said to do what with whom"),
        "graph_sub": _(
            "A line is a relation from its tail to its arrow; a thicker one is stated more often. Dashed: "
            "nobody states it without reserve (alleged, suspected or denied). Choose a line or a party to "
            "see who says so."
        ),
        "graph_label": _("Network of the parties; the table of statements below holds the same"),
        "document": _("Report"),
        "every_document": _("all"),
        "alone": _("also parties without a relation"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "zoom_all": _("Show all"),
        "sure": _("stated"),
        "unsure": _("alleged, suspected, denied"),
    }


def _source_texts() -> dict[str, str]:
    return {
        "choose": _("Choose a line or a party: its sources appear here."),
        "statements_title": _("All statements"),
        "statements_sub": _(
            "Each with the words of the report. The figure is a ranking of sureness, no probability."
        ),
        "subject": _("Who"),
        "predicate": _("What"),
        "object": _("With whom or what"),
        "modality": _("How it is said"),
        "attribution": _("Who says so"),
        "report_itself": _("the report itself"),
        "said_by": _("according to {who}"),
        "words": _("Words of the report"),
        "sureness": _("ranking {figure}"),
        "aliases": _("also called"),
        "role": _("said to be"),
        "country": _("country"),
        "reports": _("named in"),
        "relations_of": _("Relations"),
        "no_relations": _("No report states a relation of this party."),
        "when": _("when"),
        "proposed_by": _("proposed by"),
        "methods_text": _(
            "Parties are one where reports use one name for one type of party, and where a merge of names "
            "was accepted in review; persons of one name in two reports stay apart. Persons stand as what "
            "they are said to be unless the network was made with names. Rejected candidates are left out."
        ),
    }


def _labels() -> dict[str, str]:
    """Return the labels of types, modalities and predicates by their ids."""
    return {
        "type.person": _("person"),
        "type.group": _("group"),
        "type.agency": _("agency"),
        "type.organization": _("organisation"),
        "type.publisher": _("publisher"),
        "type.place": _("place"),
        "type.role": _("role"),
        "type.actor": _("unnamed party"),
        "type.thing": _("thing"),
        "modality.stated": _("stated"),
        "modality.alleged": _("alleged"),
        "modality.suspected": _("suspected"),
        "modality.estimated": _("estimated"),
        "modality.convicted": _("convicted"),
        "modality.denied": _("denied"),
        "predicate.works_for": _("works for"),
        "predicate.leads": _("leads"),
        "predicate.finances": _("finances"),
        "predicate.directs": _("directs"),
        "predicate.succeeded": _("succeeded"),
        "predicate.rival_of": _("rival of"),
        "predicate.allied_with": _("allied with"),
        "predicate.hires": _("hires"),
        "predicate.protects": _("protects"),
        "predicate.bribes": _("bribes"),
        "predicate.controls": _("controls"),
        "predicate.operates_in": _("operates in"),
        "predicate.based_in": _("based in"),
        "predicate.moves_to": _("moves goods to"),
        "predicate.supplies": _("supplies"),
        "predicate.charges_fee": _("charges a fee for"),
        "predicate.split_from": _("split from"),
        "predicate.member_of": _("member of"),
    }
