"""Links: a network that flows from every zone to a market, along ways that exist."""

from collections import Counter, defaultdict

import pytest

from trasiego.world.geography import MODES, great_circle_km, load_geography

SCHENGEN = {"BE", "DE", "ES", "IT", "NL"}
# States with a land or river border, as far as links cross it.
NEIGHBOURS = {
    frozenset(pair.split("-"))
    for pair in (
        "AR-BO AR-PY AR-UY BE-DE BE-NL BO-BR BO-CL BO-PE BO-PY BR-CO BR-PE BR-PY BZ-GT BZ-MX CL-PE CO-EC "
        "CO-PA CO-VE CR-NI CR-PA DE-NL DO-HT EC-PE GT-HN GT-MX GT-SV HN-NI HN-SV MX-US"
    ).split()
}
# By road through other states of the Schengen area, or by ferry or tunnel under the Channel.
THROUGH_OTHERS = {frozenset(pair.split("-")) for pair in "ES-DE ES-GB BE-GB NL-GB".split()}

CONTAINER_PORTS = set(
    "pe-callao pe-paita ec-guayaquil ec-puerto-bolivar co-buenaventura co-cartagena co-santa-marta co-turbo "
    "ve-puerto-cabello cl-arica cl-iquique cl-san-antonio ar-buenos-aires uy-montevideo br-santos "
    "br-paranagua br-sc-rs-ports br-belem br-rio-de-janeiro pa-colon cr-limon hn-puerto-cortes "
    "gt-puerto-barrios jm-jamaica do-dominican mq-antilles us-puerto-rico mx-manzanillo mx-veracruz".split()
)
RIVER_PORTS = {"bo-puerto-suarez", "py-asuncion"}
CONTAINER_ENDS = set(
    "us-south-florida us-houston us-new-jersey us-long-beach us-puerto-rico es-algeciras es-valencia "
    "it-gioia-tauro be-antwerp nl-rotterdam de-hamburg mx-lazaro-cardenas mx-manzanillo mx-veracruz "
    "pa-colon do-dominican gw-west-africa".split()
)
WATERS = (
    "Amazon Apurimac Atrato Caqueta Ene Escondido Huallaga Ichilo Magdalena Mamore Mantaro Patia Patuca "
    "Perene Pachitea Putumayo Titicaca Ucayali Usumacinta Juan"
).split()
METHODS = {
    "foot": {"foot"},
    "pickup": {"road", "road_published"},
    "truck": {"road", "road_published"},
    "river_boat": {"river", "lake"},
    "fast_boat": {"sea_grid", "sea_hop", "sea_lane"},
    "fishing_boat": {"sea_grid", "sea_hop", "sea_lane"},
    "light_aircraft": {"air"},
    "container_ship": {"sea_grid", "sea_lane", "waterway"},
    "parcel": {"air"},
}

# Ways that the reports describe or that the model's questions need, each with the modes that must be there.
NEEDED = {
    "pe-vrae pe-union-mantaro": "foot pickup",
    "pe-vrae pe-kimbiri": "pickup",
    "pe-pichari pe-kimbiri": "foot pickup truck",
    "pe-kimbiri pe-lobo": "foot pickup truck",
    "pe-lobo pe-cielo-punku": "foot pickup truck",
    "pe-cielo-punku pe-la-convencion": "foot pickup truck",
    "pe-la-convencion pe-cusco": "foot pickup truck",
    "pe-cusco pe-juliaca": "pickup truck",
    "pe-juliaca pe-puno": "pickup truck",
    "pe-puno pe-desaguadero": "pickup truck",
    "pe-desaguadero bo-la-paz": "pickup truck",
    "pe-kimbiri pe-ayacucho": "foot pickup truck",
    "pe-satipo pe-huancayo": "pickup truck",
    "pe-ayacucho pe-lima": "pickup truck",
    "pe-huancayo pe-lima": "pickup truck",
    "pe-lima pe-callao": "pickup truck",
    "pe-vrae bo-beni": "light_aircraft",
    "hn-copan gt-zacapa": "pickup",
    "hn-copan gt-chiquimula": "pickup truck",
    "hn-cortes gt-izabal": "pickup truck",
    "sv-santa-ana gt-jutiapa": "pickup truck",
    "sv-santa-ana gt-chiquimula": "pickup truck",
    "gt-huehuetenango mx-comitan": "pickup",
    "gt-la-mesilla mx-comitan": "pickup truck",
    "gt-peten mx-tabasco": "pickup",
    "gt-peten mx-palenque": "pickup",
    "gt-san-marcos mx-tapachula": "pickup truck",
    "ve-apure hn-gracias-a-dios": "light_aircraft",
    "ve-apure mx-quintana-roo": "light_aircraft",
    "co-cartagena hn-gracias-a-dios": "fast_boat",
    "co-tumaco mx-oaxaca-coast": "fast_boat",
    "ec-esmeraldas gt-escuintla": "fast_boat",
    "pe-callao be-antwerp": "container_ship",
    "pe-callao us-new-jersey": "container_ship",
    "ec-guayaquil be-antwerp": "container_ship",
    "br-santos be-antwerp": "container_ship",
    "co-buenaventura us-new-jersey": "container_ship",
}


@pytest.fixture(scope="module")
def geography():
    return load_geography()


@pytest.fixture(scope="module")
def by_id(geography):
    return {place.id: place for place in geography.places}


