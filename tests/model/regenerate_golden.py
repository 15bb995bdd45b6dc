"""Writes the golden runs anew: `python tests/model/regenerate_golden.py [SCENARIO ...]`.

Do so after a change that is meant to move results, look at what moved with `git diff`, and say why in the
commit.
"""

import sys

from golden_runs import SCENARIOS, write_golden

for scenario in sys.argv[1:] or SCENARIOS:
    write_golden(scenario)
    print(scenario)
