"""Importing the package and asking for help stay quick and quiet."""

import os
import subprocess
import sys

HEAVY = ("numba", "numpy", "pandas", "pyarrow", "rich", "xarray", "zarr")
LOADED = f"import sys; print(sorted(set(sys.modules) & set({HEAVY!r})))"


def python(code):
    """Run code in a new interpreter and return what it printed."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def processor_seconds_of_children():
    """Return the processor time of finished children, which other work on the machine does not change."""
    times = os.times()
    return times.children_user + times.children_system


def test_import_prints_nothing_and_loads_nothing_heavy():
    assert python(f"import trasiego; {LOADED}") == "[]\n"


def test_the_command_line_loads_nothing_heavy():
    assert python(f"import trasiego.cli.app; {LOADED}") == "[]\n"


def test_public_functions_are_there_when_asked_for():
    code = "import trasiego as tr; print(tr.run.__module__, tr.load.__name__, dir(tr))"
    names = ["__version__", "calibrate", "check", "compare", "load", "resume", "run", "sensitivity"]
    assert python(code) == f"trasiego.api load {[*names, 'write_report']}\n"
    assert python("import trasiego as tr; print(tr.calibrate.__module__)") == "trasiego.exploring\n"


def test_a_wrong_name_is_an_attribute_error():
    code = "import trasiego\ntry:\n    trasiego.rnu\nexcept AttributeError as error:\n    print(error)"
    assert python(code) == "module 'trasiego' has no attribute 'rnu'\n"


def test_help_answers_in_a_third_of_a_second():
    seconds = []
    for _attempt in range(5):
        start = processor_seconds_of_children()
        done = subprocess.run([sys.executable, "-m", "trasiego", "--help"], capture_output=True, check=True)
        seconds.append(processor_seconds_of_children() - start)
    assert done.stdout
    assert min(seconds) < 0.3
