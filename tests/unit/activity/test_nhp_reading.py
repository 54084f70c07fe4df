"""Reading scenario files of the New Hospital Programme's model."""

from __future__ import annotations

import json
from typing import Any

import pytest

from trigpoint.activity.nhp.parameters import Interval, Kind
from trigpoint.activity.nhp.reading import read_parameters

LEAST: dict[str, Any] = {"start_year": 2023, "end_year": 2035}


def read(**changed: Any) -> Any:
    return read_parameters(json.dumps(LEAST | changed))


def test_every_part_of_the_public_shape_is_read() -> None:
    reading = read(
        seed=84308, model_runs=256, dataset="RXX", scenario="s",
        demographic_factors={"variant_probabilities": {"principal": 0.6, "high": 0.4}}, health_status_adjustment=True,
        inequalities={"level_up": ["AA11"], "zero_sum": []},
        expat={"ip": {"elective": {"100": [0.97, 0.99]}}, "op": {"100": [0.97, 0.99]},
               "aae": {"walk-in": [0.97, 0.99]}},
        baseline_adjustment={"ip": {"elective": {"100": 1.1}}, "op": {"first": {"100": 1.2}},
                             "aae": {"ambulance": 0.9}},
        waiting_list_adjustment={"ip": {"100": 1.01}, "op": {"100": 1.02}},
        **{"non-demographic_adjustment": {"variant": "v", "value-type": "year-on-year-growth",
                                          "values": {"ip": {"elective": [1.0, 1.02]}}}},
        activity_avoidance={"ip": {"smoking": {"interval": [0.8, 0.9]}}},
        efficiencies={"ip": {"pre-op_los_2-day": {"type": "pre-op", "pre-op_days": 2, "interval": [0.8, 0.9]}},
                      "op": {"convert_to_tele_adult_surgical": {"interval": [0.9, 0.95]}}},
    )  # fmt: skip
    found = reading.parameters
    assert reading.problems == ()
    assert found.leaves["expat", "ip", "elective", "100"] == Interval(0.97, 0.99, 0, 1)
    assert found.leaves["baseline_adjustment", "op", "first", "100"] == Interval(1.2, 1.2, 0, 5)
    assert found.leaves["waiting_list_adjustment", "op", "100"].middle == 1.02
    assert found.leaves["non-demographic_adjustment", "ip", "elective"] == Interval(1.0, 1.02, 0, 5)
    assert (found.kinds["pre-op_los_2-day"].kind, found.kinds["pre-op_los_2-day"].days) == (Kind.PRE_OP, 2)
    assert found.inequalities == {"AA11": "level_up"}
    assert (found.seed, found.years, found.health_status, found.variants[1]) == (84308, 12, True, ("high", 0.4))
    assert len(found.leaves) == 12


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"expat": {"ip": {"elective": {"100": "much"}}}},
            "expat.ip.elective.100: it is neither a number nor an interval of two",
        ),
        ({"expat": {"op": {"100": [0.9, 0.8]}}}, "expat.op.100: its low end, 0.9, is above its high, 0.8"),
        ({"expat": {"gp": {}}}, "expat.gp: it is no kind of activity; use ip, op or aae"),
        ({"expat": [1]}, "expat: it holds no named values"),
        ({"efficiencies": {"ip": {"x": {"type": "magic", "interval": [0, 1]}}}}, "its type, “magic”, is not known"),
        ({"non-demographic_adjustment": {"value-type": "total", "values": {}}}, "“total” is not known"),
    ],
)
def test_a_bad_leaf_is_named_and_the_others_are_read(changed: dict[str, Any], said: str) -> None:
    reading = read(**(changed | {"repat_local": {"op": {"100": [1.0, 1.1]}}}))
    assert said in str(reading.problems[0])
    assert str(reading.problems[0]).startswith("params.json: ")
    assert ("repat_local", "op", "100") in reading.parameters.leaves


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "this is not JSON"),
        ("[1]", "it holds no object of named values"),
        ('{"start_year": 2023}', "end_year: it is missing"),
        ('{"start_year": 2035, "end_year": 2023}', "the horizon, 2023, is before the baseline, 2035"),
        ('{"start_year": "soon", "end_year": 2023}', "a value is of the wrong kind"),
        ('{"start_year": 2023, "end_year": 2035, "demographic_factors": {"variant_probabilities": {"a": 0.5}}}',
         "the probabilities of the population variants add up to 0.5, not to 1"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_run_says_why(text: str, said: str) -> None:
    reading = read_parameters(text)
    assert reading.parameters is None
    assert said in str(reading.problems[0])


def test_unknown_keys_are_told_and_known_ones_without_effect_too() -> None:
    assert read(mood=1, app_version="dev").notes == (
        "app_version: has no effect in this version; passed over",
        "mood: not a key of this model; passed over",
        "demographic_factors: no variant is named; the principal one is used",
    )
