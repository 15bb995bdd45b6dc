"""Entities as candidates: quote, sentence and confidence."""

from trasiego.reading.names.candidates import entity_candidates

TEXT = (
    "Police acted in Gualán, Guatemala.\nThe Tejones gang lost a load. Its leader, "
    "Elmer Ponce Rivas, fled to Qorpa."
)


def test_candidates_quote_the_text_and_its_sentence(report):
    document, passages, names = report(TEXT)
    candidates = entity_candidates(document, passages, names)
    assert [each.name for each in candidates] == [each.name for each in names.entities]
    for each in candidates:
        assert each.kind == "entity"
        assert document.text[each.start : each.end] == each.quote
        at = each.start - each.sentence_start
        assert each.sentence[at : at + len(each.quote)] == each.quote
        assert 0 < each.confidence < 1
        assert each.language == "en"


def test_a_known_place_ranks_above_an_unknown_one(report):
    candidates = {each.name: each for each in entity_candidates(*report(TEXT))}
    assert candidates["Gualán"].confidence > candidates["Qorpa"].confidence
    assert candidates["Gualán"].place_id == "gt-gualan"
