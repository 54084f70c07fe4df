"""The figures of a workspace: what each wrong row is told, and that the rest is kept. Reads as a page of the manual."""

from __future__ import annotations

from pathlib import Path

import pytest

from trigpoint.measures.book.reading import Reading, read_book

ACTUALS = "indicator,place,period,group,numerator,denominator,value,status,source,loaded_on,note,illustrative"
AIMS = "indicator,place,kind,period,value,numerator,denominator,rule,group,edition,approved_by"
REBASES = "indicator,place,period,reason,by,on"
DEFINITIONS = {
    "seen": 'statistic = "proportion"\nmultiplier = 100\nunit = "%"\nperiod_type = "month"',
    "cases": 'statistic = "count"\nperiod_type = "month"\ndecimals = 0',
    "balance": 'statistic = "value"\nperiod_type = "financial year"',
    "stay": 'statistic = "mean"\nperiod_type = "quarter"',
}
PLACES = """code,name,kind,parent,aliases,valid_from,valid_to,successor
05C,NHS Dudley CCG,ccg,,Dudley CCG,2013-04-01,2021-03-31,D2P2L
D2P2L,NHS Black Country CCG,ccg,,,2021-04-01,,
05C-dn,Dudley & Netherton,locality,05C,,,,
north-a,Northfield,practice,,,,,
north-b,Northfield,practice,,,,,
"""


def workspace(folder: Path, *, actuals: str = "", aims: str = "", rebases: str = "") -> Path:
    measurement = folder / "measurement"
    (measurement / "definitions").mkdir(parents=True)
    (folder / "plan.toml").write_text('format = 1\n[plan]\ntitle = "A plan"\n', encoding="utf-8")
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    for key, lines in DEFINITIONS.items():
        text = f'id = "{key}"\nversion = "1"\nname = "{key.title()}"\n{lines}\n'
        (measurement / "definitions" / f"{key}.toml").write_text(text, encoding="utf-8")
    for name, heading, rows in (
        ("actuals", ACTUALS, actuals),
        ("trajectories", AIMS, aims),
        ("rebases", REBASES, rebases),
    ):
        if rows:
            (measurement / f"{name}.csv").write_text(f"{heading}\n{rows}\n", encoding="utf-8")
    return folder


def read(folder: Path, **tables: str) -> Reading:
    return read_book(workspace(folder, **tables))


