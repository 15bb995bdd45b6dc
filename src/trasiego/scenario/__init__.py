"""Scenarios: TOML files read strictly by one registry of fields, with bases, cuts, policies and settings."""

from trasiego.scenario.copying import copy_scenario
from trasiego.scenario.fields import Field, fields
from trasiego.scenario.load import load_scenario, validate
from trasiego.scenario.numbers import Number
from trasiego.scenario.policy import Policy, read_policy
from trasiego.scenario.scenario import Scenario
from trasiego.scenario.schema import schema
from trasiego.scenario.state import Delayed

__all__ = [
    "Delayed",
    "Field",
    "Number",
    "Policy",
    "Scenario",
    "copy_scenario",
    "fields",
    "load_scenario",
    "read_policy",
    "schema",
    "validate",
]
