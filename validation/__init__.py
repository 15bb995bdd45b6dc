"""Reference programs of published models, and what trasiego gives beside them; no part of the package."""
