"""The graph as GEXF and as FollowTheMoney."""

import json

import pytest

from tests.reading.network.small import MERGE, SECRETS, two_reports
from trasiego.common.faults import Faults
from trasiego.common.predicates import PREDICATES
from trasiego.reading.mentions import ENTITY_TYPES
from trasiego.reading.network import files, graph_of, write_follow_the_money, write_gexf


@pytest.fixture
def graph():
    return graph_of(two_reports(), [MERGE])


def test_gexf_is_read_back_with_all_that_nodes_and_edges_say(graph, tmp_path):
    import networkx as nx

    write_gexf(graph, tmp_path / "n.gexf")
    again = nx.read_gexf(tmp_path / "n.gexf")
    assert set(again) == set(graph)
    assert again.number_of_edges() == graph.number_of_edges()
    assert {about["label"] for _n, about in again.nodes(data=True)} == {
        about["label"] for _n, about in graph.nodes(data=True)
    }
    quotes = sorted(about["quote"] for _a, _b, about in again.edges(data=True))
    assert quotes == sorted(about["quote"] for _a, _b, about in graph.edges(data=True))
    assert {about["modality"] for _a, _b, about in again.edges(data=True)} == {"stated", "alleged", "denied"}
    assert [path.name for path in tmp_path.iterdir()] == ["n.gexf"]


def test_follow_the_money_has_an_entity_for_each_party_and_a_link_for_each_statement(graph, tmp_path):
    write_follow_the_money(graph, tmp_path / "n.json")
    lines = [json.loads(line) for line in (tmp_path / "n.json").read_text("utf-8").splitlines()]
    assert len(lines) == len(graph) + graph.number_of_edges()
    assert len({line["id"] for line in lines}) == len(lines)
    links = lines[len(graph) :]
    assert sorted(link["schema"] for link in links) == [
        "Directorship", "Payment", "Payment", "UnknownLink", "UnknownLink", "UnknownLink",
    ]  # fmt: skip
    leads = next(link["properties"] for link in links if link["schema"] == "Directorship")
    assert leads["description"] == ["alleged, leads, according to prosecutor head of the group"]
    assert leads["status"] == ["alleged"]
    assert leads["role"] == ["leads"]
    assert all(link["properties"]["description"] and link["properties"]["recordId"] for link in links)
    text = (tmp_path / "n.json").read_text("utf-8")
    assert not [secret for secret in SECRETS if secret in text]


def test_follow_the_money_holds_to_its_schema(graph):
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed")
    every = {each["id"]: each for each in files.entities_of(graph)}
    for each in every.values():
        schema = ftm.model.get(each["schema"])
        proxy = ftm.model.get_proxy({**each, "caption": ""}, cleaned=False)
        schema.validate(each)
        assert set(proxy.to_dict()["properties"]) == set(each["properties"]), each
        for name, values in each["properties"].items():
            wanted = schema.get(name).range
            for value in values if wanted else ():
                assert ftm.model.get(every[value]["schema"]).is_a(wanted), (each, name)


def test_every_type_and_predicate_can_be_written():
    mapping = files._mapping()
    assert set(ENTITY_TYPES) | {"actor", "thing"} == set(mapping["nodes"])
    assert set(mapping["links"]) <= set(PREDICATES)
    used = {
        link[end][1]
        for link in [*mapping["links"].values(), mapping["link"]]
        for end in ("subject", "object")
    }
    assert used <= set(mapping["ranges"])
    assert set(mapping["nodes"].values()) <= set(mapping["ranges"]["Thing"])


def test_a_folder_that_is_not_there_is_one_fault(graph, tmp_path):
    for write in (write_gexf, write_follow_the_money):
        with pytest.raises(Faults, match="could not write n.gexf"):
            write(graph, tmp_path / "no" / "n.gexf")