GOOD = "seen,05C,April 2017,,95,100,,,,,,"
WRONG_ACTUALS = {
    "an unknown indicator": (
        "sean,05C,May 2017,,1,2",
        "column indicator: there is no definition “sean”; did you mean “seen”?",
    ),
    "an unknown place": (
        "seen,Dudley & Nethertown,May 2017,,1,2",
        "column place: there is no place “Dudley & Nethertown”; did you mean “Dudley & Netherton” (05C-dn)? "
        "If not, add the place to places.csv.",
    ),
    "a name of two places": (
        "seen,Northfield,May 2017,,1,2",
        "column place: “Northfield” is the name of several places; write the code: north-a or north-b.",
    ),
    "a period after the place had ended": (
        "seen,05C,April 2021,,1,2",
        "column place: “NHS Dudley CCG” ended on 31 March 2021, so that it has no figure of April 2021; name the place "
        "that took over (D2P2L), or correct the period, or the place’s years in places.csv.",
    ),
    "a period before the place began": (
        "seen,NHS Black Country CCG,March 2021,,1,2",
        "column place: “NHS Black Country CCG” began on 1 April 2021, so that it has no figure of March 2021; correct "
        "the period, or the place’s years in places.csv.",
    ),
    "a period that is none": (
        "seen,05C,Maytober,,1,2",
        "column period: “Maytober” is not a period; write e.g. November 2017.",
    ),
    "a period of another kind": (
        "seen,05C,2017/18,,1,2",
        "column period: “2017/18” is no month, and the indicator is counted by month; write e.g. November 2017.",
    ),
    "a word for a number": (
        "seen,05C,May 2017,,n/a,2",
        "column numerator: “n/a” is not a number; leave the cell empty and say why in the note, or write * where the "
        "number is suppressed.",
    ),
    "a currency sign": (
        "balance,05C,2017/18,,,,£1.2",
        "column value: “£1.2” is not a number; write digits with a full stop for the decimals, e.g. 58.4, and put the "
        "unit in its own column.",
    ),
    "a comma for thousands": (
        'cases,05C,May 2017,,"12,345",',
        "column numerator: “12,345” is not a number; write 12345 without a comma.",
    ),
    "a percent sign": (
        "seen,05C,May 2017,,,,95%",
        "column value: “95%” is not a number; write the number alone and put % in the unit column.",
    ),
    "a formula": (
        "cases,05C,May 2017,,=1+1,",
        "column numerator: “=1+1” is not a number; write digits with a full stop for the decimals, e.g. 58.4, and put "
        "the unit in its own column.",
    ),
    "a negative count": (
        "cases,05C,May 2017,,-1,",
        "column numerator: the numerator −1 is negative; correct it; what is counted is 0 or more.",
    ),
    "a negative denominator": (
        "stay,05C,2017/18 Q1,,1,-2",
        "column denominator: the denominator −2 is negative; correct it; a denominator counts something.",
    ),
    "a part larger than its whole": (
        "seen,05C,May 2017,,1001,1000",
        "column numerator: the numerator 1,001 is larger than the denominator 1,000, and a proportion cannot be; "
        "correct one of the two.",
    ),
    "a value that its parts deny": (
        "seen,05C,May 2017,,19,20,96.0",
        "column value: the value 96.0 is not what numerator and denominator give (95.0); correct one of the three, or "
        "leave the value out.",
    ),
    "a part without its whole": (
        "seen,05C,May 2017,,19,",
        "column denominator: the denominator is missing; fill it in, or give the value alone.",
    ),
    "a share of more than all": (
        "seen,05C,May 2017,,,,101",
        "column value: the value 101 is more than all of them (100); write a share of 100, or correct the definition’s "
        "multiplier.",
    ),
    "a count that is two numbers": (
        "cases,05C,May 2017,,5,,6",
        "column value: the numerator 5 and the value 6 of a count differ; keep the right one of the two.",
    ),
    "a numerator where a value belongs": (
        "balance,05C,2017/18,,5,",
        "column value: the value is missing; fill in the value.",
    ),
    "an id that can be no file": (
        "../seen,05C,May 2017,,1,2",
        "column indicator: there is no definition “../seen”; correct the id.",
    ),
    "no figure at all": (
        "seen,05C,May 2017,,,",
        "the row has no figure; fill numerator and denominator, or value; write * where the source suppresses the "
        "number.",
    ),
    "the same figure twice": (
        "seen,05C,Apr-17,,95,100",
        "this row says again what line 2 says (seen, 05C, April 2017); remove one.",
    ),
    "another figure for the same thing": (
        "seen,Dudley CCG,April 2017,,96,100",
        "line 2 has another figure for the same thing (seen, 05C, April 2017), so this one is left out; "
        "keep the right one of the two.",
    ),
    "a status that is none": (
        "seen,05C,May 2017,,1,2,,draft",
        "column status: “draft” is not a status; write one of “provisional”, “final”.",
    ),
}


@pytest.mark.parametrize("case", WRONG_ACTUALS)
def test_a_wrong_row_is_named_and_the_rest_is_kept(case: str, tmp_path: Path) -> None:
    row, said = WRONG_ACTUALS[case]
    cells = row + "," * (ACTUALS.count(",") - (row.count(",") - (1 if '"' in row else 0)))
    reading = read(tmp_path, actuals=f"{GOOD}\n{cells}\nseen,05C,June 2017,,97,100,,,,,,")
    [problem] = reading.problems
    start = f"{tmp_path}/measurement/actuals.csv, line 3"
    assert str(problem).startswith(start)
    assert str(problem).removeprefix(start).lstrip(":, ") == said
    assert [row.period for row in reading.book.actuals] == ["April 2017", "June 2017"]


WRONG_AIMS = {
    "neither figure nor rule": (
        "seen,05C,plan,March 2018,,,,",
        "the row has neither figure nor rule; fill value, or numerator and denominator, or rule.",
    ),
    "a figure of no period": (
        "seen,05C,plan,,95,,,",
        "column period: the period is missing; fill it in; for a figure that holds for every period write a rule, "
        "e.g. explicit(95%).",
    ),
    "a rule and a figure": (
        "seen,05C,plan,,95,,,explicit(95%)",
        "column rule: the row has a rule and a figure or period beside it; write the rule in a row alone.",
    ),
    "a target of a place that is none": (
        "seen,Kirkby,plan,March 2018,95,,,",
        "column place: there is no place “Kirkby”",
    ),
    "a rule that cannot be read": (
        "seen,05C,plan,,,,,up a bit",
        "column rule: trajectory rule “up a bit”",
    ),
    "a rule of percentages for a count": (
        "cases,05C,plan,,,,,max(baseline + 7pp; 65%)",
        "column rule: the rule “max(baseline + 7pp; 65%)” gives a percentage, and the indicator is none; write the "
        "rule in the indicator’s own unit.",
    ),
    "a rule of years for a measure of months": (
        "seen,05C,plan,,,,,step(+2pp a year from 58.4% in 2013/14)",
        "has periods of another kind, and the indicator is counted by month; write its periods as March 2018.",
    ),
    "values of years for a measure of months": (
        "seen,05C,plan,,,,,explicit(2017/18: 91%)",
        "has periods of another kind, and the indicator is counted by month; write its periods as March 2018.",
    ),
    "a rule with a standard that cannot be read": (
        "seen,05C,plan,,,,,max(standard(e-b-3); 65%",
        "column rule: trajectory rule “max(standard(e-b-3); 65%”: its brackets do not match",
    ),
    "a target over nothing": (
        "seen,05C,plan,March 2018,,0,0,",
        "column denominator: the denominator is 0, which gives no target; correct it, or give the value alone.",
    ),
    "a kind that is none": ("seen,05C,hope,March 2018,95,,,", "column kind: “hope”"),
    "a mark for a number": (
        "seen,05C,plan,March 2018,*,,,",
        "column value: “*” is no figure to aim at; write a number, or remove the row.",
    ),
}


