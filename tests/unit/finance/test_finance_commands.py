"""`trigpoint finance`: what each command prints and writes, its JSON, its exit codes, and how it refuses."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from finance_workspace import FILES, made_finance
from typer.testing import CliRunner, Result

from trigpoint.cli.finance import COMMANDS, register
from trigpoint.errors import InputError

RULE_KEYS = ["rule", "year", "exact", "rounded", "limit", "passes_exact", "passes_rounded", "headroom_gbp", "source"]
DUDLEY = Path(__file__).resolve().parents[3] / "examples" / "dudley-2017-19"


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["finance", *map(str, arguments)], env={"COLUMNS": "120"})


def refused(*arguments: object) -> str:
    """The sentence of a refusal, which the program prints with exit code 2."""
    result = run(*arguments)
    assert isinstance(result.exception, InputError), result.output
    return str(result.exception)


def answer(*arguments: object) -> object:
    """JSON with its numbers as they are printed, not as doubles."""
    return json.loads(run(*arguments).stdout, parse_float=Decimal, parse_int=Decimal)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return made_finance(tmp_path / "plan")


def test_the_rules_of_the_contract_have_these_keys_and_exact_numbers() -> None:
    rows = answer("rules", DUDLEY, "--json")
    assert isinstance(rows, list)
    assert all(list(row) == RULE_KEYS for row in rows)
    found = {(row["rule"], row["year"]): row for row in rows}
    late = found["cumulative_underspend", "2018/19"]
    assert (late["passes_exact"], late["passes_rounded"]) == (False, True)
    assert str(late["exact"]).startswith("0.009269239")
    assert (late["limit"], late["rounded"]) == (Decimal("0.01"), Decimal("0.01"))
    assert late["headroom_gbp"] == -339_000
    assert found["cumulative_underspend", "2017/18"]["headroom_gbp"] == 738_000
    golden = {"cumulative_underspend", "contingency", "nonrecurrent_total", "nonrecurrent_uncommitted", "mhis_growth",
              "running_cost", "net_qipp"}  # fmt: skip
    assert golden <= {rule for rule, _ in found}


def test_rules_that_cannot_be_tested_are_null_with_the_reason(workspace: Path) -> None:
    result = run("rules", workspace, "--json")
    assert result.exit_code == 1
    rows = {(row["rule"], row["year"]): row for row in json.loads(result.stdout)}
    lost = rows["running_cost", "2017/18"]
    assert [lost[key] for key in RULE_KEYS[2:8]] == [None] * 6
    assert "running_cost" in result.stderr
    assert "Traceback" not in result.output


def test_rules_print_what_passes_only_because_it_is_rounded() -> None:
    said = " ".join(run("rules", DUDLEY).stdout.split())
    for words in ("Business rules", "only rounded", "−£339,000", "£4.3m / £463.9m = 0.927%", "Not met: Cumulative"):
        assert words in said


@pytest.mark.parametrize(
    ("written", "payment"),
    [("10500000", 10_350_000), ("£10.5m", 10_350_000), ("10.5m", 10_350_000), ("10,500,000", 10_350_000),
     ("9.0m", 9_400_000), ("10m", 10_000_000), ("£9,900,000.00", 9_900_000)],
)  # fmt: skip
def test_pay_reads_numbers_as_people_write_them(workspace: Path, written: str, payment: int) -> None:
    file = workspace / "finance" / "mechanisms" / "capped.toml"
    result = run("pay", file, "--activity", written, "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert list(said) == ["payment", "marginal", "borne_by"]
    assert said["payment"] == payment


def test_pay_in_units_where_there_is_a_price(tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    file.write_text('kind = "cost_per_case"\nprice_gbp = 1800\n', encoding="utf-8")
    assert json.loads(run("pay", file, "--activity", "1,050", "--json").stdout) == {
        "payment": 1_890_000, "marginal": 1800, "borne_by": "commissioner"}  # fmt: skip
    assert "amount where a number of units" in refused("pay", file, "--activity", "£1.89m")
    assert "1,050 units" in " ".join(run("pay", file, "--activity", "1050").stdout.split())


def test_pay_says_where_activity_moves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "outcomes.toml"
    file.write_text('kind = "outcome_linked"\npool_gbp = "£2.5m"\nscore = 0.605\n', encoding="utf-8")
    result = run("pay", file, "--activity", "7", "--json")
    assert json.loads(result.stdout)["payment"] == 1_512_500
    assert "outcomes.toml" in result.stderr
    assert "does not move" in result.stderr
    quiet = run("pay", file, "--json")
    assert (quiet.exit_code, json.loads(quiet.stdout)["payment"], quiet.stderr) == (0, 1_512_500, "")


def test_pay_by_month_pays_the_year_to_date(workspace: Path) -> None:
    file = workspace / "finance" / "mechanisms" / "capped.toml"
    said = answer("pay", file, "--months", "900k; 1.1m", "--json")
    assert isinstance(said, dict)
    months = said["months"]
    assert [month["month"] for month in months] == ["apr", "may"]
    assert sum(month["payment_gbp"] for month in months) == said["payment"] == months[-1]["paid_to_date_gbp"]
    whole = answer("pay", file, "--months", ";".join(["875k"] * 12), "--json")
    year = answer("pay", file, "--activity", "10.5m", "--json")
    assert isinstance(whole, dict)
    assert isinstance(year, dict)
    assert [whole[key] for key in ("payment", "marginal", "borne_by")] == list(year.values())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--activity", "lots"), "is no amount"),
        (("--activity", "€10m"), "is not in pounds"),
        (("--activity", "-5"), "negative"),
        ((), "no activity was given"),
        (("--months", ";"), "1 to 12"),
        (("--activity", "1", "--months", "1"), "give one of them"),
        (("--activity", "1m", "--chart", "x.pdf"), ".svg or .png"),
    ],
)
def test_pay_refuses_in_a_sentence(workspace: Path, options: tuple[str, ...], words: str) -> None:
    assert words in refused("pay", workspace / "finance" / "mechanisms" / "capped.toml", *options)


def test_pay_refuses_a_mechanism_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "odd.toml"
    file.write_text('kind = "cap_collar"\nplanned_gbp = 100\ncap_gbp = 90\ncollar_gbp = 95\n', encoding="utf-8")
    assert "below the collar" in refused("pay", file, "--activity", "1")
    file.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in refused("pay", file, "--activity", "1")
    assert "cannot be read" in refused("pay", tmp_path / "none.toml", "--activity", "1")


def test_the_position_of_each_year_and_one_bridge(workspace: Path) -> None:
    result = run("position", workspace)
    assert result.exit_code == 0, result.stderr
    said = " ".join(result.stdout.split())
    for words in ("Financial position 2017/18", "£100,000,000.00", "Spend by commissioning group", "2018/19"):
        assert words in said
    (first, second) = answer("position", workspace, "--json")  # type: ignore[misc]
    assert first["resource_limit_gbp"] == 100_000_000
    assert first["forecast_gbp"] == first["budget_gbp"] + Decimal("300000.25")
    assert first["surplus_gbp"] == first["resource_limit_gbp"] - first["forecast_gbp"]
    assert second["year"] == "2018/19"
    steps = [Decimal(step["gbp"]) for step in second["limit_bridge"]["steps"]]
    assert sum(steps[:-1]) == steps[-1] == 101_000_000
    alone = run("position", workspace, "--bridge", "limit", "--year", "2018/19").stdout
    assert "Resource limit" in alone
    assert "Financial position" not in alone


def test_growth_and_inflation_are_told_by_group_and_year(workspace: Path) -> None:
    rows = (
        "year,group,driver,name,rate,gbp\n2018/19,acute,inflation,Tariff,2.1%,\n"
        "2018/19,prescribing,investment,,,250000\n2018/19,,demographic growth,,0.5%,\n"
    )
    made_finance(workspace, growth__csv=rows)
    said = " ".join(run("position", workspace, "--growth", "--year", "2018/19").stdout.split())
    # The hospital's forecast is £300,000.25 above its budget of £60m.
    assert "Acute Tariff (inflation) Recurrent 2.1% £60,300k +£1,266k" in said
    assert "Prescribing Investment Recurrent – – +£250k" in said
    assert "All groups Demographic growth Recurrent 0.5% £98,800k +£494k" in said
    assert "Financial position" not in said
    (one,) = answer("position", workspace, "--year", "2018/19", "--json")  # type: ignore[misc]
    first = one["growth"][0]
    assert (first["assumption"]["group"], first["assumption"]["rate"]) == ("acute", Decimal("0.021"))
    assert first["of_gbp"] == Decimal("60300000.25")
    assert first["gbp"] == Decimal("1266300.01")


def test_schemes_come_to_part_year_tail_and_risk_adjusted(workspace: Path) -> None:
    books = answer("schemes", workspace, "--year", "2017/18", "--json")
    assert isinstance(books, list)
    (book,) = books
    homes = next(one for one in book["schemes"] if one["id"] == "homes")
    assert (homes["part_year_gbp"], homes["tail_gbp"], homes["risk_adjusted_gbp"]) == (900_000, 300_000, 720_000)
    assert book["part_year_gbp"] == 1_200_000
    assert homes["source"] == "Plan"
    assert homes["read_from"] == "schemes.csv, row 2"
    assert "=Care homes" in run("schemes", workspace, "--scheme", "homes").stdout
    linked = (
        "id,name,year,full_year_effect,start,recurrence,stage,activity,contract,deliverable,measure\n"
        "homes,Homes,2017/18,1200000,2017-07,recurrent,idea,fewer-falls,acute,d3,falls\n"
    )
    made_finance(workspace, schemes__csv=linked)
    said = " ".join(run("schemes", workspace, "--scheme", "homes").stdout.split())
    for words in ("fewer-falls", "Saves on the contract acute", "Deliverable d3", "Measure falls"):
        assert words in said
    assert "did you mean “homes”" in refused("schemes", workspace, "--scheme", "hmes")


def test_risks_weigh_and_draw_the_same_for_a_seed(workspace: Path) -> None:
    one, two = (run("risks", workspace, "--json", "--draws", 500, "--seed", 3).stdout for _ in range(2))
    assert one == two
    (position, *_) = json.loads(one)
    assert (position["weighted_gbp"], position["mitigated_gbp"], position["net_gbp"]) == (800_000, 500_000, 300_000)
    assert position["drawn"]["draws"] == 500
    # It meets the control total unless the one risk of 40% happens.
    assert position["drawn"]["probability"] == pytest.approx(0.6, abs=0.1)
    said = " ".join(run("risks", workspace, "--year", "2017/18", "--draws", 500).stdout.split())
    assert "Probability of the control total (£1,000,000)" in said
    assert "Risks that go together" not in said


def test_correlations_are_shown_and_impossible_ones_are_told(workspace: Path) -> None:
    risks = "id,name,year,kind,value,probability\n" + "".join(
        f"{name},{name.title()},2017/18,risk,1000000,40%\n" for name in ("demand", "prices", "staff")
    )
    pairs = "first,second,correlation,note\ndemand,prices,0.9,Same cause\nprices,staff,0.9,\ndemand,staff,-0.9,\n"
    made_finance(workspace, risks__csv=risks, correlations__csv=pairs)
    result = run("risks", workspace, "--year", "2017/18", "--draws", 500)
    assert "Demand Prices 0.9 Same cause" in " ".join(result.stdout.split())
    assert "The correlations contradict each other" in " ".join(result.stderr.split())


def test_contracts_say_payment_marginal_and_bearer(workspace: Path) -> None:
    (one,) = answer("contracts", workspace, "--json")  # type: ignore[misc]
    assert one["at_plan"] == {
        "payment": 11_000_000, "marginal": 1, "borne_by": "commissioner",
        "parts": [{"part": "activity", "gbp": 10_000_000}, {"part": "lines paid by a fixed sum", "gbp": 1_000_000}],
    }  # fmt: skip
    parts = one["variance"]
    assert parts["volume_gbp"] + parts["price_gbp"] + parts["mix_gbp"] == parts["gbp"]
    assert "shared" in run("contracts", workspace).stdout
    assert "no folder activity" in refused("contracts", workspace, "--compare")
    assert "there is no contract" in refused("contracts", workspace, "--contract", "acuter-than-that")


def test_peers_say_the_opportunity_and_what_chance_shows(workspace: Path) -> None:
    (one,) = answer("peers", workspace, "--json")  # type: ignore[misc]
    mean = (Decimal("36.2") + Decimal("38.1") + Decimal("34.0")) / 3
    told = next(row for row in one["opportunities"] if row["comparator"] == "mean of peers")
    assert abs(told["raw"] - (Decimal("41.9") - mean) * 315_000) < Decimal("0.01")
    assert told["chance"] > 0
    assert "there is no measure" in refused("peers", workspace, "--measure", "Nothing")
    said = " ".join(run("peers", workspace).stdout.split())
    assert "Other weights" in said
    assert "By other weights" in said
    assert "year by year" not in said


def test_peers_over_several_years_have_their_trend_printed(workspace: Path) -> None:
    made_finance(
        workspace,
        peers__csv="measure,organisation,name,rate,population,standard_error,own,year\n"
        "Spend a head,05C,Own,40.00,315000,1.5,yes,2014/15\nSpend a head,A,A,35.0,300000,1.5,,2014/15\n"
        "Spend a head,05C,Own,41.90,315000,1.5,yes,2015/16\nSpend a head,A,A,36.2,300000,1.5,,2015/16\n",
    )
    said = " ".join(run("peers", workspace).stdout.split())
    assert "Spend a head: year by year" in said
    assert "2014/15 40 35 5 2015/16 41.9 36.2 5.7" in said


def test_a_line_at_another_price_is_variance_of_price(workspace: Path) -> None:
    lines = (
        "contract,id,name,pod,planned_units,price,actual_price,variable,apr,may\n"
        "acute,ae,Emergency,ae,50000,100,£104,yes,4500,4600\n"
        "acute,el,Planned,el,4000,1250,,yes,340,350\n"
        "acute,drugs,Drugs,Drugs,1,1000000,,no,,\n"
    )
    made_finance(workspace, contract_lines__csv=lines)
    (one,) = answer("contracts", workspace, "--json")  # type: ignore[misc]
    units = next(line["forecast_units"] for line in one["lines"] if line["id"] == "ae")
    assert abs(Decimal(str(one["variance"]["price_gbp"])) - Decimal(str(units)) * 4) <= Decimal("0.01")
    assert one["lines"][0]["actual_price_gbp"] == 104
    assert "Emergency (at £104 each, planned £100)" in " ".join(run("contracts", workspace).stdout.split())


@pytest.mark.parametrize(
    "command", [one.__name__ for one in COMMANDS if one.__name__ not in ("pay", "read", "template")]
)
def test_a_folder_without_finance_is_refused_in_a_sentence(tmp_path: Path, command: str) -> None:
    options = ("-o", tmp_path / "x.xlsx") if command == "export" else ()
    assert "no such folder" in refused(command, tmp_path / "nowhere", *options)
    assert "no folder finance" in refused(command, tmp_path, *options)
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize("command", ["position", "rules", "schemes", "risks", "contracts"])
def test_a_year_that_is_none_of_the_plan_is_refused(workspace: Path, command: str) -> None:
    assert "2030/31 is no year of this plan; it has 2017/18 and 2018/19" in refused(
        command, workspace, "--year", "2030/31"
    )
    assert "no financial year" in refused(command, workspace, "--year", "soon")


def test_a_wrong_row_is_told_and_the_rest_is_computed(tmp_path: Path) -> None:
    wrong = FILES["risks.csv"] + "odd,Odd,2017/18,risk,1000000,140%,Plan\n"
    result = run("risks", made_finance(tmp_path / "plan", risks__csv=wrong), "--json", "--draws", 100)
    assert result.exit_code == 1
    assert "risks.csv, line 4" in result.stderr
    assert json.loads(result.stdout)[0]["weighted_gbp"] == 800_000


def test_a_spelling_is_a_note_and_no_failure(workspace: Path) -> None:
    result = run("position", workspace)
    assert result.exit_code == 0
    assert "£1.0m" in result.stderr
    assert "1000000" in result.stderr


@pytest.mark.parametrize(
    ("command", "options"),
    [("position", ()), ("rules", ()), ("schemes", ()), ("risks", ("--draws", 100)), ("contracts", ()), ("peers", ())],
)
def test_csv_has_exact_numbers_and_nothing_that_runs(
    workspace: Path, tmp_path: Path, command: str, options: tuple[object, ...]
) -> None:
    file = tmp_path / "out.csv"
    run(command, workspace, *options, "--csv", file)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert rows
    cells = [cell for row in rows for cell in row.values()]
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
    assert not any("e-" in cell and cell[:1].isdigit() for cell in cells)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("position", ("--picture", "groups")),
        ("position", ("--picture", "months")),
        ("position", ("--bridge", "limit", "--year", "2018/19")),
        ("rules", ()),
        ("schemes", ()),
        ("schemes", ("--scheme", "homes", "--picture", "months")),
        ("risks", ("--draws", 200)),
        ("risks", ("--draws", 200, "--picture", "tornado")),
        ("risks", ("--draws", 200, "--picture", "outturn")),
        ("contracts", ()),
        ("contracts", ("--picture", "months")),
        ("peers", ()),
        ("peers", ("--picture", "opportunity")),
        ("peers", ("--picture", "funnel")),
    ],
)
def test_charts_are_drawn(workspace: Path, tmp_path: Path, command: str, options: tuple[object, ...]) -> None:
    file = tmp_path / "x.svg"
    result = run(command, workspace, *options, "--chart", file)
    assert not isinstance(result.exception, InputError), result.exception
    assert file.read_text(encoding="utf-8").startswith("<svg")


def test_an_output_that_cannot_be_written_is_refused_before_any_work(workspace: Path) -> None:
    assert "its folder does not exist" in refused("rules", workspace, "--csv", workspace / "none" / "x.csv")
    assert ".svg or .png" in refused("rules", workspace, "--chart", workspace / "x.gif")
    assert "this is a folder" in refused("export", workspace, "-o", made_finance(workspace / "sub.xlsx"))
    assert "no file to write" in refused("export", workspace)


def test_the_template_comes_back_as_it_was_and_nothing_is_half_written(workspace: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "t.xlsx", tmp_path / "other"
    other.mkdir()
    assert run("template", workspace, "-o", file).exit_code == 0
    result = run("read", file, "--to", other)
    assert result.exit_code == 0, result.output
    first = run("position", other, "--json").stdout
    assert first == run("position", workspace, "--json").stdout
    assert run("read", file, "--to", other).stdout == "Nothing changes.\n"


def test_a_wrong_cell_leaves_the_folder_as_it_was(workspace: Path, tmp_path: Path) -> None:
    import openpyxl

    file = tmp_path / "t.xlsx"
    run("template", workspace, "-o", file)
    book = openpyxl.load_workbook(file)
    places = []
    for name, header, wrong in (("Risks", "probability", "140%"), ("Allocations", "gbp", "$5")):
        sheet = book[name]
        at = next(cell for row in sheet.iter_rows(max_row=12) for cell in row if str(cell.value).strip() == header)
        row = next(r for r in range(at.row + 1, 40) if sheet.cell(r, at.column).value not in (None, "")
                   and sheet.cell(r, 1).value in ("demand", "core"))  # fmt: skip
        sheet.cell(row, at.column).value = wrong
        places.append(f"sheet {name}, row {row}, column {sheet.cell(row, at.column).column_letter}")
    book.save(file)
    before = {path: path.read_bytes() for path in sorted((workspace / "finance").rglob("*")) if path.is_file()}
    result = run("read", file, "--to", workspace)
    assert result.exit_code == 1
    for place in places:
        assert place in result.stderr
    assert "Nothing was written" in result.stderr
    assert before == {path: path.read_bytes() for path in sorted((workspace / "finance").rglob("*")) if path.is_file()}


def test_what_is_no_workbook_is_refused(workspace: Path, tmp_path: Path) -> None:
    text = tmp_path / "x.csv"
    text.write_text("a,b\n", encoding="utf-8")
    assert "no Excel workbook" in refused("read", text)
    old = tmp_path / "old.xls"
    old.write_bytes(b"")
    assert "save it as an Excel workbook" in refused("read", old)
    false = tmp_path / "false.xlsx"
    false.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1"))
    assert "password" in refused("read", false)
    assert "no such folder" in refused("read", false, "--to", tmp_path / "none")
