"""`trasiego scenarios` and `places`: what is there to work with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from trasiego.cli import candidates
from trasiego.cli.pages import Page
from trasiego.cli.parameters import OneOf, complete_scenario, json_option
from trasiego.cli.scripted import print_events
from trasiego.cli.shown import console, figure, table, write_json
from trasiego.cli.usage import option_fault, refuse_unknown
from trasiego.common.faults import Faults, nearest
from trasiego.common.messages import _
from trasiego.common.paths import data_folder

if TYPE_CHECKING:
    from trasiego.world.geography import Geography

EXAMPLES_SCENARIOS = (
    ("trasiego scenarios", _("All of them, a line each")),
    ("trasiego scenarios callao-2017", _("One of them, with what it describes")),
    ("trasiego scenarios northern-route --events", _("What is scripted in it, with the claims")),
)
EXAMPLES_PLACES = (
    ("trasiego places --country GT", _("The places of a country")),
    ("trasiego places --kind port --search ca", _("Ports whose name holds some letters")),
    ("trasiego places gt-zacapa", _("One place with the links that meet there")),
)


@click.command(
    cls=Page, examples=EXAMPLES_SCENARIOS, help=_("List the scenarios, or tell what one describes.")
)
@click.argument("name", required=False, metavar="[SCENARIO]", shell_complete=complete_scenario)
@click.option(
    "--events", is_flag=True, help=_("List the scripted events of the scenario, with their claims.")
)
@json_option
def scenarios(name: str | None, events: bool, as_json: bool) -> None:
    """List the shipped scenarios, or show one or its events."""
    heads = _scenario_heads()
    if events:
        print_events(name or candidates.MAIN_SCENARIO, as_json)
        return
    if name is not None:
        _one_scenario(name, heads, as_json)
        if not as_json:
            click.echo(_("\nScripted events:  trasiego scenarios {name} --events").format(name=name))
        return
    if as_json:
        write_json([{"name": key, **head} for key, head in heads.items()])
        return
    rows = [
        (key, head.get("start"), head.get("months"), head.get("title", "")) for key, head in heads.items()
    ]
    columns = ((_("scenario"), "name"), (_("start"), "name"), (_("months"), "right"), _("what it is"))
    console().print(table(columns, rows))
    click.echo(_("\nRun one:  trasiego run {name}").format(name=candidates.MAIN_SCENARIO))


@click.command(cls=Page, examples=EXAMPLES_PLACES, help=_("List places, or show one with its links."))
@click.argument(
    "name",
    required=False,
    metavar="[PLACE]",
    shell_complete=lambda *typed: candidates.starting_with(_place_ids(), typed[2]),
)
@click.option(
    "--country",
    type=OneOf("ISO2", lambda: sorted(_geography().countries)),
    help=_("Only this country (two letters)."),
)
@click.option(
    "--kind",
    type=OneOf("KIND", lambda: sorted({place.kind for place in _geography().places})),
    help=_("Only places of this kind."),
)
@click.option("--search", metavar="TEXT", help=_("Only places whose name or id holds this text."))
@json_option
def places(
    name: str | None, country: str | None, kind: str | None, search: str | None, as_json: bool
) -> None:
    """List places by country, kind or name, or show one with its links."""
    from trasiego.evidence.ledger import fold

    geography = _geography()
    if name is not None:
        _one_place(geography, name, as_json)
        return
    wanted = fold(search or "")
    found = [
        place
        for place in geography.places
        if (country is None or place.country == country)
        and (kind is None or place.kind == kind)
        and (wanted in fold(place.name) or wanted in place.id)
    ]
    if as_json:
        write_json(found)
        return
    rows = [(place.id, place.name, place.kind, place.admin1_name, place.country) for place in found]
    columns = ((_("place"), "name"), _("name"), _("kind"), _("division"), _("in"))
    console().print(table(columns, rows))
    click.echo(
        _("\n{found} of {all} places, {links} links").format(
            found=len(found), all=len(geography.places), links=len(geography.links)
        )
    )


def _geography() -> Geography:
    """Return the places and links."""
    from trasiego.world.geography import load_geography

    return load_geography()


def _place_ids() -> list[str]:
    """Return the ids of the places."""
    return [place.id for place in _geography().places]


def _scenario_heads() -> dict[str, dict[str, Any]]:
    """Return the head of each scenario; what a cut leaves out it has from its base."""
    heads = candidates.shipped_heads("scenarios", "scenario")
    return {name: {**heads.get(str(head.get("base")), {}), **head} for name, head in heads.items()}


def _one_scenario(name: str, heads: dict[str, dict[str, Any]], as_json: bool) -> None:
    """Show the head of one scenario."""
    refuse_unknown("scenarios", _("scenario"), name, heads)
    if as_json:
        write_json({"name": name, **heads[name]})
        return
    screen = console()
    screen.print(str(heads[name].get("title", name)), style="bold")
    for key, value in heads[name].items():
        if key != "title":
            screen.print(f"{key}: {value}" if key != "description" else f"\n{value}\n")
    screen.print(_("file: {path}").format(path=data_folder("scenarios") / f"{name}.toml"), soft_wrap=True)


def _one_place(geography: Geography, name: str, as_json: bool) -> None:
    """Show one place and the links that begin or end there."""
    known = {place.id: place for place in geography.places}
    if name not in known:
        raise Faults(
            option_fault(
                "trasiego places",
                found=_("no place of the id {name}").format(name=name),
                allowed=_("the id of a place"),
                close=nearest(name, known),
                do=_("trasiego places --search TEXT finds it by its name"),
            )
        )
    place = known[name]
    meeting = [link for link in geography.links if name in (link.from_, link.to)]
    if as_json:
        write_json({"place": place, "links": meeting})
        return
    screen = console()
    screen.print(f"{place.name} ({place.id})", style="bold")
    screen.print(
        f"{place.kind}, {place.admin1_name}, {geography.countries.get(place.country, place.country)}"
    )
    screen.print(
        _("{lat:.2f}, {lon:.2f}; population {people}").format(
            lat=place.lat, lon=place.lon, people=figure(place.population or None)
        )
    )
    screen.print(f"{place.role_source} {place.note}".strip())
    rows = [(link.from_, link.to, link.mode, f"{link.distance_km:,.0f}") for link in meeting]
    columns = ((_("from"), "name"), (_("to"), "name"), (_("mode"), "name"), (_("km"), "right"))
    screen.print(table(columns, rows, title=_("\nlinks")))
