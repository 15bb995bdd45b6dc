"""Actors and relations that reports name, as a graph with the sources of each edge, and as files of it."""

from trasiego.reading.network.files import write_follow_the_money, write_gexf
from trasiego.reading.network.graph import graph_of

__all__ = ["graph_of", "write_follow_the_money", "write_gexf"]
