"""Candidates of two invented reports, enough for a small network."""

from trasiego.reading.candidate import Candidate


def entity(document, name, type_, at=0, **more):
    return Candidate(
        "entity", document, name, at, at + len(name), id=f"{document}-{name}", name=name, type=type_, **more
    )


def relation(document, name, subject, predicate, object_, quote, **more):
    return Candidate(
        "relation",
        document,
        quote,
        0,
        len(quote),
        id=name,
        subject=subject,
        predicate=predicate,
        object=object_,
        sentence=f"{quote}.",
        **more,
    )


def two_reports():
    """Return the candidates: a group under two names, a person with an alias, a place, police twice."""
    return [
        entity("a.txt", "Los Tucanes", "group"),
        entity("a.txt", "Ofelia Brandt Quiroz", "person", aliases=["La Jefa"], role="head of the group"),
        entity("a.txt", "Puerto Lago", "place", place_id="xx-lago", country="GT"),
        entity("a.txt", "Quiroz", "place", country="MX"),
        entity("a.txt", "Ministerio Público", "agency", aliases=["MP"], country="GT"),
        entity("b.txt", "The Toucans", "group"),
        entity("b.txt", "Ofelia Brandt Quiroz", "person"),
        entity("b.txt", "Lago", "place", place_id="xx-lago", country="GT"),
        relation(
            "a.txt",
            "a1",
            "La Jefa",
            "leads",
            "Los Tucanes",
            "Brandt, alias “La Jefa”, leads Los Tucanes",
            modality="alleged",
            attribution="prosecutor Ofelia Brandt Quiroz",
            title="Brandt seen again",
            publisher="El Ejemplo",
            confidence=0.7,
        ),
        relation("a.txt", "a2", "Los Tucanes", "bribes", "police", "Los Tucanes pay police", date="2019-05"),
        relation(
            "a.txt", "a3", "Los Tucanes", "operates_in", "Puerto Lago", "Los Tucanes work in Puerto Lago"
        ),
        relation("b.txt", "b1", "The Toucans", "operates_in", "Lago", "The Toucans of Lago"),
        relation("b.txt", "b2", "The Toucans", "bribes", "police", "The Toucans pay police"),
        relation("b.txt", "b3", "The Toucans", "charges_fee", "cocaine loads", "a fee", modality="denied"),
    ]


MERGE = {
    "id": "m1",
    "type": "group",
    "names": ["Los Tucanes", "The Toucans"],
    "documents": ["a.txt", "b.txt"],
}
SECRETS = ("Ofelia", "Brandt", "La Jefa")
