"""Printed tables of numbers: every layout, every number, what it measures and where it stands."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.documents import interpret, parse_text
from trigpoint.documents.indicators import split_period
from trigpoint.documents.numbers import decimals_printed, printed_number
from trigpoint.plans.draft import PlanDraft
from trigpoint.plans.model import Polarity

PLAN = "\n\nPriorities|Key deliverables\nSafer care|A ward\n"
"""A table of figures alone makes no plan."""


def read(text: str) -> PlanDraft:
    return interpret(parse_text((text + PLAN).replace("|", "\t").encode(), "plan.txt"))


def values(draft: PlanDraft, table: int = 0) -> dict[tuple[str, str], dict[str, str]]:
    rows = draft.plan.indicators[table].rows
    return {(row.area, row.series): {key: str(value) for key, value in row.values.items()} for row in rows}


def test_years_across_with_target_and_actual_as_rows() -> None:
    draft = read(
        "Breastfeeding at birth\n\n"
        "Locality||2013-14|2014-15|Trend\n"
        "Hilltop, Fell & Dale|Target|58.4%|60.4%|\n"
        "|Actual||60.3%|\n"
        "Brookside|Target|50.0%|53.3%|\n"
        "|Actual||55.8%|\n"
        "\ndata source: Public records\n*Hilltop by 2% a year\n"
    )
    (table,) = draft.plan.indicators
    assert values(draft) == {
        ("Hilltop, Fell & Dale", "target"): {"2013/14": "58.4", "2014/15": "60.4"},
        ("Hilltop, Fell & Dale", "actual"): {"2014/15": "60.3"},
        ("Brookside", "target"): {"2013/14": "50.0", "2014/15": "53.3"},
        ("Brookside", "actual"): {"2014/15": "55.8"},
    }
    assert (table.title, table.unit, table.kind, table.decimals) == ("Breastfeeding at birth", "%", "percentage", 1)
    assert table.polarity is Polarity.HIGHER
    assert (table.source, table.note) == ("Public records", "*Hilltop by 2% a year")
    assert draft.sources["i1/1"].lines == (5,)


def test_years_down_with_two_heading_rows() -> None:
    draft = read(
        "Children who are obese\nYear|Target %|Actual|\n||%|Number of children\n"
        "2014-15|26.0%|26.1%|985\n2015-16|25.6%||\n"
    )
    assert values(draft) == {
        ("", "target"): {"2014/15": "26.0", "2015/16": "25.6"},
        ("", "actual"): {"2014/15": "26.1"},
        ("", "actual number of children"): {"2014/15": "985"},
    }
    assert draft.sources["i1/0"].lines == (4, 5)
    assert draft.plan.indicators[0].polarity is Polarity.LOWER


def test_merged_headings_reach_right_over_filled_rows_below() -> None:
    draft = read(
        "Rate of falls, DSR per 100,000\n"
        "Year|Hilltop|||||England|\n"
        "|Rate (DSR/100,000)||Numbers|||Rate (DSR/100,000)|\n"
        "|Actual|Projected|Actual|Projected||Actual|Projected\n"
        "2014/15|794|780|2449|2402||641|639\n"
    )
    assert values(draft) == {
        ("Hilltop", "rate (dsr/100,000) actual"): {"2014/15": "794"},
        ("Hilltop", "rate (dsr/100,000) projected"): {"2014/15": "780"},
        ("Hilltop", "numbers actual"): {"2014/15": "2449"},
        ("Hilltop", "numbers projected"): {"2014/15": "2402"},
        ("England", "rate (dsr/100,000) actual"): {"2014/15": "641"},
        ("England", "rate (dsr/100,000) projected"): {"2014/15": "639"},
    }
    assert (draft.plan.indicators[0].unit, draft.plan.indicators[0].kind) == ("DSR per 100,000", "rate")


def test_rolling_years_and_sexes() -> None:
    draft = read(
        "Mortality per 100,000\nYear|Persons||Males|\n|Target|Actual|Target|Actual\n"
        "2011-13|23.6|23.6|30.3|30.3\n2012-14|24.2||31.6|\n"
    )
    assert values(draft)["", "persons target"] == {"2011-13": "23.6", "2012-14": "24.2"}
    assert values(draft)["", "males actual"] == {"2011-13": "30.3"}


def test_areas_across_and_totals() -> None:
    draft = read(
        "Exercise referrals targets\nYear|Whole CCG|Hilltop|Brook, Dale\n2013-14|1,098|211|178\n"
        "2014-15|1,098|211|178\nTotals|2,196|422|356\n"
    )
    assert values(draft)["Brook, Dale", "target"] == {"2013/14": "178", "2014/15": "178"}
    assert values(draft)["Whole CCG", "totals"] == {"": "2196"}


def test_a_period_inside_a_heading_dates_its_column() -> None:
    draft = read(
        "Stopping smoking\nLocality|Smokers ¹|Target quits (3% of smokers)|Actual quits 2014/15|Actual quits 2015/16\n"
        "Hilltop|8,950|269|149|134\nGrand Total|16,583|498|292|257\n"
    )
    assert values(draft)["Hilltop", "smokers"] == {"": "8950"}
    assert values(draft)["Hilltop", "target quits (3% of smokers)"] == {"": "269"}
    assert values(draft)["Grand Total", "actual quits"] == {"2014/15": "292", "2015/16": "257"}
    assert draft.plan.indicators[0].kind == "count"


def test_three_heading_rows_with_a_footnote_mark() -> None:
    draft = read(
        "Health checks by locality:\nLocality|eligible people|Checks done|||\n"
        "||2015-16||2016-17|\n||actual|target|actual *|target\n"
        "Hilltop|13,506|3,680|6,078|4,107|8,104\n"
    )
    assert draft.plan.indicators[0].title == "Health checks by locality"
    assert values(draft) == {
        ("Hilltop", "eligible people"): {"": "13506"},
        ("Hilltop", "checks done actual"): {"2015/16": "3680", "2016/17": "4107"},
        ("Hilltop", "checks done target"): {"2015/16": "6078", "2016/17": "8104"},
    }


def test_a_titling_row_inside_the_table() -> None:
    draft = read("Referrals by locality and by year of plan||\nYear|Hilltop|Dale\n2015-16|10|20\n")
    assert draft.plan.indicators[0].title == "Referrals by locality and by year of plan"


def test_a_title_that_names_no_subject_takes_the_one_before_it() -> None:
    draft = read("Exercise referrals\n\n2013/14 to 2015/16 Outcomes\n\nYear|Hilltop|Dale\n2015-16|10|20\n")
    assert draft.plan.indicators[0].title == "Exercise referrals: 2013/14 to 2015/16 Outcomes"
    assert {row.series for row in draft.plan.indicators[0].rows} == {"actual"}


def test_a_second_number_of_one_period_is_kept() -> None:
    draft = read("Counts of visits\nYear|Actual\n2015-16|10\n2015-16|11\n")
    assert values(draft) == {("", "actual"): {"2015/16": "10"}, ("", "actual (2)"): {"2015/16": "11"}}


@pytest.mark.parametrize("text", ["Name|Role\nA|B\n", "Year|2016|2017\n", "|\n", "1|2\n3|4\n"])
def test_what_is_no_table_of_numbers_gives_none(text: str) -> None:
    assert read("Title\n" + text).plan.indicators == ()


NUMBERS = [
    ("1,098", "1098"), ("58.4%", "58.4"), ("0", "0"), ("-3.2", "-3.2"), ("−3", "-3"), ("£5.3m", "5300000.0"),
    ("£964,000", "964000"), ("11,837 *", "11837"), ("+4", "4"), ("n/a", None), ("", None), ("-", None),
    ("2017/18", None), ("1,09", None), ("5 of 6", None), ("٣", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_printed_numbers(text: str, value: str | None) -> None:
    found = printed_number(text)
    assert (None if found is None else str(found)) == value


def test_decimals_are_counted_as_printed() -> None:
    assert [decimals_printed(text) for text in ("50.0%", "5", "1.25", "n/a")] == [1, 0, 2, 0]


PERIODS = [
    ("2014-15", ("2014/15", "")),
    ("2016-17 *", ("2016/17", "")),
    ("2014/15 Actual Referrals", ("2014/15", "Actual Referrals")),
    ("Actual Number Quits 2014/15", ("2014/15", "Actual Number Quits")),
    ("eligible population (2013-2018)", ("2013-18", "eligible population")),
    ("2011-13", ("2011-13", "")),
    ("Target", ("", "Target")),
]


@pytest.mark.parametrize(("text", "expected"), PERIODS)
def test_the_period_of_a_heading(text: str, expected: tuple[str, str]) -> None:
    assert split_period(text) == expected


def test_values_are_exact_decimals() -> None:
    draft = read("Share of visits\nYear|Target\n2015-16|0.1%\n2016-17|0.2%\n")
    assert list(draft.plan.indicators[0].rows[0].values.values()) == [Decimal("0.1"), Decimal("0.2")]
