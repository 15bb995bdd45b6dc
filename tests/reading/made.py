"""Reports made for tests, of invented places and people, in each of the formats that are read."""

import io

ENGLISH = (
    "Port Officials Held After Cocaine Find",
    "By Jane Q. Writer | May 3, 2014",
    "Police in the port of Santa Marea arrested 14 people on Monday and seized 1.2 tons of cocaine that was "
    "hidden in a cargo of fruit, the prosecutor's office said.",
    "According to Gen. Pedro Inventado, the group known as “Los Faroles” paid port workers between $500 and "
    "$900 a month. The U.S. Coast Guard took part in the raid.",
    "The gang moved around 20 tons a year from the valley of Río Hondo to the coast, where it is thought to "
    "work for the Cartel del Faro, a rival of the Hermanos Molina.",
)
SPANISH = (
    "Cae una red que movía droga por el puerto",
    "Por Juana Inventada | 3 de mayo de 2014",
    "La Policía de Puerto Ficticio detuvo el lunes a 14 personas e incautó 1,2 toneladas de cocaína ocultas "
    "en un cargamento de fruta, informó la Fiscalía.",
    "Según el Gral. Pedro Inventado, el grupo conocido como «Los Faroles» pagaba entre 500 y 900 dólares al "
    "mes a trabajadores del puerto. La Armada participó en el allanamiento.",
    "La banda llevaba unas 20 toneladas al año desde el valle de Río Hondo hasta la costa, donde trabajaría "
    "para el Cartel del Faro, rival de los Hermanos Molina.",
)


def text_of(parts):
    """Return a report as plain text, its paragraphs apart."""
    return "\n\n".join(parts) + "\n"


def page_of(parts):
    """Return a report as a web page with a frame around the article, as bytes."""
    title, line, *paragraphs = parts
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="The Daily Example">
<meta property="article:published_time" content="2014-05-03T08:00:00Z"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<article><h1>{title}</h1><p class="byline">{line}</p>{body}</article>
<aside><h3>Related Content</h3><p><a href="/x">Another story of the week about a far country</a></p></aside>
<div id="comments" class="comments"><h3>Comments</h3><p>Somebody: I do not believe a word of it.</p></div>
<footer><p>Subscribe to our newsletter. All rights reserved.</p></footer></body></html>""".encode()


def word_of(parts):
    """Return a report as the bytes of a Word file."""
    import docx

    document = docx.Document()
    document.add_heading(parts[0])
    for each in parts[1:]:
        document.add_paragraph(each)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_of(pages):
    """Return the bytes of a PDF file with the lines given for each page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        shown = b"".join(b"(" + _escaped(line) + b") Tj T*\n" for line in lines)
        stream = b"BT /F1 10 Tf 12 TL 50 780 Td\n" + shown + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _file_of(objects)


def _escaped(line):
    plain = line.encode("cp1252", errors="replace")
    return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file_of(objects):
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % each for each in offsets)
    count = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
        + b"trailer << /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (count, len(out))
    )
