"""Damaged documents: made reports in four formats, with what files suffer and what nobody thinks of."""

import random
from functools import cache

from tests.reading.made import ENGLISH, SPANISH, page_of, pdf_of, text_of, word_of

ENDINGS = (".txt", ".html", ".docx", ".pdf")
WEIGHTS = (6, 3, 1, 2)
LARGEST = 20_000
"""Bytes that a damaged document has at most, apart from what its format adds."""

TEXTS = tuple((*text[:2], text[at]) for text in (ENGLISH, SPANISH) for at in (2, 3, 4))
"""Short, so that ten thousand of them are read in minutes."""

ODD = (
    *(
        "\u0000",
        "\ufffd",
        "\ufeff",
        "\u200b",
        "\u202e",
        "\u00ad",
        "\ud7ff",
        "e\u0301\u0301\u0301",
        "\U0001f4a3",
    ),
    *(
        "ﬁ",
        "Ⅷ",
        "½",
        "٣٤٥",
        "ı",
        "ß",
        "ǅ",
        "Ω",
        "漢字",
        "नमस्ते",
        "\u2028",
        "\x85",
        "\x0c",
        "\x1b[31m",
        "Ã³",
        "â€œ",
    ),
    *("&nbsp;", "&#0;", "«", "¿¡", "$€£Q", "1.2.3,4", "−5", "10^9"),
)
REPEATED = (
    *(
        "(",
        "[",
        "<",
        "{",
        "“",
        "((a)",
        "9",
        "1,",
        "1.",
        "1 2 ",
        "$1 ",
        "30 to ",
        "50 kg of ",
        "más de ",
        "de la ",
        "and ",
    ),
    *(
        "A. ",
        "U.S. ",
        "Los ",
        "alias “",
        "John Smith, ",
        "-",
        "a-",
        "...",
        "\n",
        "\t",
        " ",
        "x",
        "á",
        "<div>",
        "</p>",
    ),
    *(
        "<b><i>",
        "&amp;",
        "http://a.b/",
        "Gen. ",
        "2014-05-03 ",
        "SEE ALSO: ",
        "said ",
        "the leader of the leader of ",
    ),
    *("2 tons of cocaine and ", ";", "€", "Q1 million ", "%"),
)


@cache
def _bases(ending):
    made = {
        ".txt": lambda parts: text_of(parts).encode(),
        ".html": page_of,
        ".docx": word_of,
        ".pdf": lambda parts: pdf_of([list(parts[:2]), list(parts[2:])]),
    }[ending]
    return [made(each) for each in TEXTS]


def mutated(seed):
    """Return (ending, bytes) of one damaged document; the same for the same seed."""
    draw = random.Random(seed)
    ending = draw.choices(ENDINGS, WEIGHTS)[0]
    if ending != ".txt" and draw.random() < 0.5:
        # The text is damaged, its container is whole.
        return ending, _contained(ending, _damaged_text(draw))
    data = draw.choice(_bases(ending))
    for _time in range(draw.choice((1, 1, 2, 4))):
        data = draw.choice(DAMAGES)(data, draw)
    return ending, data[:LARGEST]


def _contained(ending, text):
    parts = text.split("\n\n")
    if ending == ".html":
        return page_of([*parts, "", ""])
    if ending == ".docx":
        return word_of(["".join(each if each.isprintable() else " " for each in part) for part in parts])
    return pdf_of([part.split("\n") for part in parts])


def _damaged_text(draw):
    data = text_of(draw.choice(TEXTS)).encode()
    for _time in range(draw.choice((1, 2, 3))):
        data = draw.choice(DAMAGES)(data, draw)[: LARGEST // 4]
    return data.decode("utf-8", errors="replace")


def _flip(data, draw):
    out = bytearray(data)
    for _time in range(draw.choice((1, 5, 50))):
        if out:
            out[draw.randrange(len(out))] = draw.randrange(256)
    return bytes(out)


def _cut(data, draw):
    at = draw.randrange(len(data) + 1)
    return draw.choice((data[:at], data[at:], data[:at] + data[at + draw.randrange(200) :]))


def _repeat(data, draw):
    first = draw.randrange(len(data) + 1)
    block = data[first : first + draw.choice((1, 10, 100, 1000))]
    return data[:first] + block * draw.choice((2, 10, 30)) + data[first:]


def _run(data, draw):
    """Put in a long run of one string."""
    at = draw.randrange(len(data) + 1)
    return data[:at] + draw.choice(REPEATED).encode() * draw.choice((3, 40, 300, 1500)) + data[at:]


def _odd(data, draw):
    for _time in range(draw.choice((1, 5, 50))):
        at = draw.randrange(len(data) + 1)
        data = data[:at] + draw.choice(ODD).encode() + data[at:]
    return data


def _recode(data, draw):
    """Read it in one encoding and write it in another, all or from some place on."""
    at = draw.choice((0, draw.randrange(len(data) + 1)))
    text = data[at:].decode("utf-8", errors="replace")
    encoding = draw.choice(("cp1252", "latin-1", "utf-16", "utf-16-le", "utf-32", "cp850"))
    twice = draw.random() < 0.5
    there = text.encode(encoding, errors="replace")
    return data[:at] + (there.decode("cp1252", errors="replace").encode() if twice else there)


def _glue(data, draw):
    """Take out all line ends, or all spaces, or put each word on a line of its own."""
    return draw.choice(
        (
            data.replace(b"\n", b""),
            data.replace(b" ", b""),
            data.replace(b" ", b"\n"),
            data.replace(b"\n", b"\r"),
        )
    )


def _case(data, draw):
    return draw.choice((data.upper, data.lower, data.swapcase))()


def _shuffle(data, draw):
    words = data.split(b" ")
    draw.shuffle(words)
    return b" ".join(words)


def _mix(data, draw):
    """Put a piece of another kind of file inside."""
    other = draw.choice(_bases(draw.choice(ENDINGS)))
    at = draw.randrange(len(data) + 1)
    return data[:at] + other[: draw.choice((100, 2000, 10_000))] + data[at:]


DAMAGES = (_flip, _cut, _repeat, _run, _odd, _recode, _glue, _case, _shuffle, _mix)
