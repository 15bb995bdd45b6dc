"""Make data/reading/names/person_names.csv: given names and surnames, as Faker (MIT) lists them.

Usage: python make_person_names.py [--write]
"""

from __future__ import annotations

import importlib
import sys
import unicodedata
from pathlib import Path

TARGET = Path(__file__).parents[2] / "src" / "trasiego" / "data" / "reading" / "names" / "person_names.csv"
GIVEN = "es_AR es_CL es_CO es_ES es_MX es en_US pt_BR it_IT nl_NL fr_FR de_DE en_GB".split()
FAMILY = "es_AR es_CL es_CO es_ES es_MX es pt_BR it_IT en_US nl_NL".split()
MORE_GIVEN = (
    "Alvaro Otto Gerson Nayib Dairo Wilmer Wilson Jhon Jhonny Yeison Jeison Ovidio Nemesio Ismael "
    "Heriberto Evaristo  Edgardo Elmer Selvin Wilfredo Osvaldo Rolando Arnoldo Nelson Milton Edwin Erwin "
    "Walter Darwin Franklin Freddy  Fredy Byron Elvin Hugo Ivan Joaquin Amado Osiel Vicente Aurelio "
    "Juancho Waldemar Haroldo Eliu Mario Marllory  Jairo Didier Fabio Gentil Seuxis Rodrigo Timoleon Iris "
    "Delcy Diosdado Tareck Nicolas Leopoldo Lenin Rafael  Daniel Ollanta Keila Dina Pedro Evo Jeanine "
    "Luiz Jair Dilma Fernandinho Marcos Sergio Horacio  Mauricio Salvador Xiomara Porfirio Juan Manuel "
    "Alfredo Jimmy Alejandro Bernardo Consuelo Thelma Norma "
).split()
LIMIT_ENGLISH_FAMILY = 400
LETTERS = 3


def fold(word: str) -> str:
    """Return a word in small letters without accents."""
    plain = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def listed(locale: str, kind: str) -> list[str]:
    """Return the names of a kind ("first_names" or "last_names") that a locale lists."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    names: list[str] = []
    for attribute in dir(provider):
        if attribute.startswith(kind) and isinstance(getattr(provider, attribute), (tuple, list, dict)):
            names += list(getattr(provider, attribute))
    if locale.startswith("en") and kind == "last_names":
        names = names[:LIMIT_ENGLISH_FAMILY]
    return names


def main() -> None:
    """Print how many there are, and write the file where asked."""
    given = {fold(word) for each in GIVEN for name in listed(each, "first_names") for word in name.split()}
    family = {fold(word) for each in FAMILY for name in listed(each, "last_names") for word in name.split()}
    given |= {fold(word) for word in MORE_GIVEN}
    rows = [
        f"{name},{int(name in given)},{int(name in family)}"
        for name in sorted(given | family)
        if len(name) >= LETTERS and name.replace("'", "").isalpha()
    ]
    print(f"{len(rows)} names")
    if "--write" in sys.argv:
        TARGET.write_text("name,given,family\n" + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
