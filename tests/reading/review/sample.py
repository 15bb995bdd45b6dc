"""Candidates of two invented reports, for tests of review and of the own ledger."""

from trasiego.reading.candidate import Candidate

FIRST = (
    "Escorts in the valley now ask 80 to 90 dollars a kilo, said Ramón Inventado, alleged leader of Los "
    "Ficticios. Inventado, known as El Ejemplo, is suspected of paying officers of the Policía Inventada."
)
SECOND = "Los guardianes cobraban al menos 70 dólares por kilo en el VRAEM, según la fiscalía."

REPORTS = {
    "first.txt": {
        "title": "What Inventado charges", "publisher": "InSight Crime", "author": "A. Reporter",
        "published": "2012-09-01", "language": "en",
    },
    "second.txt": {
        "title": "Cuotas", "publisher": "Diario Inventado", "published": "2013-02", "language": "es",
    },
}  # fmt: skip


def candidate(kind, document, quote, id, **fields):
    """Return a candidate whose words stand in the text of one of the reports."""
    text = {"first.txt": FIRST, "second.txt": SECOND}[document]
    start = text.index(quote)
    about = {"sentence": text, "sentence_start": 0} | REPORTS[document]
    return Candidate(kind, document, quote, start, start + len(quote), id=id, **(about | fields))


def candidates():
    """Return one candidate of each kind, and a second figure that contradicts the first."""
    return [
        candidate(
            "quantity", "first.txt", "80 to 90 dollars a kilo", "c1", low=80.0, high=90.0, unit="USD/kg",
            what="escort fee", place="VRAEM", attribution="Ramón Inventado", modality="stated",
            confidence=0.8, contradicts=["c5"],
        ),
        candidate(
            "entity", "first.txt", "Ramón Inventado", "c2", type="person", name="Ramón Inventado",
            aliases=["El Ejemplo"], role="alleged leader of Los Ficticios", confidence=0.7,
        ),
        candidate(
            "relation", "first.txt", "alleged leader of Los Ficticios", "c3",
            subject="Ramón Inventado", predicate="leads", object="Los Ficticios", modality="alleged",
        ),
        candidate(
            "entity", "first.txt", "Los Ficticios", "c4", type="group", name="Los Ficticios", confidence=0.9
        ),
        candidate(
            "quantity", "second.txt", "al menos 70 dólares por kilo", "c5", low=70.0, unit="USD/kg",
            what="escort fee", place="VRAEM", attribution="la fiscalía", confidence=0.6,
        ),
        candidate("entity", "second.txt", "VRAEM", "c6", type="place", name="VRAEM", country="PE"),
    ]  # fmt: skip


MERGE = {
    "id": "m1", "names": ["Los Ficticios", "Ficticios"], "documents": ["first.txt", "second.txt"],
    "type": "group", "score": 0.96, "reason": "the same but for the article",
}  # fmt: skip
