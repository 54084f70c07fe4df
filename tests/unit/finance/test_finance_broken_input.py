"""Bad input to finance that was once lost in silence, misread, or told in the wrong words."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import typer
from finance_workspace import FILES, made_finance
from typer.testing import CliRunner, Result

from trigpoint.cli.finance import register
from trigpoint.errors import InputError, InputErrors
from trigpoint.finance.book.reading import read_texts
from trigpoint.finance.book.template import template_workbook
from trigpoint.finance.book.template_reading import read_template
from trigpoint.finance.contracts.reading import mechanism_of, mechanism_text, read_mechanism
from trigpoint.finance.schemes.scheme_book import scheme_book

CAPPED = 'kind = "cap_collar"\nplanned_gbp = 10000000\ncap = "2%"\ncollar = "2%"\nshare = "50%"\n'


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["finance", *map(str, arguments)], env={"COLUMNS": "120"})


def refused(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, InputError | InputErrors), result.output
    return str(result.exception)


@pytest.fixture
def capped(tmp_path: Path) -> Path:
    path = tmp_path / "capped.toml"
    path.write_text(CAPPED, encoding="utf-8")
    return path


def test_an_empty_month_is_asked_about_and_never_moves_those_after_it(capped: Path) -> None:
    told = refused("pay", capped, "--months", "900k; ; 950k")
    assert told == "--months: month 2 is empty; write 0 where nothing was done."
    assert run("pay", capped, "--months", "900k; 950k;").exit_code == 0
    assert "has 0 months" in refused("pay", capped, "--months", ";;;")


@pytest.mark.parametrize("activity", ["1.050", "£1.050"])
def test_activity_that_may_be_thousands_or_decimals_is_asked_about(capped: Path, activity: str) -> None:
    assert "may be 1050 or 1.05" in refused("pay", capped, "--activity", activity)
    assert run("pay", capped, "--activity", "1.05m").exit_code == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('kind = "block"\nvalue = -5', "line 2: “value”: “-5” is negative"),
        ('kind = "cost_per_case"\nprice = -5', "“price”: “-5” is negative"),
        (
            'kind = "marginal_rate"\nbaseline_gbp = 5\nbaseline_units = 7\nprice_gbp = 3\nrate = "30%"',
            "line 2: “baseline_gbp”: the baseline is not that of the units, 7 × £3 = £21; correct one of them",
        ),
        (
            'kind = "aligned_payment"\nfixed_gbp = 100\ncquin = 1.25\nachieved = "20%"',
            "line 3: “cquin”: “1.25” may be a share or pounds; write 1.25% or £1.25",
        ),
        (
            'kind = "outcome_linked"\npool_gbp = 100\nweights = [0, 0]\nachieved = [0.5, 0.5]',
            "line 3: “weights”: the weights are all nothing, so that nothing can be earned",
        ),
        (
            'kind = "outcome_linked"\npool_gbp = 100\nmeasures = "w=1 b=62% t=70 a=66%"',
            "“70” stands beside shares of the same measure; write all three with % or without",
        ),
        ('kind = "block"\nvalue = ' + "9" * 5000, "this is no TOML: a number has more digits than any amount"),
        ("a = " + "[" * 3000 + "]" * 3000, "this is no TOML: it is nested too deep"),
        ('kind = "block"\nvalue = 1\nvalue = 2', "this is no TOML: a key stands twice"),
    ],
)
def test_a_mechanism_that_says_two_things_or_nothing_is_told_once(text: str, told: str) -> None:
    with pytest.raises(InputErrors) as caught:
        read_mechanism(text, "a.toml")
    sentences = [str(one) for one in caught.value.errors]
    assert len(sentences) == len(set(sentences))
    assert sum(told in one for one in sentences) == 1, sentences


def test_outcomes_in_numbers_above_one_need_no_sign() -> None:
    text = 'kind = "outcome_linked"\npool_gbp = 100\nmeasures = "w=1 b=248 t=230 a=239"'
    assert read_mechanism(text, "a.toml").settled == (("outcomes", 50),)


def test_a_command_without_its_table_says_so_beside_mistakes_of_other_files(tmp_path: Path) -> None:
    spend = FILES["spend.csv"].replace("98000000", "x").replace("60000000", "lots")
    workspace = made_finance(tmp_path / "plan", peers__csv=None, spend__csv=spend)
    told = refused("peers", workspace)
    assert "“lots” is no amount" in told
    assert "there are no rates of peers in this plan; add rows to finance/peers.csv" in told
    (workspace / "finance" / "peers.csv").write_text("measure,organisation,rate\nSpend,05C,much\n", encoding="utf-8")
    assert "there are no rates" not in refused("peers", workspace)


def test_ties_of_risks_of_different_years_are_told_and_left_out() -> None:
    risks = (
        "id,year,kind,value,probability\nnow,2017/18,risk,10,50%\nlate,2018/19,risk,10,50%\n"
        "both,2017/18,risk,10,50%\nboth,2018/19,risk,10,50%\n"
    )
    ties = "first,second,correlation\nnow,late,0.5\nnow,both,0.5\nboth,late,0.5\n"
    settings = 'years = ["2017/18", "2018/19"]\n'
    reading = read_texts({"settings.toml": settings, "risks.csv": risks, "correlations.csv": ties})
    assert [str(one) for one in reading.problems] == [
        "finance/correlations.csv, line 2, column second: “now” and “late” are risks of different years; "
        "name two risks of one year, or remove the row."
    ]
    assert reading.book is not None
    assert [(one.first, one.second) for one in reading.book.correlations] == [("now", "both"), ("both", "late")]


def test_what_is_wrong_in_a_workbook_is_mended_in_its_sheets_and_not_in_files() -> None:
    book = read_texts(FILES).book
    workbook = openpyxl.load_workbook(io.BytesIO(template_workbook(book)))
    rows = workbook["Correlations"]
    rows.append(["demand", "nobody", 0.5])
    rows.append(["demand", "spare", 0.5])
    saved = io.BytesIO()
    workbook.save(saved)
    told = [str(one) for one in read_template(saved.getvalue(), "plan.xlsx").problems]
    assert told == [
        "plan.xlsx, sheet Correlations, row 2, column B: there is no risk “nobody”; add it to the sheet “Risks”, "
        "or correct the name."
    ]


def test_one_stray_cell_far_down_a_sheet_is_told_with_its_row() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(template_workbook(read_texts(FILES).book)))
    workbook["Allocations"].cell(50_000, 1, "late")
    saved = io.BytesIO()
    workbook.save(saved)
    told = [str(one) for one in read_template(saved.getvalue(), "plan.xlsx").problems]
    assert len(told) == 4
    assert all("sheet Allocations, row 50000, column" in one for one in told)


def test_schemes_of_large_groups_count_as_they_do_one_by_one() -> None:
    rows = "".join(f"s{at},2017/18,{1000 + at % 7},2017-0{4 + at % 5},recurrent,idea,g{at % 4}\n" for at in range(60))
    texts = {
        "settings.toml": 'years = ["2017/18", "2018/19"]\nmonths_known = 1\n',
        "schemes.csv": f"id,year,full_year_effect,start,recurrence,stage,double_count\n{rows}",
        "scheme_months.csv": "scheme,year,series,apr,may,jun,jul,aug,sep,oct,nov,dec,jan,feb,mar\n"
        "s0,2017/18,budget,900,900,900,900,900,900,900,900,900,900,900,900\ns4,2017/18,actual,5,,,,,,,,,,,\n",
        "gates.csv": "scheme,gate,decision,by\ns8,outline,passed,Finance Committee\n",
    }
    book = read_texts(texts).book
    assert book is not None
    from trigpoint.finance.schemes.scheme_year import scheme_year

    for year in book.settings.years:
        found = scheme_book(book, year)
        assert list(found.schemes) == [scheme_year(book, one.scheme, year) for one in found.schemes]
        assert len(found.schemes) == (60 if year == book.settings.years[0] else 0)


def test_numbers_are_never_written_over_a_table_of_the_plan(tmp_path: Path) -> None:
    workspace = made_finance(tmp_path / "plan")
    risks = workspace / "finance" / "risks.csv"
    before = risks.read_bytes()
    told = refused("risks", workspace, "--csv", risks)
    assert "--csv would write over a table of the plan, risks.csv" in told
    assert risks.read_bytes() == before
    for _ in range(2):  # an answer of its own may be written again
        assert run("risks", workspace, "--csv", tmp_path / "risks.csv").exit_code == 0


def test_five_units_at_365_are_written_and_read_back_as_that() -> None:
    made = mechanism_of("cost_per_case", {"lines": [[5, 365], [2, 1500]]})
    assert made.planned_gbp == 4_825
    assert read_mechanism(mechanism_text(made), "a.toml").planned_gbp == 4_825
