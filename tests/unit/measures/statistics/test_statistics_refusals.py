"""What cannot be computed: a bad group has a reason and the others a value; a bad column is named with its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.measures import statistics
from trigpoint.measures.statistics import Matching, MissingCounts, Reference, Strictness

AREAS = {"area": ["A", "B"], "x": [20, 30], "n": [100, 200]}


def rate(**columns: Any) -> dict[str, list[Any]]:
    return statistics.rate(AREAS | columns, numerator="x", denominator="n")


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"n": [0, 200]}, "n is 0"),
        ({"n": [None, 200]}, "n is missing"),
        ({"x": [None, 30]}, "x is missing"),
        ({"x": [float("nan"), 30]}, "x is missing"),
        ({"x": ["", "30"]}, "x is missing"),
        ({"x": [-1, 30]}, "x is negative"),
        ({"n": [-100, 200]}, "n is negative"),
        ({"x": [float("inf"), 30]}, "x is not finite"),
    ],
)
def test_a_bad_row_has_a_reason_and_the_other_a_rate(columns: dict[str, list[Any]], reason: str) -> None:
    found = rate(**columns)

    assert found["reason"] == [reason, ""]
    assert found["value"] == [None, pytest.approx(15_000)]
    assert found["lower_95"][0] is None
    assert found["method"] == ["", "Byar"]


def test_one_row_spoils_its_group_and_no_sum_is_shown_without_it() -> None:
    rows = {"region": ["N", "N", "S"], "x": [5, None, 7], "n": [10, 10, 10]}

    found = statistics.proportion(rows, numerator="x", denominator="n", by="region")

    assert found["numerator"] == [None, 7]
    assert found["reason"] == ["x is missing", ""]


def test_an_empty_practice_does_not_spoil_its_region() -> None:
    rows = {"region": ["N", "N"], "x": [5, 0], "n": [10, 0]}

    assert statistics.proportion(rows, numerator="x", denominator="n", by="region")["value"] == [0.5]


def test_one_group_is_added_like_several() -> None:
    rows = {"region": ["N", "N"], "x": [5, 6], "n": [100, 100]}

    assert statistics.rate(rows, numerator="x", denominator="n", by="region", multiplier=100)["value"] == [5.5]


STRICT = [
    ({"x": [0, 30], "n": [0, 200]}, "row 1 (area A): n is 0"),
    ({"x": [20, -1]}, "row 2 (area B): x is negative"),
    ({"x": [20, 300]}, "row 2 (area B): x is greater than n"),
]


@pytest.mark.parametrize(("columns", "words"), STRICT)
def test_a_strict_call_is_refused_whole(columns: dict[str, list[Any]], words: str) -> None:
    with pytest.raises(InputError) as refusal:
        statistics.proportion(
            AREAS | columns, numerator="x", denominator="n", by="area", strictness=Strictness.PUBLISHED
        )

    assert words in str(refusal.value)


def test_a_strict_call_leaves_what_is_missing_missing() -> None:
    found = statistics.rate(AREAS | {"x": [None, 30]}, numerator="x", denominator="n", strictness=Strictness.PUBLISHED)

    assert found["reason"] == ["x is missing", ""]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"x": [1], "people": [2]}, "there is no column 'n'; use one of 'x', 'people'."),
        ({"x": ["1", "some"], "n": [2, 3]}, "column 'x' holds 'some' in row 2"),
        ({"x": [1, "n/a"], "n": [2, 3]}, "column 'x' holds 'n/a' in row 2"),
        ({"x": [True], "n": [2]}, "column 'x' holds yes or no"),
        ({"x": [[1]], "n": [2]}, "column 'x' holds values of the kind list, not numbers"),
        ({"x": [date(2026, 4, 1)], "n": [2]}, "column 'x' holds values of the kind date, not numbers"),
        ({"x": [object()], "n": [2]}, "column 'x' holds '<object object"),
        ({"x": [1, 2], "n": [2]}, "different lengths"),
        ({"x": [1], "n": [2], "value": ["A"]}, "the column 'value' has the name of a result"),
        (pl.DataFrame({"x": [1], "n": [2]}).lazy(), "LazyFrame is no frame"),
        (3, "int is no frame"),
    ],
)
def test_a_bad_frame_is_refused_in_one_sentence(data: Any, words: str) -> None:
    with pytest.raises(InputError) as refusal:
        statistics.rate(data, numerator="x", denominator="n")

    assert words in str(refusal.value)


@pytest.mark.parametrize("by", ["region", ["area", "sex"]])
def test_a_group_column_that_is_absent_is_named(by: Any) -> None:
    with pytest.raises(InputError, match=r"there is no column '(region|sex)'"):
        statistics.rate(AREAS, numerator="x", denominator="n", by=by)


@pytest.mark.parametrize("multiplier", [0, -5, float("nan"), float("inf"), True, "many", None])
def test_a_multiplier_is_above_nought(multiplier: Any) -> None:
    with pytest.raises(InputError, match="multiplier"):
        statistics.rate(AREAS, numerator="x", denominator="n", multiplier=multiplier)


@pytest.mark.parametrize("levels", [0, -0.95, 101, float("nan"), [0.95, 95], [0.95, "high"], True, "95"])
def test_a_level_that_makes_no_sense_is_refused(levels: Any) -> None:
    with pytest.raises(InputError, match="confidence level"):
        statistics.rate(AREAS, numerator="x", denominator="n", levels=levels)


@pytest.mark.parametrize("levels", [0.5, 50, [0.9, 0.95], [0.998, 0.95], [0.9, 0.95, 0.99]])
def test_strict_levels_are_those_of_published_figures(levels: Any) -> None:
    statistics.rate(AREAS, numerator="x", denominator="n", levels=levels)
    with pytest.raises(InputError, match="confidence level"):
        statistics.rate(AREAS, numerator="x", denominator="n", levels=levels, strictness=Strictness.PUBLISHED)


BANDS = {"area": ["A", "A", "B", "B"], "band": ["0-74", "75+"] * 2, "x": [10, 20, 5, 6], "n": [900, 100] * 2}
STANDARD = {"w": [90, 10] * 2}


def dsr(data: Mapping[str, Any], **options: Any) -> dict[str, list[Any]]:
    return statistics.dsr(data, count="x", population="n", by="area", **options)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"x": [10, None, 5, 6]}, "x is missing"),
        ({"x": [10, -1, 5, 6]}, "x is negative"),
        ({"n": [900, 0, 900, 100]}, "n is 0"),
        ({"n": [900, None, 900, 100]}, "n is missing"),
        ({"w": [90, None, 90, 10]}, "w is missing"),
        ({"w": [0, 0, 90, 10]}, "the standard population is 0 in every age band"),
        ({"x": [4, 5, 5, 6]}, "suppressed: fewer than 10 events"),
    ],
)
def test_an_area_without_a_standardised_rate_says_why(columns: dict[str, list[Any]], reason: str) -> None:
    found = dsr(BANDS | STANDARD | columns, standard="w")

    assert found["reason"] == [reason, ""]
    assert found["value"][0] is None
    assert found["value"][1] is not None


def test_a_suppressed_rate_keeps_its_counts_and_a_broken_sum_is_not_shown() -> None:
    found = dsr(BANDS | STANDARD | {"x": [4, 5, 5, None]}, standard="w")

    assert found["count"] == [9, None]
    assert found["population"] == [1_000, None]


def test_missing_counts_are_nought_only_when_asked() -> None:
    data = BANDS | STANDARD | {"x": [10, None, 5, 6]}

    assert dsr(data, standard="w", missing=MissingCounts.AS_ZERO)["count"] == [10, 11]
    assert dsr(data, standard="w")["count"] == [None, 11]


def test_several_populations_of_one_band_leave_no_rate() -> None:
    data = {
        "area": ["A"] * 2 + ["B"] * 2,
        "band": ["0-74"] * 4,
        "times": [1, 2, 1, 2],
        "x": [10, 5, 10, 5],
        "n": [900, 901, 900, 900],
        "w": [1] * 4,
    }
    found = dsr(data, standard="w", age_band="band", frequency="times")

    assert found["reason"] == ["an age band has several populations", ""]
    assert found["count"] == [None, 20]
    with pytest.raises(InputError, match="several populations"):
        dsr(data, standard="w", age_band="band", frequency="times", strictness=Strictness.PUBLISHED)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "there is no standard population"),
        ({"age_band": "band"}, "'0-74x' is no age band"),
        ({"standard": "w", "frequency": "x"}, "there is no column of age bands"),
    ],
)
def test_what_a_standardised_rate_cannot_do_without(options: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        dsr(BANDS | STANDARD | {"band": ["0-74x"] * 4}, **options)


def test_a_band_that_cuts_the_standard_population_is_refused() -> None:
    with pytest.raises(InputError, match="'0-72' is not made of whole bands"):
        dsr(BANDS | {"band": ["0-72", "73+"] * 2}, age_band="band")


ENGLAND = {"band": ["75+", "0-74"], "x": [2_000, 900], "n": [10_000, 90_000]}


def isr(data: Mapping[str, Any], england: Mapping[str, Any] = ENGLAND, **options: Any) -> dict[str, list[Any]]:
    asked: dict[str, Any] = {"on": "band"} | options.pop("asked", {})
    reference = Reference(england, count="x", population="n", **asked)
    return statistics.isr_ratio(data, count="x", population="n", by="area", reference=reference, **options)


def test_the_reference_finds_its_band_by_label_whatever_the_order() -> None:
    # Expected 900 × 900 / 90,000 + 100 × 2,000 / 10,000 = 29 in each area.
    found = isr(BANDS)

    assert found["expected"] == [pytest.approx(29), pytest.approx(29)]
    assert found["value"] == [pytest.approx(30 / 29), pytest.approx(11 / 29)]
    assert isr(BANDS, asked={"matching": Matching.POSITION})["expected"][0] == pytest.approx(180 + 1)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"band": ["0-74", "80+", "0-74", "75+"]}, "the reference lacks one of its age bands"),
        ({"x": [None, 1, 1, 1]}, "x is missing"),
        ({"n": [-1, 1, 1, 1]}, "n is negative"),
        ({"n": [0, 0, 1, 1]}, "no events are expected"),
    ],
)
def test_an_area_without_a_ratio_says_why(columns: dict[str, list[Any]], reason: str) -> None:
    assert isr(BANDS | columns)["reason"] == [reason, ""]


def test_observed_totals_are_found_by_group_and_a_missing_one_has_a_reason() -> None:
    found = isr({name: BANDS[name] for name in ("area", "band", "n")}, observed={"area": ["B"], "x": [58]})

    assert found["reason"] == ["there is no observed total", ""]
    assert found["value"] == [None, pytest.approx(2)]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: isr(BANDS, {"band": ["75+"] * 2, "x": [1, 1], "n": [2, 2]}),
            "the reference has 75\\+ twice \\(row 2\\)",
        ),
        (lambda: isr(BANDS, asked={"on": ()}), "nothing says which row of the reference"),
        (lambda: isr(BANDS, asked={"on": "age"}), "there is no column 'age'"),
        (
            lambda: isr({name: cells[:3] for name, cells in BANDS.items()}, asked={"matching": Matching.POSITION}),
            "the reference has 2 rows, and not every group has as many",
        ),
        (lambda: isr(BANDS, observed={"area": ["A", "A"], "x": [1, 2]}), "a group twice"),
        (lambda: isr(BANDS, refvalue=0), "multiplier of 0"),
    ],
)
def test_a_reference_that_cannot_be_used_is_refused(call: Callable[[], Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()


TOWN = {"area": ["A"] * 3 + ["B"] * 3, "age": [0, 5, 65] * 2, "d": [20, 90, 800] * 2, "n": [9_000, 90_000, 20_000] * 2}


def expectancy(data: Mapping[str, Any], **options: Any) -> dict[str, list[Any]]:
    return statistics.life_expectancy(data, deaths="d", population="n", start_age="age", by="area", **options)


def first(column: str, *cells: Any) -> dict[str, list[Any]]:
    """The town with other cells for the first area."""
    return TOWN | {column: [*cells, *TOWN[column][3:]]}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (first("d", 20, None, 800), "deaths are missing at age 5"),
        (first("d", 20, -1, 800), "deaths are negative at age 5"),
        (first("d", 20, 90, 20_001), "there are more deaths than people at age 65"),
        (first("n", 0, 90_000, 20_000), "population is not above 0 at age 0"),
        (first("n", None, 90_000, 20_000), "population is missing at age 0"),
        (first("n", 1_000, 2_000, 2_000), "the population is 5,000 or fewer"),
        (first("age", 0, 5, 5), "there is no row for age 65"),
        (first("d", 20, 90, 0), "there are no deaths from age 65 on"),
    ],
)
def test_an_area_without_a_life_expectancy_says_why(data: dict[str, list[Any]], reason: str) -> None:
    found = expectancy(data, ages=[0])

    assert found["area"] == ["A", "B"]
    assert found["reason"] == [reason, ""]
    assert found["value"] == [None, pytest.approx(85.8, abs=0.1)]


def test_a_wide_interval_withholds_the_value_only() -> None:
    found = expectancy(first("d", 0, 1, 1), ages=[0])

    assert found["reason"][0] == "withheld: the 95% interval is wider than 20 years"
    assert found["value"][0] is None
    assert found["upper_95"][0] > found["lower_95"][0] + 20


@pytest.mark.parametrize(
    ("data", "options", "words"),
    [
        (first("age", 1, 5, 65), {"bands": [1, 5, 65]}, "the first age band begins at 1"),
        (TOWN, {"bands": [0, 5, 65, 85]}, "the age 85 is named, but nowhere in the data"),
        (TOWN, {"bands": [0, 65]}, "the age 5 is not one of the age bands named"),
        (TOWN, {"bands": [0, 5, 5, 65]}, "do not rise"),
        ({name: cells[:1] for name, cells in TOWN.items()}, {}, "there are 1 age bands"),
        (first("age", 0, None, 65), {}, "'age' is empty in row 2"),
    ],
)
def test_age_bands_that_make_no_life_table_are_refused(data: Any, options: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        expectancy(data, **options)


def test_quantiles_say_why_there_is_none() -> None:
    found = statistics.quantiles(
        {"g": ["A", "A", "A", "B"], "value": [1.0, None, 3.0, 5.0]}, values="value", parts=2, by="g"
    )

    assert found["quantile"] == [2, None, 1, None]
    assert found["reason"] == ["", "value is missing", "", "fewer values than 2 quantiles"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"parts": 1}, "1 quantiles cannot be made"),
        ({"invert": "up"}, "'up' holds 'perhaps' in row 1"),
        ({"invert": "mixed", "by": "g"}, "'mixed' is both true and false in g A"),
    ],
)
def test_quantiles_that_cannot_be_made_are_refused(options: dict[str, Any], words: str) -> None:
    data = {"g": ["A", "A"], "value": [1, 2], "up": ["perhaps", "true"], "mixed": [True, False]}
    with pytest.raises(InputError, match=words):
        statistics.quantiles(data, values="value", **{"parts": 2} | options)


CALLS: list[tuple[str, Callable[[Any], Any]]] = [
    ("count", lambda data: statistics.count(data, count="x", by="g")),
    ("rate", lambda data: statistics.rate(data, numerator="x", denominator="n", by="g")),
    ("mean", lambda data: statistics.mean(data, values="x", by="g")),
    ("mean of all", lambda data: statistics.mean(data, values="x")),
    ("dsr", lambda data: statistics.dsr(data, count="x", population="n", standard="w", by="g")),
    ("life expectancy", lambda data: statistics.life_expectancy(data, deaths="x", population="n", start_age="w")),
    ("quantiles", lambda data: statistics.quantiles(data, values="x", by="g")),
]


@pytest.mark.parametrize(("name", "call"), CALLS, ids=[name for name, _ in CALLS])
def test_no_rows_in_no_rows_out(name: str, call: Callable[[Any], dict[str, list[Any]]]) -> None:
    found = call({"g": [], "x": [], "n": [], "w": []})

    assert "reason" in found
    assert all(cells == [] for cells in found.values())
