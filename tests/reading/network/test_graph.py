"""Who is one party, what each edge says, and that names of persons are kept back."""

import json

import pytest

from tests.reading.network.small import MERGE, SECRETS, entity, relation, two_reports
from trasiego.reading.network import graph_of


def labels(graph, type_):
    return sorted(about["label"] for _node, about in graph.nodes(data=True) if about["type"] == type_)


def between(graph):
    return sorted(
        (graph.nodes[one]["label"], about["predicate"], graph.nodes[other]["label"])
        for one, other, about in graph.edges(data=True)
    )


def test_nothing_is_merged_that_was_not_accepted():
    graph = graph_of(two_reports())
    assert labels(graph, "group") == ["Los Tucanes", "The Toucans"]
    merged = graph_of(two_reports(), [MERGE])
    assert labels(merged, "group") == ["Los Tucanes"]
    (about,) = [about for _node, about in merged.nodes(data=True) if about["type"] == "group"]
    assert about["aliases"] == ["The Toucans"]
    assert about["documents"] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("change", [{"type": "agency"}, {"documents": ["c.txt"]}])
def test_a_merge_of_something_else_changes_nothing(change):
    assert labels(graph_of(two_reports(), [MERGE | change]), "group") == ["Los Tucanes", "The Toucans"]


def test_a_place_of_the_map_is_one_and_persons_and_unnamed_parties_are_one_in_each_report():
    graph = graph_of(two_reports(), with_names=True)
    assert labels(graph, "place") == ["Puerto Lago", "Quiroz"]
    assert labels(graph, "person") == ["Ofelia Brandt Quiroz"] * 2
    assert labels(graph, "actor") == ["police"] * 2
    assert labels(graph, "thing") == ["cocaine loads"]


def test_every_relation_is_an_edge_with_its_source():
    graph = graph_of(two_reports(), [MERGE])
    relations = [each for each in two_reports() if each.kind == "relation"]
    assert {key for _one, _other, key in graph.edges(keys=True)} == {each.id for each in relations}
    for _one, _other, about in graph.edges(data=True):
        assert about["document"] and about["quote"] and about["modality"]
    about = next(about for _one, _other, key, about in graph.edges(keys=True, data=True) if key == "a1")
    assert (about["modality"], about["publisher"], about["confidence"]) == ("alleged", "El Ejemplo", 0.7)


def test_an_alias_leads_to_its_party():
    graph = graph_of(two_reports(), with_names=True)
    assert ("Ofelia Brandt Quiroz", "leads", "Los Tucanes") in between(graph)


def test_without_names_no_name_of_a_person_is_anywhere():
    graph = graph_of(two_reports())
    everything = json.dumps([list(graph.nodes(data=True)), list(graph.edges(data=True))])
    assert not [secret for secret in SECRETS if secret in everything]
    assert labels(graph, "person") == ["a person", "head of the group"]
    assert "Quiroz" in labels(graph, "place")
    named = json.dumps(list(graph_of(two_reports(), with_names=True).nodes(data=True)))
    assert "Ofelia" in named


def test_an_empty_file_gives_an_empty_graph():
    assert len(graph_of([])) == 0


def test_a_party_may_have_relations_with_itself_and_several_with_another():
    said = [
        entity("a.txt", "Los Tucanes", "group"),
        relation("a.txt", "x", "Los Tucanes", "rival_of", "Los Tucanes", "they fight themselves"),
        relation("a.txt", "y", "Los Tucanes", "bribes", "police", "they pay"),
        relation("a.txt", "z", "Los Tucanes", "bribes", "police", "they pay again"),
    ]
    graph = graph_of(said)
    assert (len(graph), graph.number_of_edges()) == (2, 3)
