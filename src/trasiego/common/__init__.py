"""What every other folder may use: faults, units, messages and the place of the shipped data."""