@pytest.fixture(scope="module")
def modes_between(geography):
    found = defaultdict(set)
    for link in geography.links:
        found[link.from_, link.to].add(link.mode)
    return found


def reached(starts, steps):
    """Return all that can be reached from the starts."""
    seen, waiting = set(starts), list(starts)
    while waiting:
        for after in steps[waiting.pop()]:
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return seen


def test_there_are_enough_links_of_every_mode(geography):
    modes = Counter(link.mode for link in geography.links)
    told = f"{len(geography.links)} links; modes {modes}"
    assert len(geography.links) >= 900, told
    assert set(modes) == set(MODES), told
    assert min(modes.values()) >= 10, told


def test_no_link_is_there_twice_or_leads_back(geography):
    ways = Counter((link.from_, link.to, link.mode) for link in geography.links)
    assert not [way for way, count in ways.items() if count > 1]
    pairs = {(link.from_, link.to) for link in geography.links}
    assert not [pair for pair in pairs if pair[::-1] in pairs]


def test_rank_rises_along_every_link(geography, by_id):
    against = [link.id for link in geography.links if by_id[link.from_].rank >= by_id[link.to].rank]
    assert not against, against


def test_every_place_lies_on_a_way_from_a_zone_to_a_market(geography):
    ahead, back = defaultdict(set), defaultdict(set)
    for link in geography.links:
        ahead[link.from_].add(link.to)
        back[link.to].add(link.from_)
    zones = [place.id for place in geography.places if place.kind == "production_zone"]
    markets = {place.id for place in geography.places if place.kind == "market"}
    everything = {place.id for place in geography.places}
    assert len(zones) >= 15 and len(markets) >= 10
    assert everything - reached(zones, ahead) == set()
    assert everything - reached(markets, back) == set()
    cut_off = {zone: markets & reached([zone], ahead) for zone in zones}
    assert all(cut_off.values()), [zone for zone, found in cut_off.items() if not found]
    assert not [market for market in markets if ahead[market]], "a market is where ways end"


def test_borders_are_counted_once_and_not_inside_the_schengen_area(geography, by_id):
    wrong = []
    for link in geography.links:
        states = {by_id[link.from_].country, by_id[link.to].country}
        expected = int(len(states) == 2 and not states <= SCHENGEN)
        if link.borders_crossed != expected:
            wrong.append((link.id, link.borders_crossed, expected))
    assert not wrong, wrong


def test_ways_by_land_and_river_join_neighbours_only(geography, by_id):
    strangers, crossings = [], 0
    for link in geography.links:
        states = frozenset({by_id[link.from_].country, by_id[link.to].country})
        if link.mode not in ("foot", "pickup", "truck", "river_boat") or len(states) == 1:
            continue
        crossings += 1
        if states not in NEIGHBOURS | THROUGH_OTHERS:
            strangers.append(link.id)
    assert crossings > 100
    assert not strangers, strangers


def test_no_road_crosses_the_darien(geography, by_id):
    across = [
        link.mode
        for link in geography.links
        if (by_id[link.from_].country, by_id[link.to].country) == ("CO", "PA")
    ]
    assert across and not {"pickup", "truck"} & set(across)


def test_distances_follow_their_method(geography, by_id):
    wrong = []
    for link in geography.links:
        start, end = by_id[link.from_], by_id[link.to]
        straight = float(great_circle_km(start.lat, start.lon, end.lat, end.lon))
        if link.distance_method not in METHODS[link.mode]:
            wrong.append((link.id, link.distance_method))
        if link.distance_factor is not None:
            made = straight * link.distance_factor
            if abs(link.distance_km - made) > max(0.06, 0.006 * made):
                wrong.append((link.id, link.distance_km, made))
        elif not 0.99 * straight <= link.distance_km <= 3.2 * straight:
            wrong.append((link.id, link.distance_km, straight))
    assert not wrong, wrong


def test_nobody_walks_further_than_some_days(geography):
    far = [(link.id, link.distance_km) for link in geography.links if link.mode == "foot"]
    assert max(distance for _id, distance in far) < 250, far


def test_river_boats_name_their_water(geography):
    boats = [link for link in geography.links if link.mode == "river_boat"]
    dry = [(link.id, link.note) for link in boats if not any(water in link.note for water in WATERS)]
    assert len(boats) >= 30 and not dry, dry


def test_container_ships_sail_from_ports_to_ports(geography):
    wrong = []
    for link in geography.links:
        if link.mode != "container_ship":
            continue
        if link.distance_method == "waterway":
            fits = link.from_ in RIVER_PORTS
        else:
            fits = link.from_ in CONTAINER_PORTS and link.to in CONTAINER_ENDS
        if not fits:
            wrong.append(link.id)
    assert not wrong, wrong


def test_boats_of_the_sea_leave_from_places_near_it(geography, by_id):
    inland = {"pe-cusco", "bo-la-paz", "ve-apure", "co-bogota", "mx-mexico-city", "co-medellin", "co-vichada"}
    boats = [link for link in geography.links if link.mode in ("fast_boat", "fishing_boat")]
    assert len(boats) > 100
    assert not [link.id for link in boats if {link.from_, link.to} & inland]


@pytest.mark.parametrize("way", sorted(NEEDED))
def test_ways_that_reports_and_questions_need(way, modes_between):
    start, end = way.split()
    missing = set(NEEDED[way].split()) - modes_between[start, end]
    assert not missing, f"{way}: {missing} missing, there are {modes_between[start, end]}"
