"""One-at-a-time screen of the V patterns: which assumed number moves which pattern."""
