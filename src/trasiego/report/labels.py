"""What the page calls the ids of the model: modes, products, places, kinds of group, standings, events."""

from __future__ import annotations

from trasiego.common.messages import _


def labels() -> dict[str, str]:
    """Return the labels by "kind of thing.id"; "kinds." has the plurals of "kind."."""
    return {**_trade_labels(), **_actor_labels(), **_account_labels()}


def _trade_labels() -> dict[str, str]:
    return {
        "mode.foot": _("on foot"),
        "mode.pickup": _("pickup"),
        "mode.truck": _("truck"),
        "mode.river_boat": _("river boat"),
        "mode.fast_boat": _("fast boat"),
        "mode.fishing_boat": _("fishing boat"),
        "mode.light_aircraft": _("light aircraft"),
        "mode.container_ship": _("container ship"),
        "mode.parcel": _("parcel and courier"),
        "product.paste": _("paste or base"),
        "product.hydrochloride": _("hydrochloride"),
        "place.production_zone": _("production zone"),
        "place.town": _("town"),
        "place.port": _("port"),
        "place.market": _("market"),
        "place.department": _("department"),
        "place.hub_city": _("hub city"),
        "place.landing_area": _("landing area"),
        "place.border_crossing": _("border crossing"),
        "place.market_entry": _("entry to a market"),
    }


def _actor_labels() -> dict[str, str]:
    return {
        "kind.transport_network": _("transport network"),
        "kind.producer_clan": _("producer clan"),
        "kind.port_service": _("port service"),
        "kind.armed_protector": _("armed protector"),
        "kind.gang": _("gang"),
        "kind.dynasty": _("dynasty"),
        "kind.broker": _("broker"),
        "kind.cartel": _("cartel"),
        "kinds.transport_network": _("transport networks"),
        "kinds.producer_clan": _("producer clans"),
        "kinds.port_service": _("port services"),
        "kinds.armed_protector": _("armed protectors"),
        "kinds.gang": _("gangs"),
        "kinds.dynasty": _("dynasties"),
        "kinds.broker": _("brokers"),
        "kinds.cartel": _("cartels"),
        "standing.alleged": _("alleged"),
        "standing.designated": _("designated"),
        "standing.convicted": _("convicted"),
        "event.raid": _("raid"),
        "event.leader_arrest": _("arrest of a leader"),
        "event.leader_killed": _("death of a leader"),
        "event.surrender": _("surrender"),
        "event.asset_seizure": _("seizure of assets"),
        "event.split": _("split of a group"),
        "event.dissolve": _("end of a group"),
        "event.enter": _("new group"),
        "event.budget": _("budget"),
        "event.aid": _("aid"),
        "event.eradication": _("eradication"),
        "event.demand": _("demand"),
        "event.stance": _("stance of a state"),
        "event.capture": _("capture of police"),
        "event.integrity": _("control of corruption"),
        "event.takeover": _("takeover of a place"),
        "event.contest": _("fight for a place"),
    }


def _account_labels() -> dict[str, str]:
    return {
        "account.consumers_paid": _("buyers in the markets"),
        "account.broker_capital_change": _("principals (what they keep)"),
        "account.wages": _("members of groups (pay)"),
        "account.producers": _("growers and makers"),
        "account.ad_hoc_fees": _("carriers outside of groups"),
        "account.police": _("police (bribes)"),
        "account.confiscated": _("the state (confiscated)"),
        "account.transport": _("fuel, vehicles, freight"),
        "account.group_capital_change": _("groups (what they keep)"),
        "account.group_fees": _("fees to groups"),
        "account.tolls": _("tolls in held places"),
        "account.escort": _("escort"),
        "account.hijack": _("robbed goods sold on"),
    }
