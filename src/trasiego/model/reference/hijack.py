"""Twin of robbery on the way: who robs, how likely, and who gets the goods."""

from __future__ import annotations

import numpy as np

from trasiego.model.reference.journey import Passage, Transit
from trasiego.model.reference.valuation import Valuation


def threat_of(passage: Passage, place: int, carrier: int, broker: int, link: int) -> tuple[int, float]:
    """Return the group that could rob what a carrier moves from a place, and the hazard of a typical load."""
    members = np.where(passage.home == place, passage.members, 0.0)
    rivals = members.copy()
    if carrier >= 0:
        rivals[carrier] = 0.0
    if passage.ground_km[link] <= 0.0 or passage.holder[place] == broker or rivals.sum() <= 0.0:
        return -1, 0.0
    hazard = passage.hijack_per_km * passage.ground_km[link] * rivals.sum() / members.sum()
    return int(rivals.argmax()), float(hazard)


def sell_robbed(
    passage: Passage, valued: Valuation, done: Transit, node: int, owner: int, robber: int, taken: float
) -> None:
    """Hand robbed goods to the other broker to whom they are worth most at a node, else back to the owner."""
    worth = valued.value[node].copy()
    worth[owner] = -np.inf
    buyer = int(worth.argmax()) if worth.max() > 0.0 else owner
    paid = passage.hijack_price_share * max(float(valued.value[node, buyer]), 0.0) * taken
    done.stock_kg[node, buyer] += taken
    done.bought_back_usd[buyer] += paid
    done.robbers_usd[robber] += paid
