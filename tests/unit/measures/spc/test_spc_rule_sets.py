"""Rule sets: the shipped ones, a user's own, and what is said of a wrong one; suggested rebases."""

from __future__ import annotations

import math

import pytest

from trigpoint.errors import InputError
from trigpoint.measures.spc import control_chart, control_charts, read_rule_sets, rule_set, suggest_rebase
from trigpoint.measures.spc.control import Signal
from trigpoint.measures.spc.rule_sets import shipped

USUAL = [9, 11, 8, 12, 10] * 4


def test_every_shipped_set_has_a_title_and_a_source() -> None:
    assert set(shipped()) == {"mdc-7", "mdc-6", "nhsr-0.2.2"}
    assert all(each.title and each.source and each.id == name for name, each in shipped().items())


def test_the_set_is_stored_with_the_result() -> None:
    assert control_chart(USUAL).rule_set is rule_set("mdc-7")
    assert control_chart(USUAL, rule_set="mdc-6").rule_set.id == "mdc-6"


def test_a_set_of_ones_own() -> None:
    own = read_rule_sets('["run-4"]\nshift = 4')["run-4"]
    values = [*USUAL, 9.5, 10.5, 11, 10.5, 11]

    assert control_chart(values, baseline=20, rule_set=own).signals[-1] is Signal.SHIFT_UP
    assert control_chart(values, baseline=20).signals[-1] is Signal.NONE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[own]\nshifts = 7", "own sets, rule set “own”: there is no key “shifts”; the keys are"),
        ('[own]\nshift = "seven"', "own sets, rule set “own”: “shift” must be a whole number"),
        ("[own]\nshift = true", "“shift” must be a whole number"),
        ("[own]\nscreening = 1", "“screening” must be true or false"),
        ("[own]\nshift = 0", "“shift” must be 2 or more"),
        ("own = 7", "a rule set is a table of keys and values"),
        ("[own", "this is not TOML"),
    ],
)
def test_a_wrong_set_is_told_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(InputError) as told:
        read_rule_sets(text, file="own sets")

    assert words in str(told.value)


def test_a_rebase_is_suggested_where_a_segment_has_left_its_mean_for_good() -> None:
    moved = control_chart([*USUAL, *(value + 10 for value in USUAL[:13])])
    suggestion = suggest_rebase(moved)

    assert suggestion is not None
    assert (suggestion.first, suggestion.points) == (20, 13)
    assert suggestion.reason == "All 13 points from 21 on are above the mean."
    assert len(moved.segments) == 1


@pytest.mark.parametrize(
    "values",
    [
        [*USUAL, *(value + 10 for value in USUAL[:12])],
        [*USUAL, *(value + 10 for value in USUAL[:13]), 9],
        USUAL,
        [5.0] * 20,
        [math.nan] * 20,
    ],
)
def test_no_rebase_is_suggested_before_there_are_points_enough_for_new_limits(values: list[float]) -> None:
    assert suggest_rebase(control_chart(values)) is None


@pytest.mark.parametrize(
    ("lengths", "more", "words"),
    [
        ([10], {}, "1 series with 10 points do not fit 20 values"),
        ([20, 0], {}, "2 series with 20 points do not fit 20 values"),
        ([20], {"targets": [1, 2]}, "there are 20 values, but 2 targets"),
        ([20], {"ordinals": [1, 2]}, "there are 20 values, but 2 ordinals"),
        ([10, 10], {"ordinals": [*range(10), *range(9), 8]}, "point 20 is not later than the one before"),
    ],
)
def test_arrays_that_do_not_fit(lengths: list[int], more: dict[str, object], words: str) -> None:
    with pytest.raises(InputError) as told:
        control_charts(USUAL, lengths, **more)  # type: ignore[arg-type]

    assert words in str(told.value)


@pytest.mark.parametrize("values", [[], ["a"]])
def test_no_values_and_no_numbers_are_refused(values: list[object]) -> None:
    with pytest.raises(InputError):
        control_chart(values)  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [[3.0], [math.nan], [math.nan] * 15, [1e308, -1e308] * 10, [math.inf, *USUAL]])
def test_strange_series_have_a_result_and_no_traceback(values: list[float]) -> None:
    for name in shipped():
        assert control_chart(values, targets=5, rule_set=name).finding


def test_a_baseline_longer_than_any_series_is_all_of_it() -> None:
    values = [1.0, 2.0, 3.0, 2.0] * 6
    assert control_chart(values, baseline=10**30).centre[0] == control_chart(values).centre[0] == 2
