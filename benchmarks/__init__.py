"""Speed of the model as ratios measured in one run: `python -m benchmarks --help`."""
