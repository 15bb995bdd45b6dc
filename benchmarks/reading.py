"""Reports read in a second by one core, the time until the first, and the memory that it takes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure

PAGE_WORDS = 300
RATE_TARGET, LOAD_TARGET_S, MEMORY_TARGET_MIB = 20.0, 5.0, 1536.0
REPORTS = 60
PARAGRAPHS = 12

ENGLISH = (
    "Police in {place} arrested {few} people on {month} {day} and seized {many} kilograms of cocaine "
    "that was hidden in a cargo of fruit, the Attorney General's Office said in a statement. The raid "
    "followed months of inquiries into a group known as “Los {group}s,” who are thought to have worked "
    "for the {group} Cartel since {year}.",
    "According to Gen. {person}, who leads the anti-narcotics unit, the gang moved around {few} tons a "
    "year from the border to the port of {place}, and charged between ${few} and ${many} per kilogram "
    "for the passage. “We know who pays them,” he said, “and we will find the rest of the network.”",
    "The {group} family, once the dominant power in {place}, has lost ground to a rival clan headed by "
    "{person}, alias “El {group},” who was extradited to the United States in {year}. Its remnants are "
    "believed to bribe officers of the local police, who are said to earn as little as ${many} a month.",
    "In {year}, the last year with official figures, authorities found more than {many} hectares of "
    "coca near {place}, up by {few} percent, and estimated the value of the harvest at ${few} million. "
    "Prices have since fallen.",
)
SPANISH = (
    "La Policía de {place} detuvo el {day} de mayo a {few} personas e incautó {many} kilos de cocaína "
    "ocultos en un cargamento de fruta, informó la Fiscalía en un comunicado. El grupo, conocido como "
    "«Los {group}s», trabajaría para el Cartel del {group} desde {year}.",
    "Según el Gral. {person}, jefe de la unidad antinarcóticos, la banda llevaba unas {few} toneladas "
    "al año desde la frontera hasta el puerto de {place} y cobraba entre {few} y {many} dólares por "
    "kilo. “Sabemos quién les paga”, dijo, “y vamos a encontrar al resto de la red”.",
    "La familia {group}, antes dueña de {place}, perdió terreno frente a un clan rival encabezado por "
    "{person}, alias «El {group}», extraditado a Estados Unidos en {year}. Sus restos sobornarían a "
    "agentes de la policía local.",
)
WORDS = {
    "place": (
        "Guayaquil",
        "Buenaventura",
        "Puerto Cortés",
        "Callao",
        "Santa Marta",
        "Zacapa",
        "San Pedro Sula",
    ),
    "group": ("Farol", "Tejón", "Molino", "Cuervo", "Roble", "Zorzal", "Grillo", "Pelícano"),
    "person": ("Pedro Inventado", "Rosa Ficticia", "Jaime Supuesto", "Ana Imaginaria Molina"),
    "month": ("January", "March", "June", "November"),
}

PROGRAM = """
import json, resource, sys, time
from pathlib import Path

began = time.process_time()
from trasiego.reading.extract import read_reports

def read(folder):
    return sum(len(document.text.split()) for document in read_reports(Path(folder)).documents)

read(sys.argv[1])
loaded = time.process_time() - began
began = time.process_time()
words = read(sys.argv[2])
seconds = time.process_time() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
print(json.dumps([loaded, words, seconds, peak]))
"""


def measure(quick: bool = False) -> list[Figure]:
    """Return pages in a second of CPU time, seconds until a first short report, and peak memory."""
    with tempfile.TemporaryDirectory() as place:
        first, others = Path(place) / "first", Path(place) / "others"
        write_reports(first, 2, 1)
        write_reports(others, 4 if quick else REPORTS, PARAGRAPHS)
        command = [sys.executable, "-c", PROGRAM, str(first), str(others)]
        one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, env={**os.environ, **one_thread}
        )
    loaded, words, seconds, peak = json.loads(done.stdout.splitlines()[-1])
    pages = words / PAGE_WORDS
    note = f"{pages:,.0f} made-up pages of {PAGE_WORDS} words, two of three in English; one thread, CPU time"
    return [
        Figure(
            "reading", "reports, with all candidates", pages / seconds, "pages/s", RATE_TARGET, True, note
        ),
        Figure("reading", "until a first short report in each language", loaded, "s", LOAD_TARGET_S),
        Figure("reading", "peak memory", peak, "MiB", MEMORY_TARGET_MIB),
    ]


def write_reports(folder: Path, count: int, paragraphs: int) -> None:
    """Write made-up reports as text, every third in Spanish, each different and the same at every call."""
    folder.mkdir(parents=True)
    for number in range(count):
        draw = random.Random(number)
        templates = SPANISH if number % 3 == 1 else ENGLISH
        body = [_filled(draw.choice(templates), draw) for _paragraph in range(paragraphs)]
        (folder / f"{number:04d}.txt").write_text("\n\n".join(body) + "\n", encoding="utf-8")


def _filled(template: str, draw: random.Random) -> str:
    chosen = {name: draw.choice(words) for name, words in WORDS.items()}
    figures = {"few": draw.randrange(3, 60), "many": draw.randrange(100, 2000)}
    return template.format(**chosen, **figures, day=draw.randrange(1, 29), year=draw.randrange(2005, 2024))
