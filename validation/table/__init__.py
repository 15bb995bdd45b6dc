"""The docking table: what was published, what our reference programs give, what trasiego gives."""
