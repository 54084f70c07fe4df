"""Trajectory rules: what each form gives, and what is said of a rule that cannot be read."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from trigpoint.errors import InputError
from trigpoint.measures import compute, half_up, parse_rule
from trigpoint.measures.trajectories.reader import EXAMPLES
from trigpoint.periods.labels import parse_period

YEARS = ("2013/14", "2014/15", "2015/16", "2016/17", "2017/18", "2018/19")

# rule, periods, decimals printed, figures printed ("" where the rule does not govern), why
FORMS = [
    ("explicit(92%)", ("2016/17", "2018/19"), 0, "92 92", "one value holds in every period"),
    ("explicit(2017/18: 91%; 2018/19: 92%)", ("2016/17", "2017/18", "2018/19"), 0, "- 91 92", "named periods alone"),
    ("step(+2pp a year from 58.4% in 2013/14)", YEARS, 1, "58.4 60.4 62.4 64.4 66.4 68.4", "points, not per cent"),
    ("step(-8 a year from 2,402 in 2014/15)", YEARS[:3], 0, "- 2402 2394", "nothing before the base"),
    ("step(+0.5pp a quarter from 60% in 2016/17 Q4)", ("2017/18 Q1", "2017/18 Q4"), 1, "60.5 62.0", "by the quarter"),
    ("step(+2pp a year from 60% in 2016/17 Q4)", ("2017/18 Q1", "2017/18 Q4"), 1, "60.5 62.0", "a quarter of a step"),
    ("step(+1 a month from 10 in March 2017)", ("April 2017", "March 2018"), 0, "11 22", "by the month"),
    (
        "linear to 92% by 2018/19 from 88% in 2016/17",
        YEARS[2:],
        0,
        "- 88 90 92",
        "a straight line, and nothing outside it",
    ),
    (
        "linear to 1 by 2018/19 from 0 in 2015/16",
        YEARS[2:],
        2,
        "0.00 0.33 0.67 1.00",
        "thirds stay exact until printed",
    ),
    (
        "compound(-2% a year from 24.2 in 2012-14)",
        ("2012-14", "2013-15", "2014-16"),
        1,
        "24.2 23.7 23.2",
        "three-year pools",
    ),
    (
        "compound(-2% a year from 24.2 in 2012-14, rounded each year to 1 decimal)",
        ("2013-15", "2014-16", "2015-17"),
        1,
        "23.7 23.2 22.7",
        "each year starts from the printed figure; unrounded it would be 22.8",
    ),
    ("reduce by 10% a year from 250 in 2016/17", YEARS[3:], 0, "250 225 203", "202.5 is printed 203: half up"),
    ("increase by 10% a year from 250 in 2016/17", YEARS[3:], 0, "250 275 303", "302.5 is printed 303"),
    (
        "share(3% of current smokers: 8,950)",
        ("2017/18",),
        0,
        "269",
        "268.5 is printed 269; to the even digit gives 268",
    ),
    ("share(3% of 8950, half up)", ("2017/18",), 0, "269", "the rounding may be said, and is the same unsaid"),
    (
        "cumulative share(75% of eligible: 13,506 over 5 years from 2013/14)",
        YEARS,
        0,
        "2026 4052 6078 8104 10130 -",
        "15% a year, and nothing after the fifth",
    ),
    ("per 1000(4 of adults: 52,750)", ("2017/18",), 0, "211", "four for every thousand"),
    ("per 1000(4 per 1000 of 52750)", ("2017/18",), 0, "211", "the same in more words"),
    ("percent(1,615 of register: 5,817)", ("2017/18",), 1, "27.8", "a share worked back from the number"),
    ("sum(211; 178; 308)", ("2017/18",), 0, "697", "parts added up"),
    ("sum(1,615, 1,302)", ("2017/18",), 0, "2917", "a comma with a blank parts a list, one without marks thousands"),
    ("max(58% + 7pp; 65%)", ("2017/18",), 0, "65", "7 points better, or 65%, whichever is higher"),
    ("min(23% - 2pp; 20%)", ("2017/18",), 0, "20", "2 points lower, or 20%, whichever is lower"),
    ("max(step(+1 a year from 5 in 2013/14); 8)", YEARS, 0, "8 8 8 8 9 10", "rules inside rules"),
    ("total(explicit(211) over 2013/14 to 2017/18)", ("2017/18",), 0, "1055", "five years added up"),
    (
        "explicit(2013/14: 20) then step(-1 a year from 22 in 2014/15)",
        YEARS[:3],
        0,
        "20 22 21",
        "the later rule governs wherever it has a value",
    ),
    ("STEP( +2PP a year from 58.4% in 2013-14 )", ("2014/15",), 1, "60.4", "capitals, blanks and spellings of years"),
    ("step(−1 a year from 22 in 2014/15)", ("2015/16",), 0, "21", "a true minus sign"),
    ("standard(rtt)", ("2017/18",), 0, "92", "the value is given by the planning round"),
    ("in March(82%)", ("February 2027", "March 2027", "2026/27"), 0, "- 82 -", "March is tested, no other figure"),
    (
        "in March(explicit(2026/27: 82%; 2028/29: 85%))",
        ("March 2027", "March 2028", "March 2029"),
        0,
        "82 - 85",
        "a year's value is asked of its March, and a year without one stays without",
    ),
    ("year average(85%)", ("2028/29", "March 2029", "2028/29 Q4"), 0, "85 - -", "the year is tested, no month of it"),
]

# rule, the place's own baseline, decimals, figure for 2026/27, why
BASELINES = [
    ("max(baseline + 7pp; 65%)", "60.2%", 1, "67.2", "seven points above a good start"),
    ("max(baseline + 7pp, 65%)", "51%", 1, "65.0", "65% where seven points would not reach it"),
    ("max(baseline + 7pp; 65%)", "58%", 1, "65.0", "both the same"),
    ("min(baseline - 3pp; 20%)", "25.4%", 1, "20.0", "20% is the greater improvement"),
    ("min(baseline − 3pp, 20%)", "21.5%", 1, "18.5", "three points are the greater improvement"),
    ("min(baseline - 3pp; 20%)", "23%", 1, "20.0", "both the same"),
    ("reduce by 10% a year from baseline in 2025/26", "2,005", 1, "1804.5", "the next year, compound after it"),
    ("reduce by 30% from baseline", "1.5", 2, "1.05", "once, whatever the year"),
    ("increase by 2% from baseline", "100", 0, "102", "the other way"),
    ("step(+2pp a year from baseline in 2025/26)", "58.4%", 1, "60.4", "a start that each place has for itself"),
    ("linear to 92% by 2028/29 from baseline in 2025/26", "62%", 1, "72.0", "a third of the way"),
    ("explicit(2026/27: baseline; 2027/28: 3)", "5", 0, "5", "held, then lowered"),
    ("higher than baseline", "72.1%", 1, "72.1", "the bound to be beaten"),
    ("lower than baseline", "-7", 0, "-7", "a number below nothing"),
    ("Baseline", "7", 0, "7", "capitals do not matter"),
]


@pytest.mark.parametrize(("rule", "baseline", "decimals", "printed", "why"), BASELINES)
def test_rules_that_start_from_each_places_own_baseline(
    rule: str, baseline: str, decimals: int, printed: str, why: str
) -> None:
    values = compute(parse_rule(rule, baseline=baseline), [parse_period("2026/27")])
    assert str(half_up(values["2026/27"], decimals)) == printed, why


@pytest.mark.parametrize(
    ("rule", "baseline", "told"),
    [
        ("max(baseline + 7pp; 65%)", None, "the baseline is not known here"),
        ("max(baseline + 7pp; 65%)", "", "the baseline is not known here"),
        ("max(baseline + 7pp; 65%)", "60", "cannot be added to a plain number"),
        ("max(baseline + 7pp; 65%)", "7pp", "is a difference where a value is needed"),
        ("max(baseline + 7pp; 65%)", "n/a", "“n/a” is no number"),
        ("reduce by 130% from baseline", "5", "nothing can fall by more than 100%"),
        ("reduce by 10% from 250 in 2016/17", None, "is not what “compound” needs"),
        ("higher than", "5", "is none of the forms"),
    ],
)
def test_a_baseline_is_never_guessed(rule: str, baseline: str | None, told: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_rule(rule, baseline=baseline)
    assert told in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(("rule", "periods", "decimals", "printed", "why"), FORMS, ids=[row[0] for row in FORMS])
def test_forms(rule: str, periods: tuple[str, ...], decimals: int, printed: str, why: str) -> None:
    values = compute(parse_rule(rule, standards={"rtt": "92%"}), [parse_period(label) for label in periods])
    shown = [str(half_up(values[label], decimals)) if label in values else "-" for label in periods]
    assert shown == printed.split(), why


def test_the_example_of_every_form_can_be_read() -> None:
    for example in EXAMPLES.values():
        assert parse_rule(example, standards={"rtt-18-weeks": "92%"}, baseline="58%")


def test_every_rule_in_the_guide_can_be_read_and_its_example_runs() -> None:
    guide = (Path(__file__).resolve().parents[3] / "docs" / "trajectories.md").read_text(encoding="utf-8")
    rules = re.findall(r"^\| `([^`]+)`", guide, flags=re.MULTILINE)
    assert len(rules) >= len(EXAMPLES)
    for rule in rules:
        assert parse_rule(rule, standards={"rtt-18-weeks": "92%"}, baseline="58%"), rule
    (example,) = re.findall(r"```python\n(.*?)```", guide, flags=re.DOTALL)
    *setting_up, last = example.strip().splitlines()
    names: dict[str, object] = {}
    exec("\n".join(setting_up), names)
    assert eval(last, names) == {"2017/18": Decimal("66.4")}


# rule, words that the error must hold, why it is refused
REFUSED = [
    ("", "there is nothing to compute", "an empty cell is no rule"),
    ("rise gently", "“rise gently” is none of the forms", "prose"),
    ("step(+2% a year from 58.4% in 2013/14)", "can be read two ways: write pp", "per cent of a percentage"),
    ("step(+2pp a year from 250 in 2013/14)", "cannot be added to a plain number", "points need a percentage"),
    ("step(+2pp a year from 58.4%)", "is not what “step” needs", "no base period"),
    ("step(+2pp a year from 58.4% in 20I3/14)", "“20I3/14” is no period", "a letter for a digit"),
    ("compound(-2pp a year from 24 in 2012-14)", "compound growth is a percentage", "points do not compound"),
    ("compound(-120% a year from 24 in 2012-14)", "nothing can fall by more than 100%", "below nothing"),
    ("linear to 92% by 2016/17 from 88% in 2016/17", "should end after it begins", "no time passes"),
    ("linear to 92 by 2018/19 from 88% in 2016/17", "not in the same unit", "a number and a percentage"),
    ("percent(5 of 0)", "nothing is a percentage of 0", "division by nothing"),
    ("cumulative share(75% of 100 over 0 years from 2013/14)", "over 0 years", "no time to reach it"),
    ("max(58%; 65)", "mixes percentages and plain numbers", "cannot be compared"),
    ("sum(1; 2", "brackets do not match", "a bracket is missing"),
    ("explicit(2017/18: 1; 2017/18: 2)", "names a period twice", "two values for one period"),
    ("explicit(1; 2)", "names no period", "a list of values needs periods"),
    ("standard(unknown)", "is no standard of the planning round (rtt)", "lists those that are known"),
    ("total(explicit(1))", "the periods to add up", "no run of periods"),
    ("total(explicit(1) over 2018/19 to 2017/18)", "cannot be reached from", "backwards"),
    ("share(3% of 12345678901234567890)", "more than 15 digits", "no such number of people"),
    ("max(" * 12 + "1" + ")" * 12, "more than 8 deep", "nested without end"),
    ("x" * 2000, "more than 1,000", "too long to be one line"),
]


@pytest.mark.parametrize(("rule", "told", "why"), REFUSED, ids=[row[0][:40] or "empty" for row in REFUSED])
def test_refusals_name_the_rule_the_reason_and_an_example(rule: str, told: str, why: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_rule(rule, standards={"rtt": "92%"})
    assert told in str(caught.value), why
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("rule", "period", "told"),
    [
        ("step(+1 a year from 5 in 2013/14)", "2012-14", "counts in financial years such as 2013/14"),
        ("compound(-2% a year from 24 in 2012-14)", "2014-15", "3-year pools such as 2012-14"),
        ("compound(+2% a year from 60 in 2016/17 Q4)", "2017/18 Q1", "cannot say what happens in between"),
        ("step(+1 a month from 5 in January 1900)", "January 2017", "more than 1200 steps apart"),
        ("compound(+900% a month from 9 in April 2000)", "April 2017", "a number of more than 30 digits"),
        (
            "compound(+999999999999% a month from 9 in April 2000, rounded each month to 9 decimals)",
            "April 2090",
            "a number of more than 30 digits",
        ),
    ],
)
def test_periods_of_another_kind_are_refused_and_never_guessed(rule: str, period: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        compute(parse_rule(rule), [parse_period(period)])


def test_a_hundred_years_of_months_are_reckoned_to_more_digits_than_are_ever_printed() -> None:
    rule = parse_rule("compound(+0.123456789012% a month from 5 in January 1950)")
    [(label, value)] = compute(rule, [parse_period("December 2049")]).items()
    exact = 5 * (1 + Fraction("0.123456789012") / 100) ** 1199
    assert label == "December 2049"
    assert abs(Fraction(value) - exact) < exact / 10**70


def test_values_are_exact_until_they_are_printed() -> None:
    value = compute(parse_rule("compound(-2% a year from 24.2 in 2012-14)"), [parse_period("2015-17")])
    assert value == {"2015-17": Decimal("24.2") * Decimal("0.98") ** 3}