@pytest.mark.parametrize("case", WRONG_AIMS)
def test_a_wrong_target_is_named_and_the_rest_is_kept(case: str, tmp_path: Path) -> None:
    row, said = WRONG_AIMS[case]
    reading = read(tmp_path, aims=f"{row},,,\nseen,05C,plan,March 2018,95,,,,,,\nseen,05C,stretch,,,,,explicit(97%),,,")
    [problem] = reading.problems
    assert said in str(problem), str(problem)
    assert str(problem).startswith(f"{tmp_path}/measurement/trajectories.csv, line 2")
    assert [(aim.kind.value, aim.period, aim.rule) for aim in reading.book.aims] == [
        ("plan", "March 2018", ""),
        ("stretch", "", "explicit(97%)"),
    ]


FITTING_RULES = (
    "explicit(95%)",
    "explicit(March 2018: 91%)",
    "in March(explicit(2017/18: 82%))",
    "year average(85%)",
    "standard(e-b-3)",
    "higher than baseline",
    "max(baseline + 7pp; standard(e-b-3))",
)


@pytest.mark.parametrize("rule", FITTING_RULES)
def test_a_rule_that_fits_its_indicator_is_kept(rule: str, tmp_path: Path) -> None:
    reading = read(tmp_path, aims=f"seen,05C,plan,,,,,{rule},,,")
    assert (reading.problems, [aim.rule for aim in reading.book.aims]) == ((), [rule])


def test_a_rebase_needs_its_reason_and_its_author(tmp_path: Path) -> None:
    rows = "seen,,April 2017,,A person,\nseen,,May 2017,A new ward,,\nseen,,June 2017,A new ward,The team,2017-07-01"
    reading = read(tmp_path, rebases=rows)
    assert [str(problem).removeprefix(f"{tmp_path}/measurement/") for problem in reading.problems] == [
        "rebases.csv, line 2, column reason: the cell is empty; fill it or remove the row.",
        "rebases.csv, line 3, column by: the cell is empty; fill it or remove the row.",
    ]
    assert [rebase.period for rebase in reading.book.rebases] == ["June 2017"]


MARKS = {"*": "suppressed in the source", "c": "suppressed in the source", "[x]": "not available in the source"}


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_a_figure_without_a_number_and_says_why(mark: str, tmp_path: Path) -> None:
    reading = read(tmp_path, actuals=f"seen,05C,April 2017,,{mark},120,,,,,,")
    [actual] = reading.book.actuals
    assert not reading.problems
    assert (actual.numerator, actual.value, actual.note) == (None, None, MARKS[mark])
    assert actual.denominator == 120


def test_places_are_found_by_code_name_alias_and_among_the_shipped(tmp_path: Path) -> None:
    named = {"May": "05C", "June": "dudley ccg", "July": "RNA", "August": "DGH"}
    rows = "\n".join(f"cases,{name},{month} 2017,,1,,,,,,," for month, name in named.items())
    reading = read(tmp_path, actuals=rows)
    assert not reading.problems
    assert [actual.place for actual in reading.book.actuals] == ["05C", "05C", "RNA", "RNA"]
    assert all(actual.place in reading.book.places for actual in reading.book.actuals)


def test_a_target_may_be_of_a_longer_period_than_its_figures(tmp_path: Path) -> None:
    reading = read(tmp_path, aims="seen,05C,plan,2017/18,95,,,,,,\nseen,05C,plan,2013-15,95,,,,,,")
    assert [aim.period for aim in reading.book.aims] == ["2017/18"]
    assert ["no month" in str(problem) for problem in reading.problems] == [True]
