"""Optional: a language model behind a standard interface proposes candidates, each checked against the text.

Nothing of this runs unless it is asked for with an address.
"""

from trasiego.reading.endpoint.propose import propose

__all__ = ["propose"]
