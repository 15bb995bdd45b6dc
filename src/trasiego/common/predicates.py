"""What may be said of two parties: the predicates of relations, in reports and in the ledger."""

from __future__ import annotations

PREDICATES: dict[str, str] = {
    "works_for": "does work or renders services for",
    "leads": "is the head of",
    "finances": "gives money to",
    "directs": "gives orders to",
    "succeeded": "took the place of",
    "rival_of": "competes with or fights",
    "allied_with": "works together with as a partner",
    "hires": "pays for single jobs",
    "protects": "guards or shields",
    "bribes": "pays officials",
    "controls": "has the say over",
    "operates_in": "is active in",
    "based_in": "has its seat in",
    "moves_to": "takes goods to",
    "supplies": "passes goods or means on to",
    "charges_fee": "takes a fee for",
    "split_from": "broke away from",
    "member_of": "belongs to",
}
"""What a relation may say about its subject and its object."""
