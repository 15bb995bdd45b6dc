"""Cross checks: what no single field can tell. Each is a small function with an id; all always run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trasiego.common.faults import Fault
from trasiego.common.messages import _
from trasiego.scenario.cut import ZONE_FIELDS, ZONE_OPTIONS, existed, other_fields, period
from trasiego.scenario.event_checks import event_checks
from trasiego.scenario.numbers import plain
from trasiego.scenario.references import TARGET_SECTIONS, known_links, known_places
from trasiego.scenario.state import State


@dataclass(frozen=True)
class Check:
    """A check: its id, what holds when it passes, and the function that yields a fault where it does not."""

    id: str
    meaning: str
    faults: Callable[[State], Iterator[Fault]]


def run_checks(state: State) -> None:
    """Run all checks and add their faults to the state."""
    for check in CHECKS:
        state.faults += check.faults(state)


def _name_of_file(state: State) -> Iterator[Fault]:
    name, path = state.value("scenario.name", str), state.document.path
    if name is not None and path is not None and name != path.stem:
        yield state.spot("scenario.name").fault(
            name,
            _("{stem}, the name of the file").format(stem=path.stem),
            _("rename the file or change the name"),
        )


def _zone_left(state: State) -> Iterator[Fault]:
    if not state.section("zones"):
        yield state.spot("cut").fault(
            _("no zone"),
            _("at least one zone where the goods come from"),
            _("keep a place with a zone, or add a zone of kind inflow"),
        )


def _market_left(state: State) -> Iterator[Fault]:
    if not state.section("markets"):
        yield state.spot("cut").fault(
            _("no market"),
            _("at least one market where the goods go"),
            _("keep a place with a market, or add a market at the edge of the cut"),
        )


def _broker_left(state: State) -> Iterator[Fault]:
    if state.section("markets") and not state.section("brokers"):
        yield state.spot("brokers").fault(
            _("no broker"),
            _("at least one broker who buys in a zone and sells to a market"),
            _("give a broker a market that the cut keeps"),
        )


def _left_out_was_in(state: State) -> Iterator[Fault]:
    countries, added = state.ids("cut.countries"), state.ids("cut.places")
    spot = state.spot("cut.without_places")
    for at, place in enumerate(state.ids("cut.without_places")):
        country = known_places().get(place)
        if country is not None and (countries or added) and country not in countries and place not in added:
            yield spot.below(at).fault(
                _("{place} in {country}, which is not kept").format(place=place, country=country),
                _("places of cut.countries and cut.places"),
                _("remove it from the list"),
            )


def _inside_cut(state: State) -> Iterator[Fault]:
    """What the scenario file itself names must be there after the cut."""
    kept = set(state.kept)
    for section in ("zones", "markets"):
        for name in state.section(section):
            if name not in kept and name in known_places():
                yield _outside(state, f"{section}.{name}", name)
    there = {section: set(state.section(section)) for section in TARGET_SECTIONS}
    valid = {"places": kept, "targets": kept.union(*there.values()), **there}
    for path, given in state.given.items():
        reference = given.row.reference
        if reference not in valid or given.row.section == "cut" or not state.own(path):
            continue
        if reference == "countries" and path != "processing.paste_countries":
            continue
        listed = isinstance(given.value, tuple)
        names = given.value if isinstance(given.value, tuple) else (str(given.value),)
        for at, name in enumerate(names):
            if name not in valid[reference] and existed(state, name):
                yield _outside(state, path, name, at if listed else None)


def _outside(state: State, path: str, name: str, at: int | None = None) -> Fault:
    spot = state.spot(path) if at is None else state.spot(path).below(at)
    return spot.fault(
        _("{name}, which the cut leaves out").format(name=name),
        _("what lies in the kept countries and places"),
        _("remove it, or keep its place with cut.places"),
    )


def _modes_have_numbers(state: State) -> Iterator[Fault]:
    kept, there = set(state.kept), set(state.section("modes"))
    used = [link.mode for link in known_links() if link.from_ in kept and link.to in kept]
    if state.ids("processing.places"):
        used.append("processing")
    missing = [mode for mode in dict.fromkeys(used) if mode not in there]
    if missing:
        yield state.spot("modes").fault(
            _("links but no numbers of: {modes}").format(modes=", ".join(missing)),
            _("a table [modes.MODE] for each mode between kept places"),
            _("add [modes.{mode}]").format(mode=missing[0]),
        )


def _kept_countries(state: State) -> list[str]:
    return list(dict.fromkeys(known_places()[place] for place in state.kept))


def _countries_have_sections(state: State) -> Iterator[Fault]:
    there = set(state.section("countries"))
    missing = [country for country in _kept_countries(state) if country not in there]
    if missing:
        yield state.spot("countries").fault(
            _("places but no numbers of: {countries}").format(countries=", ".join(missing)),
            _("a table [countries.COUNTRY] for each country with a kept place"),
            _("add [countries.{country}]").format(country=missing[0]),
        )


def _one_region_each(state: State) -> Iterator[Fault]:
    regions: dict[str, list[str]] = {}
    for region, countries in state.each("regions", "countries"):
        for country in countries:
            regions.setdefault(country, []).append(region)
    missing = [country for country in _kept_countries(state) if country not in regions]
    if missing:
        yield state.spot("regions").fault(
            _("in no region: {countries}").format(countries=", ".join(missing)),
            _("each country with a kept place in one region"),
            _("add {country} to the countries of a region").format(country=missing[0]),
        )
    for country, names in regions.items():
        if len(names) > 1:
            yield state.spot(f"regions.{names[1]}.countries").fault(
                _("{country} in {regions}").format(country=country, regions=_(" and ").join(names)),
                _("each country in one region"),
                _("remove {country} from all but one").format(country=country),
            )


def _zone_fits_kind(state: State) -> Iterator[Fault]:
    for name, kind in state.each("zones", "kind"):
        there = state.keys("zones", name)
        needs = [key for key in ZONE_FIELDS[kind] if key not in ZONE_OPTIONS]
        missing = [key for key in needs if key not in there]
        if missing:
            yield state.spot(f"zones.{name}").fault(
                _("a zone of kind {kind} without {keys}").format(kind=kind, keys=", ".join(missing)),
                ", ".join(needs),
                _("add what is missing"),
            )
        surplus = [key for key in there if key in other_fields(kind)]
        if surplus:
            yield state.spot(f"zones.{name}.{surplus[0]}").fault(
                _("{keys} in a zone of kind {kind}").format(keys=", ".join(surplus), kind=kind),
                _("only in zones of another kind"),
                _("remove it or change the kind"),
            )


def _paste_is_refined(state: State) -> Iterator[Fault]:
    paste = [name for name, product in state.each("zones", "product") if product == "paste"]
    if paste and "processing.places" in state.given and not state.ids("processing.places"):
        yield state.spot("processing.places").fault(
            _("no place, but the zones {zones} sell paste").format(zones=", ".join(paste)),
            _("at least one kept place where paste is refined"),
            _("name a place, or let the zones sell hydrochloride"),
        )


def _kinds_hold_together(state: State) -> Iterator[Fault]:
    for name in state.section("kinds"):
        table = f"kinds.{name}"
        low, high = (state.figure(f"{table}.members_at_entry_{end}") for end in ("low", "high"))
        if low is not None and high is not None and low > high:
            yield state.spot(f"{table}.members_at_entry_low").fault(
                plain(low),
                _("at most members_at_entry_high, {high}").format(high=plain(high)),
                _("lower it or raise the other"),
            )
        succession, split = (state.figure(f"{table}.{what}_probability") for what in ("succession", "split"))
        if succession is not None and split is not None and succession + split > 1:
            yield state.spot(f"{table}.split_probability").fault(
                _("{split}, with succession {total}").format(
                    split=plain(split), total=plain(succession + split)
                ),
                _("succession_probability and split_probability sum to at most 1"),
                _("lower one of the two"),
            )


def _groups_are_large_enough(state: State) -> Iterator[Fault]:
    for name, kind in state.each("groups", "kind"):
        members = state.figure(f"groups.{name}.members")
        least = state.figure(f"kinds.{kind}.members_minimum")
        if members is not None and least is not None and members < least:
            yield state.spot(f"groups.{name}.members").fault(
                plain(members),
                _("at least {least}, below which the kind {kind} gives up").format(
                    least=plain(least), kind=kind
                ),
                _("correct the members, or kinds.{kind}.members_minimum").format(kind=kind),
            )


def _active_in_order(state: State) -> Iterator[Fault]:
    for section in ("groups", "brokers"):
        for name, last in state.each(section, "active_to"):
            first = state.value(f"{section}.{name}.active_from", str)
            if first is not None and first > last:
                yield state.spot(f"{section}.{name}.active_to").fault(
                    last,
                    _("{first} (active_from) or later").format(first=first),
                    _("exchange or correct the months"),
                )


def _somebody_buys(state: State) -> Iterator[Fault]:
    shares = [state.figure(f"brokers.{name}.buying_share") for name in state.section("brokers")]
    if shares and all(share == 0 for share in shares):
        yield state.spot("brokers").fault(
            _("buying_share 0 for all brokers"), _("at least one above 0"), _("raise one of them")
        )


def _policy_starts_in_run(state: State) -> Iterator[Fault]:
    span = period(state)
    starts = [given for given in state.heads if given.row.key == "start"]
    for given in starts:
        if span is not None and not span[0] <= str(given.value) <= span[1]:
            yield given.spot.fault(
                str(given.value),
                _("{first} to {last}, the months of the run").format(first=span[0], last=span[1]),
                _("choose a month of the run; without start the policy holds from the beginning"),
            )


CHECKS: tuple[Check, ...] = (
    Check("name-of-file", "The scenario has the name of its file", _name_of_file),
    Check("zone-left", "The cut leaves a zone", _zone_left),
    Check("market-left", "The cut leaves a market", _market_left),
    Check("broker-left", "The cut leaves a broker", _broker_left),
    Check("left-out-was-in", "Places left out lie in kept countries", _left_out_was_in),
    Check("inside-cut", "What the scenario file itself names lies inside its cut", _inside_cut),
    Check("modes-have-numbers", "Each mode between kept places has its numbers", _modes_have_numbers),
    Check(
        "countries-have-sections", "Each country with a kept place has a section", _countries_have_sections
    ),
    Check("one-region-each", "Each country with a kept place is in one region", _one_region_each),
    Check("zone-fits-kind", "A zone has the fields of its kind and no others", _zone_fits_kind),
    Check("paste-is-refined", "Where zones sell paste, some place refines it", _paste_is_refined),
    Check(
        "kinds-hold-together",
        "Sizes at entry are in order and chances sum to 1 at most",
        _kinds_hold_together,
    ),
    Check(
        "groups-large-enough",
        "Groups start with no fewer members than their kind needs",
        _groups_are_large_enough,
    ),
    Check("active-in-order", "active_from is not after active_to", _active_in_order),
    Check("somebody-buys", "At least one broker buys", _somebody_buys),
    Check("policy-starts-in-run", "A policy with a start begins during the run", _policy_starts_in_run),
    *(Check(*row) for row in event_checks()),
)
