"""The compiled world: geography, actors and network of a scenario as flat arrays."""
