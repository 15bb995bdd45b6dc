"""Passages: sentences, words, the models run in our own loop, and what is kept from them."""

import pytest

from trasiego.reading import parsing
from trasiego.reading.document import Document
from trasiego.reading.parsing import PIECE_CHARACTERS, parse, parse_many, pipeline
from trasiego.reading.sentences import sentence_starts

ENGLISH = (
    "Gen. Pedro Inventado met Gov. Rosa Ficticia on Nov. 16-17 in Santa Marea. Nobody was arrested. "
    "The group, led by J. Molina, moved 20 tons a year for the Cartel del Faro."
)
SPANISH = (
    "El Gral. Pedro Inventado se reunió con la Sra. Ficticia en Puerto Marea. No hubo detenidos. "
    "El grupo llevaba 20 toneladas al año para el Cartel del Faro."
)


def document(*paragraphs, language="en"):
    text, kept = "", []
    for each in paragraphs:
        kept.append((len(text), len(text) + len(each)))
        text += each + "\n\n"
    return Document("a.txt", text, tuple(kept), language)


def sentences(text):
    starts = [*sentence_starts(text), len(text)]
    return [text[first:last].strip() for first, last in zip(starts, starts[1:], strict=False)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (ENGLISH, 3),
        (SPANISH, 3),
        ("The U.S. Navy seized 3.5 tons. In the U.S. It is not rare.", 3),
        ("He said “No.” Then he left.", 2),
        ("“Who pays?” asked the judge. Nobody knew!", 2),
        ("«¿Quién paga?», preguntó el juez. ¿Nadie? Nadie.", 3),
        ("Cobraban $1.500. Art. 12 del código. Vino a las 5 p.m. La policía llegó.", 4),
        ("The raid began at 5 a.m. and ended at 7 a.m. Police said so.", 2),
        ("They left for Puerto Marea.The army followed.", 2),
        ("Unit No. 3 of Dr. R. J. Molina et al. had it", 1),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, count):
    assert len(sentences(text)) == count, sentences(text)


def test_passages_lie_where_they_say_and_sentences_stay_within_paragraphs():
    read = document("Short one", ENGLISH, "And a third one without an end")
    passages = parse(read)
    assert len(passages) == 3
    for passage in passages:
        text = passage.tokens.text
        assert read.text[passage.start : passage.start + len(text)] == text
        assert [each.start_char for each in passage.sentences] == sentence_starts(text)


def test_our_loop_decides_what_the_models_own_loop_decides():
    language = pipeline("en")
    ours = parse(document(ENGLISH))[0].tokens
    theirs = parsing._words(language, ENGLISH)
    for _name, component in language.pipeline:
        theirs = component(theirs)
    for name in ("text", "tag_", "pos_", "dep_", "lemma_", "ent_type_", "ent_iob_"):
        assert [getattr(each, name) for each in ours] == [getattr(each, name) for each in theirs], name
    assert [each.head.i for each in ours] == [each.head.i for each in theirs]
    assert [str(each.morph) for each in ours] == [str(each.morph) for each in theirs]


@pytest.mark.parametrize("has_model", [True, False])
def test_spanish_has_sentences_with_and_without_its_model(monkeypatch, has_model):
    if not has_model:
        monkeypatch.setitem(parsing.MODELS, "es", "no_such_model")
        monkeypatch.setattr(parsing, "pipeline", pipeline.__wrapped__)
    elif not parsing.has_model("es"):
        pytest.skip("the Spanish model is not installed")
    tokens = parse(document(SPANISH, language="es"))[0].tokens
    assert len(list(tokens.sents)) == 3
    assert tokens.has_annotation("DEP") == has_model


def test_a_document_is_parsed_alike_whatever_is_parsed_beside_it():
    alone, spanish = document(ENGLISH, "They left."), document(SPANISH, language="es")
    others = [document(*[f"{ENGLISH} {n} men were held."] * 9) for n in range(9)]
    found = {read.text: passages for read, passages in parse_many([*others, alone, spanish])}
    for each in (alone, spanish):
        ours, theirs = parse(each), found[each.text]
        assert [one.tokens.to_json() for one in ours] == [one.tokens.to_json() for one in theirs]
        assert all(
            (one.tokens.tensor == two.tokens.tensor).all() for one, two in zip(ours, theirs, strict=True)
        )


def test_endless_paragraphs_are_cut_and_endless_words_left_out():
    text = f"{ENGLISH} " * 60 + "x" * 5000 + " The end is here."
    passages = parse(document(text))
    assert max(len(each.tokens.text) for each in passages) <= PIECE_CHARACTERS
    assert passages[-1].tokens.text == " The end is here."
    assert "xxx" not in "".join(each.tokens.text for each in passages)
    assert sum(len(list(each.sentences)) for each in passages) == 181


def test_rows_of_figures_are_not_parsed_for_syntax():
    tokens = parse(document("12 345 678 90 12 (34) 56 %% 78 kg 90"))[0].tokens
    assert len(tokens) > 5 and not tokens.has_annotation("DEP")
