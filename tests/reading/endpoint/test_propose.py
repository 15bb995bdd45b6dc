"""Proposals of a language model count only where the report bears them out; an endpoint may fail."""

from collections import Counter

import pytest

from tests.reading.endpoint.conftest import document_of
from trasiego.common.faults import Faults
from trasiego.reading.checking import problems
from trasiego.reading.endpoint import propose

ENTITY = {
    "kind": "entity",
    "type": "group",
    "name": "Los Tucanes",
    "quote": "los tucanes pay 1,300 soldiers",
    "modality": "stated",
    "confidence": 0.95,
}
QUANTITY = {
    "kind": "quantity",
    "value": 1300,
    "unit": "person",
    "what": "soldiers paid",
    "quote": "pay 1,300 soldiers",
    "modality": "alleged",
    "attribution": "prosecutor Brandt",
}
RELATION = {
    "kind": "relation",
    "subject": "Los Tucanes",
    "predicate": "bribes",
    "object": "soldiers",
    "quote": "Los Tucanes pay 1,300 soldiers",
    "modality": "alleged",
}


def asked(stub, document, **settings):
    """Return the candidates and the reasons of those dropped."""
    dropped = Counter()
    settings = {"timeout": 5, "pause": 0.01} | settings
    return propose(document, stub.url, "small", dropped=dropped, **settings), dropped


def test_good_proposals_become_candidates_with_their_place_in_the_text(stub, document):
    stub.claims(ENTITY, QUANTITY, RELATION)
    found, dropped = asked(stub, document)
    assert not dropped
    entity, quantity, relation = found
    for each in found:
        assert document.text[each.start : each.end] == each.quote
        assert each.sentence == "Los Tucanes pay 1,300 soldiers in Puerto Lago, said prosecutor Brandt."
        assert document.text[each.sentence_start :].startswith(each.sentence)
        assert problems({**each.to_dict(), "id": "1", "start": each.start}) == []
    assert (entity.name, entity.quote, entity.confidence) == (
        "Los Tucanes",
        "Los Tucanes pay 1,300 soldiers",
        0.5,
    )
    assert (quantity.value, quantity.modality, quantity.attribution) == (1300, "alleged", "prosecutor Brandt")
    assert (relation.predicate, relation.proposed_by) == ("bribes", "model:small")
    assert (relation.publisher, relation.published, relation.document) == (
        "El Ejemplo",
        "2020-05-01",
        "a.txt",
    )


def test_quotation_marks_and_spaces_may_differ(stub, document):
    stub.claims(
        RELATION | {"quote": '"They own the harbour,"', "object": "the harbour", "predicate": "controls"}
    )
    (found,), _dropped = asked(stub, document)
    assert found.quote == "“They own  the\nharbour,”"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": "Los Tucanes pay 1,400 soldiers"}, "the quotation is not in the text"),
        ({"quote": "newsletter about Los Gavilanes"}, "the quotation is not in the text"),
        ({"quote": "os Tucanes pay"}, "the quotation is not in the text"),
        ({"quote": " "}, "the quotation is not in the text"),
        ({"quote": None}, "no object with a quote"),
        ({"kind": "rumour"}, "no kind of candidate"),
        ({"modality": None}, "no modality"),
        ({"modality": "certain"}, "modality is not as candidates have it"),
        ({"type": "cartel"}, "type is not as candidates have it"),
        ({"name": "Los Halcones"}, "the name is not in the quotation"),
        ({"attribution": "the army"}, "who says so is not in the text"),
        ({"confidence": "high"}, "confidence is not as candidates have it"),
    ],
)
def test_what_the_report_does_not_bear_out_is_dropped_with_its_reason(stub, document, change, reason):
    stub.claims(ENTITY | change)
    assert asked(stub, document) == ([], {reason: 1})


@pytest.mark.parametrize(
    ("base", "change", "reason"),
    [
        (QUANTITY, {"value": 1301.0 * 2}, "the figure is not in the quotation"),
        (QUANTITY, {"unit": "gallon"}, "unit is not in the list"),
        (QUANTITY, {"value": None}, "value is not as candidates have it"),
        (QUANTITY, {"what": ""}, "nothing that is counted"),
        (RELATION, {"predicate": "loves"}, "predicate is not as candidates have it"),
        (RELATION, {"object": "the bishop"}, "a party is not in the text"),
        (RELATION, {"subject": ["Los Tucanes"]}, "subject is not as candidates have it"),
    ],
)
def test_the_closed_lists_hold_for_every_kind(stub, document, base, change, reason):
    stub.claims(base | change)
    assert asked(stub, document) == ([], {reason: 1})


