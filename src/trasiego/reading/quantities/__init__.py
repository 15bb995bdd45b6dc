"""How much and how many: figures with their units, what they count, of what, where and when."""

from trasiego.reading.quantities.find import find_quantities

__all__ = ["find_quantities"]
