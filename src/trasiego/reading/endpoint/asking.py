"""One question to an OpenAI-compatible endpoint: asked again after a passing trouble, else one fault."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _

PASSING = (408, 425, 429, 500, 502, 503, 504)
"""Statuses after which the same question may be answered."""

TRIES = 4
LONGEST_ANSWER = 8_000_000
"""Bytes of an answer; a longer one is refused."""

PIECE = 65_536
EXAMPLE = "https://models.example.org/v1"
SHOWN = 200
"""Letters of an answer that a fault shows."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and how to ask: `url` up to before /chat/completions, the model's name, the key if there is one.

    `timeout` is the seconds that one try may take in all; `pause` those before the second try, doubled each
    time.
    """

    url: str
    model: str
    key: str = ""
    timeout: float = 120.0
    pause: float = 1.0


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follow no redirect: the key and the report go to the named address and nowhere else."""

    def redirect_request(self, *_arguments: Any, **_settings: Any) -> None:
        """Return no further request."""


def ask(endpoint: Endpoint, messages: list[dict[str, str]]) -> str:
    """Return the answer to messages; raise Faults where there is none after some tries or it has no form."""
    request = _request(endpoint, messages)
    opener = urllib.request.build_opener(_NoRedirects)
    for number in range(TRIES):
        if number:
            time.sleep(endpoint.pause * 2 ** (number - 1))
        try:
            return _content(endpoint, _fetched(opener, request, endpoint.timeout))
        except urllib.error.HTTPError as error:
            with error:
                said = _shown(error.read(PIECE))
            trouble = _("status {status}: {said}").format(status=error.code, said=said)
            if error.code not in PASSING:
                break
        except (OSError, HTTPException) as error:
            trouble = str(getattr(error, "reason", "")) or str(error) or type(error).__name__
    raise Faults(_fault(endpoint, trouble, _("an endpoint that answers"), _("check address, model and key")))


def _request(endpoint: Endpoint, messages: list[dict[str, str]]) -> urllib.request.Request:
    """Return the question as a request; raise Faults for an address that is none of the web."""
    parts = urlsplit(endpoint.url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        allowed = _("an address that begins with http:// or https://")
        do = _("for example {url}").format(url=EXAMPLE)
        raise Faults(_fault(endpoint, endpoint.url or _("nothing"), allowed, do))
    body = {
        "model": endpoint.model,
        "messages": messages,
        "temperature": 0,
        "response_format": {"type": "json_object"},
    }
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    address = f"{endpoint.url.rstrip('/')}/chat/completions"
    return urllib.request.Request(address, json.dumps(body).encode("utf-8"), headers, method="POST")


def _fetched(opener: urllib.request.OpenerDirector, request: urllib.request.Request, timeout: float) -> bytes:
    """Return the body of an answer; OSError where it takes too long in all, or is too long."""
    until = time.monotonic() + timeout
    content = b""
    with opener.open(request, timeout=timeout) as answer:
        while piece := answer.read1(PIECE):
            content += piece
            if time.monotonic() > until:
                raise TimeoutError(_("no whole answer in {seconds} s").format(seconds=f"{timeout:g}"))
            if len(content) > LONGEST_ANSWER:
                raise OSError(_("an answer that does not end"))
    return content


def _content(endpoint: Endpoint, answer: bytes) -> str:
    """Return the text of the first choice; raise Faults for an answer of another form."""
    try:
        text = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        text = None
    if not isinstance(text, str):
        allowed = _("an answer of an OpenAI-compatible endpoint for chat")
        raise Faults(_fault(endpoint, _shown(answer), allowed, _("check the address; it often ends in /v1")))
    return text


def _shown(answer: bytes) -> str:
    """Return the beginning of an answer in one line."""
    text = " ".join(answer.decode("utf-8", errors="replace").split())
    return (text if len(text) <= SHOWN else text[:SHOWN] + "...") or _("an empty answer")


def _fault(endpoint: Endpoint, found: str, allowed: str, do: str) -> Fault:
    return Fault(
        None, None, _("language model {model}").format(model=endpoint.model), found, allowed, None, do
    )
