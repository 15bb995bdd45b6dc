"""Closed lists of the ledger: the words that a row may use, each with its meaning."""

from __future__ import annotations

KINDS: tuple[str, ...] = ("quantity", "relation", "event", "group")
"""Kinds of claim."""

STANDINGS: dict[str, str] = {
    "alleged": "said of somebody who has not been convicted",
    "suspected": "under suspicion of an authority, without a charge that has been proven",
    "designated": "put on a sanctions list by a government",
    "estimated": "an estimate, survey or model result",
    "established": "counted, published or not in dispute",
    "convicted": "established in court, for at least one leading member of a group",
    "denied": "reported and contradicted by those concerned",
}
"""How far a claim has got, from allegation to conviction."""

SOURCE_KINDS: dict[str, str] = {
    "official": "state or intergovernmental body",
    "peer-reviewed": "article in a journal with peer review",
    "journalism": "newspaper, agency or investigative outlet",
    "expert": "analyst, think tank or non-governmental organisation",
    "court": "court or prosecutors' document",
    "reference": "encyclopedia or a copy of one",
}
"""Kinds of source."""

RELIABILITY: dict[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
"""Letters of the Admiralty code: how reliable the source is."""

CREDIBILITY: dict[str, str] = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}
"""Numbers of the Admiralty code: how credible the information is."""

BASES: dict[str, str] = {
    "counted": "2",
    "surveyed": "2",
    "study": "2",
    "decision": "2",
    "modelled": "3",
    "estimated": "3",
    "reported": "3",
    "derived": "3",
    "reference": "4",
    "unsupported": "4",
}
"""On what a statement rests, and the Admiralty number that follows unless the row says why another."""

BASIS_MEANING: dict[str, str] = {
    "counted": "a count or measurement published by the body that made it",
    "surveyed": "a sample survey, price survey or recognised poll",
    "study": "a result of a study that was reviewed before publication",
    "decision": "an act on record: law, designation, judgment, budget",
    "modelled": "computed by the publisher from other data (potential output)",
    "estimated": "a judgment by officials, agencies or analysts",
    "reported": "a reporter's account, from sources or from the spot",
    "derived": "arithmetic done here on reported figures",
    "reference": "an encyclopedia or a list without its own sources",
    "unsupported": "a figure without a named basis, or one whose date or wording is unsure",
}
"""What the words of `basis` mean."""

EVENT_KINDS: tuple[str, ...] = (
    "aid", "border_force", "coup", "election", "eradication", "group_dismantled", "group_split", "law",
    "leader_captured", "leader_killed", "massacre", "meeting", "other", "pandemic", "policy", "port_security",
    "radar_or_airspace", "raid",
)  # fmt: skip
"""Kinds of event."""

GROUP_KINDS: tuple[str, ...] = (
    "producer_clan", "transport_network", "port_service", "armed_protector", "gang", "dynasty", "broker",
    "cartel", "importer",
)  # fmt: skip
"""Kinds of group."""

GROUP_ROLES: tuple[str, ...] = (
    "cultivation", "processing", "transport", "protection", "coercion", "brokerage", "wholesale", "retail",
    "port_service",
)  # fmt: skip
"""What a group does in the trade."""

STRATEGIES: tuple[str, ...] = ("freelance", "territorial", "unknown")
"""How a group works with others."""

POLITICAL_ACCESS: tuple[str, ...] = ("none", "local", "regional", "national", "unknown")
"""How far the protection of a group reaches."""

MODES: tuple[str, ...] = (
    "foot", "pickup", "truck", "river_boat", "fast_boat", "fishing_boat", "light_aircraft", "container_ship",
    "parcel", "road", "river", "sea", "air", "port",
)  # fmt: skip
"""Transport modes of the links, and the branches of enforcement for claims about several modes at once."""

PRODUCTS: tuple[str, ...] = (
    "coca bush", "fresh leaf", "dry leaf", "paste", "base", "hydrochloride", "cocaine", "pure cocaine",
    "paste and hydrochloride", "cocaine and base", "all drugs", "four drugs",
)  # fmt: skip
"""Products; "cocaine" where the source does not say which, "paste" includes washed paste."""
