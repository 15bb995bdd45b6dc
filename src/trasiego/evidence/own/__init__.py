"""The user's own ledger: claims that a person accepted in review, in a file of its own."""

from trasiego.evidence.own.records import Link, OwnClaim
from trasiego.evidence.own.store import DEFAULT_NAME, OwnLedger
from trasiego.evidence.own.view import as_ledger, letters, whole_ledger, withheld

__all__ = [
    "DEFAULT_NAME",
    "Link",
    "OwnClaim",
    "OwnLedger",
    "as_ledger",
    "letters",
    "whole_ledger",
    "withheld",
]
