"""The model: one file is one mechanism, and ``schedule`` puts them in the order of the month."""
