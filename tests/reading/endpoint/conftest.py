"""A small server that answers as a language model does, in the order that a test gives."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from trasiego.reading.document import Document

PARAGRAPHS = (
    "Los Tucanes pay 1,300 soldiers in Puerto Lago, said prosecutor Brandt. "
    "“They own  the\nharbour,” she added.",
    "La banda movía medio millón de dólares al mes, unos 2,6 millones de quetzales. Cobra el 10 por ciento.",
    "Subscribe to our newsletter about Los Gavilanes",
)


def document_of(*paragraphs, kept=None):
    text = "\n\n".join(paragraphs)
    spans, at = [], 0
    for each in paragraphs:
        spans.append((at, at + len(each)))
        at += len(each) + 2
    kept = spans if kept is None else spans[:kept]
    return Document("a.txt", text, tuple(kept), "en", "Harbour", "El Ejemplo", "A. Writer", "2020-05-01")


@pytest.fixture
def document():
    return document_of(*PARAGRAPHS, kept=2)


class Stub:
    """What the server does with each request in turn, and the requests that it got."""

    def __init__(self):
        self.answers = []
        self.requests = []
        self.paths = []
        self.keys = []

    def says(self, content):
        """Answer with this text of a model (what is no text as JSON)."""
        text = content if isinstance(content, str) else json.dumps(content)
        self.answers.append((200, json.dumps({"choices": [{"message": {"content": text}}]}), 0.0))

    def claims(self, *claims):
        self.says({"claims": list(claims)})

    def does(self, status, body="", wait=0.0):
        self.answers.append((status, body, wait))


@pytest.fixture
def stub():
    made = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            made.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            made.paths.append(self.path)
            made.keys.append(self.headers.get("Authorization"))
            status, body, wait = made.answers.pop(0) if made.answers else (500, "nothing left", 0.0)
            time.sleep(wait)
            try:
                self.send_response(status)
                if status in (301, 302):
                    self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(body.encode())
            except OSError:
                pass

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    made.url = f"http://{server.server_address[0]}:{server.server_address[1]}/v1"
    yield made
    server.shutdown()
    server.server_close()
    thread.join()
