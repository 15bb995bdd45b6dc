"""What is too much for one report, and the one way to say that a file is not read."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from trasiego.common.faults import not_installed
from trasiego.common.messages import _

FILE_BYTES = 20_000_000
TEXT_CHARACTERS = 2_000_000
OPENING_SECONDS = 30.0


class Unreadable(Exception):
    """Raised with the reason, a sentence for the reader, why a file gives no report."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def opening(kind: str, seconds: float = OPENING_SECONDS) -> Iterator[None]:
    """Turn whatever a library raises while it opens a file of this kind into Unreadable.

    Faults if the library is not there. After `seconds` it is stopped, where the system can do that (in the
    main thread of Unix).
    """
    with _alarm(seconds):
        try:
            yield
        except Unreadable:
            raise
        except _TooLong:
            reason = _("opening it takes longer than {seconds:g} seconds").format(seconds=seconds)
            raise Unreadable(reason) from None
        except ImportError as error:
            raise not_installed(
                _("reports"),
                _("no {name}, which opens {kind} files").format(name=error.name, kind=kind),
                _("the libraries that read reports"),
                _("pip install 'trasiego[read]'"),
            ) from error
        except MemoryError:
            raise Unreadable(_("it needs more memory than there is")) from None
        except Exception as error:
            reason = _("it is no {kind} that can be opened ({error})")
            raise Unreadable(reason.format(kind=kind, error=_short(error))) from error


class _TooLong(BaseException):
    """Of BaseException, so that no library takes it for a fault of its own."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _short(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:120]