@pytest.mark.parametrize(
    ("quote", "figures", "unit"),
    [
        ("medio millón de dólares al mes", {"value": 5e5}, "USD/month"),
        ("2,6 millones de quetzales", {"value": 2.6e6}, "GTQ"),
        ("el 10 por ciento", {"value": 0.1}, "share"),
        ("between twenty and thirty-five boats", {"low": 20, "high": 35}, "vessel"),
        ("a third of the harvest", {"value": 1 / 3}, "share"),
        ("1.300 hombres", {"value": 1300}, "person"),
        ("treinta y dos fusiles", {"value": 32}, "case"),
        ("½ or ٣ tons", {"value": 3}, None),
    ],
)
def test_a_figure_may_stand_in_digits_or_in_words(stub, quote, figures, unit):
    stub.claims(
        {"kind": "quantity", "what": "x", "quote": quote, "unit": unit or "t", "modality": "stated"} | figures
    )
    found, dropped = asked(stub, document_of(f"It was {quote}."))
    assert (len(found), sum(dropped.values())) == ((1, 0) if unit else (0, 1))


def test_a_confidence_is_cut_and_unknown_keys_and_aliases_nobody_wrote_are_left_out(stub, document):
    stub.claims(
        ENTITY | {"confidence": 7, "aliases": ["Brandt", "Los Otros"], "document": "b.txt", "id": "x"}
    )
    (found,), _dropped = asked(stub, document)
    assert (found.confidence, found.aliases, found.document, found.id) == (0.5, ["Brandt"], "a.txt", "")


def test_only_the_report_itself_is_sent_to_the_named_path_with_the_key(stub, document, monkeypatch):
    monkeypatch.setenv("OTHER_KEY", "secret")
    stub.claims()
    assert asked(stub, document, key_env="OTHER_KEY") == ([], {})
    (sent,) = stub.requests
    assert (stub.paths, stub.keys) == (["/v1/chat/completions"], ["Bearer secret"])
    assert sent["model"] == "small"
    assert sent["response_format"] == {"type": "json_object"}
    words = sent["messages"][1]["content"]
    assert "Los Tucanes" in words and "Gavilanes" not in words
    stub.claims()
    monkeypatch.delenv("TRASIEGO_MODEL_KEY", raising=False)
    asked(stub, document)
    assert stub.keys[-1] is None


@pytest.mark.parametrize("around", ["Here you are:\n```json\n{}\n```\nDone.", "{}"])
def test_json_inside_of_other_text_is_read(stub, document, around):
    import json

    stub.says(around.replace("{}", json.dumps({"claims": [ENTITY, ENTITY, "no", 3]})))
    found, dropped = asked(stub, document)
    assert (len(found), dropped) == (1, {"no object with a quote": 2})


@pytest.mark.parametrize(
    "nonsense", ["I am sorry.", '{"claims": [{"kind": ', '{"claims": 3}', "", "[" * 100_000]
)
def test_an_answer_that_is_not_json_is_asked_for_once_more(stub, document, nonsense):
    stub.says(nonsense)
    stub.claims(ENTITY)
    assert len(asked(stub, document)[0]) == 1
    stub.says(nonsense)
    stub.says(nonsense)
    assert asked(stub, document) == ([], {"an answer that is not JSON": 1})


def test_a_passing_trouble_is_waited_for(stub, document):
    stub.does(500, "busy")
    stub.does(429)
    stub.claims(ENTITY)
    assert len(asked(stub, document)[0]) == 1
    assert len(stub.requests) == 3


@pytest.mark.parametrize(
    ("status", "body", "told", "tries"),
    [
        (401, '{"error": "bad key"}', "status 401", 1),
        (404, "", "status 404: an empty answer", 1),
        (302, "", "status 302", 1),
        (503, "down", "status 503: down", 4),
        (200, "<html>hello</html>", "<html>hello</html>", 1),
        (200, '{"choices": []}', "an answer of an OpenAI-compatible endpoint", 1),
        (200, '{"choices": [{"message": {"content": null}}]}', "an answer of", 1),
    ],
)
def test_an_endpoint_that_refuses_or_answers_nonsense_is_one_fault(stub, document, status, body, told, tries):
    for _try in range(tries):
        stub.does(status, body)
    with pytest.raises(Faults, match=told) as raised:
        asked(stub, document)
    assert len(raised.value.faults) == 1
    assert len(stub.requests) == tries


def test_an_endpoint_that_does_not_answer_in_time_is_one_fault(stub, document):
    for _try in range(4):
        stub.does(200, "{}", wait=0.6)
    with pytest.raises(Faults, match="timed out"):
        asked(stub, document, timeout=0.1)


@pytest.mark.parametrize("url", ["http://" + "127.0.0.1:9/v1", "file:///etc/passwd", "", "models"])
def test_an_address_that_leads_nowhere_is_one_fault(document, url):
    with pytest.raises(Faults) as raised:
        propose(document, url, "small", timeout=2, pause=0.01)
    assert "language model small" in raised.value.faults[0].text()


def test_a_long_report_goes_in_parts_and_all_of_it_goes(stub):
    paragraphs = [f"Paragraph {number} " + "word " * 300 for number in range(12)] + ["x" * 15_000]
    document = document_of(*paragraphs)
    for _part in range(10):
        stub.claims()
    assert asked(stub, document) == ([], {})
    sent = "".join(request["messages"][1]["content"] for request in stub.requests)
    assert len(stub.requests) > 4
    assert all(len(request["messages"][1]["content"]) < 7000 for request in stub.requests)
    assert all(f"Paragraph {number} " in sent for number in range(12))
    assert sent.count("x") >= 15_000
