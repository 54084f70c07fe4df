"""`trigpoint activity`: what each command prints and writes, and how it refuses."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import typer
from activity_workspace import GROWTH, SCHEMES, made_workspace
from typer.testing import CliRunner, Result

from trigpoint.cli.activity import COMMANDS, register
from trigpoint.errors import InputError


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["activity", *map(str, arguments)])


def refused(*arguments: object) -> str:
    """The sentence of a refusal, which the program prints with exit code 2."""
    result = run(*arguments)
    assert isinstance(result.exception, InputError), result.output
    return str(result.exception)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return made_workspace(tmp_path / "plan")


@pytest.fixture
def months(tmp_path: Path) -> Path:
    return made_workspace(tmp_path / "months", months=True)


def test_run_prints_years_bridge_and_schemes(workspace: Path) -> None:
    result = run("run", workspace)
    assert result.exit_code == 0, result.output
    said = " ".join(result.stdout.split())
    for words in ("Activity by point of delivery and year", "A&E: what makes the difference", "Front door triage",
                  "IHAM A&E", "Do something", "80% interval", "As planned: 400 draws, seed 7."):  # fmt: skip
        assert words in said


def test_the_printed_bridge_adds_up(workspace: Path) -> None:
    lines = run("run", workspace).stdout.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("A&E: what makes"))
    end = next(at for at, line in enumerate(lines) if at > start and line.startswith("Do something"))
    cells = [line.split() for line in lines[start : end + 1] if line.strip()[-3:].isdigit()]
    cells = [row for row in cells if "/" not in row[-1]]
    for column in (-2, -1):
        numbers = [int(row[column].replace(",", "").replace("−", "-").replace("+", "")) for row in cells]
        assert sum(numbers[:-1]) == numbers[-1]


def test_json_is_the_contract(workspace: Path) -> None:
    result = run("run", workspace, "--json", "--draws", 200, "--seed", 3)
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert (answer["seed"], answer["draws"]) == (3, 200)
    assert {"pod", "provider", "month", "fot", "do_nothing", "do_something", "p10", "p90"} <= set(answer["series"][0])
    assert {"pod", "year", "part", "value"} <= set(answer["bridge"][0])
    assert {"id", "pod", "year", "mean", "p10", "p90"} <= set(answer["schemes"][0])
    assert [row["month"] for row in answer["series"][:24]] == [
        f"{2017 + (at + 3) // 12}-{(at + 3) % 12 + 1:02d}" for at in range(24)
    ]
    assert len(answer["series"]) == 3 * 24
    found: dict[tuple[str, str], list[float]] = {}
    for row in answer["bridge"]:
        found.setdefault((row["pod"], row["year"]), []).append(row["value"])
        if len(found[row["pod"], row["year"]]) == 1:
            assert row["part"] == "baseline"
    assert set(found) == {("ae", "2017/18"), ("ae", "2018/19"), ("el", "2017/18"), ("el", "2018/19")}
    for (pod, year), values in found.items():
        months = [f"{int(year[:4]) + (at + 3) // 12}-{(at + 3) % 12 + 1:02d}" for at in range(12)]
        whole = sum(row["do_something"] for row in answer["series"] if row["pod"] == pod and row["month"] in months)
        assert sum(values) == pytest.approx(whole, rel=1e-6)


def test_the_same_seed_gives_the_same_answer_on_any_number_of_workers(months: Path) -> None:
    one, two = (run("run", months, "--json", "--workers", number).stdout for number in (1, 2))
    assert one == two
    assert run("run", months, "--json", "--seed", 8).stdout != one


def test_what_is_left_out_is_a_sentence_and_exit_code_1(tmp_path: Path) -> None:
    wrong = GROWTH + "typo,Typo,nowhere,2%,,,,IHAM,Lead\nbare,Bare,ae,19,,,,IHAM,Lead\n"
    result = run("run", made_workspace(tmp_path / "plan", growth__csv=wrong))
    assert result.exit_code == 1
    assert "19" in result.stderr
    assert "growth.csv, line 5" in result.stderr
    assert "nowhere" in result.stderr
    assert "Traceback" not in result.output
    assert "A&E" in result.stdout


def test_a_narrower_run_has_the_same_numbers(workspace: Path) -> None:
    whole = json.loads(run("run", workspace, "--json").stdout)
    part = json.loads(run("run", workspace, "--json", "--pod", "A&E", "--provider", "rrk").stdout)
    assert part["series"] == [row for row in whole["series"] if (row["pod"], row["provider"]) == ("ae", "RRK")]
    assert {row["pod"] for row in part["bridge"]} == {"ae"}
    year = [row["do_something"] for row in part["series"][:12]]
    assert sum(row["value"] for row in part["bridge"] if row["year"] == "2017/18") == pytest.approx(sum(year))


def test_results_are_told_apart_by_an_attribute(tmp_path: Path) -> None:
    counts = "provider,pod,month,specialty,value\n" + "".join(
        f"RNA,ae,{year}-{month:02d},{name},{size}\n"
        for year in (2014, 2015, 2016)
        for month in range(1, 13)
        for name, size in (("180", 700), ("100", 300))
    )
    space = made_workspace(tmp_path / "plan", counts__csv=counts, totals__csv="provider,pod,outturn\n")
    answer = json.loads(run("run", space, "--json", "--by", "specialty").stdout)
    assert {row["specialty"] for row in answer["series"]} == {"100", "180"}
    said = " ".join(run("run", space, "--by", "specialty").stdout.split())
    assert "Activity by point of delivery, provider, specialty and year" in said
    assert "A&E, RNA, 180" in said
    assert "no attribute “colour”" in refused("run", space, "--by", "colour")


def test_run_writes_csv_and_charts(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    result = run("run", workspace, "--csv", folder, "--chart", tmp_path / "all.svg")
    assert result.exit_code == 0, result.output
    assert {"series.csv", "annual.csv", "bridge.csv", "schemes.csv"} <= {path.name for path in folder.iterdir()}
    rows = list(csv.DictReader((folder / "series.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert (rows[0]["pod_name"], rows[0]["line"], rows[0]["month"]) == ("A&E", "E.M.12", "2017-04")
    assert "<svg" in (tmp_path / "all.svg").read_text(encoding="utf-8")
    run("run", workspace, "--pod", "ae", "--chart", tmp_path / "ae.png", "--csv", tmp_path / "one.csv")
    assert (tmp_path / "ae.png").read_bytes()[:4] == b"\x89PNG"
    assert len((tmp_path / "one.csv").read_text(encoding="utf-8-sig").splitlines()) == 1 + 2 * 24


@pytest.mark.parametrize("kind", ["trajectory", "annual", "bridge", "schemes", "tornado", "likelihood", "overall"])
def test_every_picture_of_a_run_can_be_asked_for(workspace: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "drawn.svg"
    result = run("run", workspace, "--pod", "ae", "--picture", kind, "--chart", file)
    assert result.exit_code == 0, result.output
    assert "<svg" in file.read_text(encoding="utf-8")


def test_a_picture_needs_a_file_and_a_point_of_delivery(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "drawn.svg"
    assert "there is no picture “pie”; there are overall" in refused("run", workspace, "--picture", "pie")
    assert "add --chart" in refused("run", workspace, "--picture", "schemes")
    assert "add one --pod" in refused("run", workspace, "--picture", "bridge", "--chart", file)


def test_the_run_says_how_exact_its_intervals_are(workspace: Path) -> None:
    said = " ".join(run("run", workspace).stdout.split())
    few, many = (_error(" ".join(run("run", workspace, "--draws", draws).stdout.split())) for draws in (200, 4_000))
    assert "Monte Carlo standard error" in said
    assert few > 2 * many > 0


def _error(said: str) -> float:
    return float(said.partition("Monte Carlo standard error of ")[2].partition("%")[0])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--draws", "0"), "--draws 0"),
        (("--draws", "3"), "so few draws"),
        (("--seed", "-1"), "--seed -1 is negative"),
        (("--workers", "0"), "--workers 0"),
        (("--scenario", "fast"), "there is no scenario “fast”; there are “slow”"),
        (("--pod", "mars"), "there is no point of delivery “mars”; there are “ae” and “el”"),
        (("--provider", "XXX"), "there is no provider “XXX”"),
        (("--chart", "a.gif"), "ends in .svg or .png"),
        (("--chart", "nowhere/a.svg"), "its folder does not exist"),
        (("--csv", "a.txt"), "ends in .csv"),
    ],
)
def test_bad_options_are_one_sentence(workspace: Path, arguments: tuple[str, ...], words: str) -> None:
    said = refused("run", workspace, *arguments)
    assert words in said
    assert "\n" not in said


def test_a_folder_without_activity_says_how_to_begin(tmp_path: Path) -> None:
    assert "activity template" in refused("run", tmp_path)
    assert "no such folder" in refused("run", tmp_path / "nowhere")


def test_fot_is_the_outturn_that_the_run_starts_from(months: Path) -> None:
    told = json.loads(run("fot", months, "--json").stdout)
    assert (told["year"], told["months_known"]) == ("2016/17", 5)
    made = json.loads(run("run", months, "--json", "--draws", 4000).stdout)
    for one in told["series"]:
        bridge = [row for row in made["annual"] if (row["pod"], row["provider"]) == (one["pod"], one["provider"])]
        assert bridge[0]["fot"] == pytest.approx(one["value"], rel=1e-6)
        assert one["likely"]["low"] < one["value"] < one["likely"]["high"] < one["wide"]["high"]
        assert sum(month["value"] for month in one["months"]) == pytest.approx(one["value"])
        assert [month["actual"] for month in one["months"]] == [True] * 5 + [False] * 7
    assert [one["provider"] for one in told["totals"]] == ["All"]


def test_fot_of_another_year_and_method(months: Path, tmp_path: Path) -> None:
    arguments = (
        "fot",
        months,
        "--year",
        "2015/16",
        "--months",
        3,
        "--method",
        "own-profile",
        "--org",
        "RNA",
        "--pod",
        "ae",
    )
    told = json.loads(run(*arguments, "--json").stdout)
    assert [(one["pod"], one["provider"], one["method"]) for one in told["series"]] == [
        ("ae", "RNA", "own last year's profile")
    ]
    result = run(*arguments, "--chart", tmp_path / "fot.svg", "--csv", tmp_path / "fot.csv")
    assert result.exit_code == 0, result.output
    assert "2015/16 will come to" in result.stdout
    assert len((tmp_path / "fot.csv").read_text(encoding="utf-8-sig").splitlines()) == 13
    assert (tmp_path / "fot.svg").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--months", "13"), "--months 13 is not between 1 and 12"),
        (("--year", "soon"), "“soon” is no financial year"),
        (("--method", "magic"), "there is no method “magic”"),
        (("--org", "XXX"), "there is no provider “XXX”"),
        (("--chart", "all.svg"), "a chart shows one series, and there are 3"),
    ],
)
def test_fot_refuses_in_one_sentence(
    months: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words in refused("fot", months, *arguments)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the made-up files as they would be published, and no plan."""
    from trigpoint.releases.reading import read_file
    from trigpoint.releases.store import open_store

    folder = tmp_path_factory.mktemp("figures")
    store = open_store(folder, create=True)
    for path in sorted((Path(__file__).parents[3] / "examples" / "published-made-up").glob("*AE*.csv")):
        for one in read_file(path):
            store.add(one, date(2026, 1, 31))
    return folder


def test_fot_of_any_trust_from_published_files(published: Path) -> None:
    arguments = ("fot", published, "--org", "ZZ1", "--pod", "ae-attendances-type-1")
    told = json.loads(run(*arguments, "--months", 5, "--json").stdout)
    (one,) = told["series"]
    assert (told["year"], told["months_known"], one["provider"]) == ("2025/26", 5, "ZZ1")
    assert not any("only" in note and "one series" in note for note in one["notes"]), "pooled with all trusts"
    later = json.loads(run(*arguments, "--json").stdout)
    assert later["months_known"] == 9
    assert later["series"][0]["months"][:9] == [
        {"month": month["month"], "value": month["value"], "actual": True} for month in later["series"][0]["months"][:9]
    ]
    assert later["series"][0]["likely"]["high"] / later["series"][0]["likely"]["low"] < (
        one["likely"]["high"] / one["likely"]["low"]
    )
    assert "add --org" in refused("fot", published)
    assert "no year can be tested" in refused("backtest", published)


def test_backtest_tells_errors_and_coverage(months: Path, tmp_path: Path) -> None:
    result = run("backtest", months, "--chart", tmp_path / "b.svg")
    assert result.exit_code == 0, result.output
    assert "from month 5 the model average missed 2016/17 by" in result.stdout
    answer = json.loads(run("backtest", months, "--months", 8, "--years", "2015/16", "--json").stdout)
    assert answer["months_known"] == 8
    assert {row["year"] for row in answer["rows"]} == {"2015/16"}
    assert {"mape", "bias", "coverage_80", "coverage_95"} <= set(answer["rows"][0])
    assert "no year can be tested" in refused("backtest", made_workspace(tmp_path / "totals"))


def test_compare_is_paired(workspace: Path) -> None:
    answer = json.loads(run("compare", workspace, "slow", "--json").stdout)
    assert [one["id"] for one in answer["scenarios"]] == ["", "slow"]
    rows = {(row["scenario"], row["pod"], row["year"]): row for row in answer["rows"]}
    assert rows["slow", "el", "2018/19"]["difference"] == 0
    assert rows["slow", "ae", "2017/18"]["difference"] > 0
    slow = json.loads(run("run", workspace, "--scenario", "Slow", "--json").stdout)
    whole = sum(row["do_something"] for row in slow["series"][:12]) + sum(
        row["do_something"] for row in slow["series"] if row["provider"] == "RRK" and row["month"] < "2018-04"
    )
    assert rows["slow", "ae", "2017/18"]["mean"] == pytest.approx(whole, rel=0.01)
    assert "Slow" in run("compare", workspace).stdout


def test_monitor_compares_with_the_months_that_came(months: Path, tmp_path: Path) -> None:
    answer = json.loads(run("monitor", months, "--json").stdout)
    assert answer["at"] == "2017-08"
    for row in answer["to_date"]:
        assert row["actual"] - row["plan"] == pytest.approx(row["difference"])
    early = json.loads(run("monitor", months, "--at", "2017-05", "--pod", "ae", "--json").stdout)
    assert early["at"] == "2017-05"
    assert {row["pod"] for row in early["months"]} == {"ae"}
    assert "Plan against actual" in run("monitor", months).stdout
    assert "no month" in refused("monitor", months, "--at", "summer")


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".html", ".csv"])
def test_export_writes_each_kind(workspace: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    result = run("export", workspace, "-o", path, "--at", "2017-03-31", "--scenario", "slow")
    assert result.exit_code == 0, result.output
    assert path.stat().st_size > 1000
    if suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path)["About"]
        assert [cell.value for cell in sheet["B"]][5:7] == ["31 March 2017", "Slow (slow)"]


def test_export_refuses_before_it_works(workspace: Path, tmp_path: Path) -> None:
    assert "no file to write" in refused("export", workspace)
    assert ".xlsx or .docx or .html or .csv" in refused("export", workspace, "-o", tmp_path / "a.pdf")


def test_the_template_goes_out_and_comes_back(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "activity.xlsx"
    assert run("template", workspace, "-o", file).exit_code == 0
    same = run("read", file, "--into", workspace)
    assert same.exit_code == 0, same.output
    before = json.loads(run("run", workspace, "--json").stdout)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    assert run("read", file, "--into", fresh).exit_code == 0
    after = json.loads(run("run", fresh, "--json").stdout)
    assert after["series"] == before["series"]
    assert run("template", "-o", tmp_path / "empty.xlsx").exit_code == 0
    assert "no file to write" in refused("template")


def test_nothing_is_written_while_a_cell_is_wrong(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "activity.xlsx"
    run("template", workspace, "-o", file)
    book = openpyxl.load_workbook(file)
    sheet = next(one for one in book if "rowth" in one.title)
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 0.017)
    cell.value = "lots"
    next(cell for row in sheet.iter_rows() for cell in row if cell.value == 0.019).value = 0.021
    book.save(file)
    before = (workspace / "activity" / "growth.csv").read_text(encoding="utf-8")
    result = run("read", file, "--into", workspace)
    assert result.exit_code == 1
    assert "Nothing was written" in result.stderr
    assert "lots" in result.stderr
    assert (workspace / "activity" / "growth.csv").read_text(encoding="utf-8") == before
    good = run("read", file, "--into", workspace, "--accept-good")
    assert good.exit_code == 1
    text = (workspace / "activity" / "growth.csv").read_text(encoding="utf-8")
    growth = {row["id"]: row["value"] for row in csv.DictReader(text.splitlines())}
    assert growth == {"iham-ae": "2.1%", "iham-el": "1.7%"}  # the wrong row leaves the one before it
    assert "no Excel workbook" in refused("read", tmp_path / "a.csv")


def test_made_up_records_become_cells(tmp_path: Path) -> None:
    counts, records, plan = tmp_path / "counts.csv", tmp_path / "records.parquet", tmp_path / "plan"
    plan.mkdir()
    assert run("synth", counts, "--seed", 7).exit_code == 0
    made = json.loads(run("synth", records, "--rows", 60_000, "--json").stdout)
    assert made[0]["rows"] == 60_000
    result = run("cells", records, "--into", plan, "--by", "specialty", "--base", "2016/17", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["used"] == told["rows"] == 60_000
    assert told["cells"] > 20
    made_run = run("run", plan, "--json", "--draws", 100)
    assert made_run.exit_code == 0, made_run.output
    assert "stays as it is" in run("cells", records, "--into", plan).stdout
    assert "no shape “star”" in refused("synth", tmp_path / "x", "--shape", "star")
    assert "no engine “abacus”" in refused("cells", records, "--into", plan, "--engine", "abacus")
    assert "add --into" in refused("cells", records)


def test_every_command_has_an_example_in_its_help() -> None:
    for command in COMMANDS:
        page = run(command.__name__, "--help").stdout
        assert f"trigpoint activity {command.__name__}" in page.partition("Example")[2]


def test_a_scheme_that_names_nothing_leaves_the_rest(tmp_path: Path) -> None:
    wrong = SCHEMES + "ghost,Ghost,share avoided,ae,150%,2017-04,,,Plan,Lead\n"
    result = run("run", made_workspace(tmp_path / "plan", schemes__csv=wrong), "--json")
    assert result.exit_code == 1
    assert {row["id"] for row in json.loads(result.stdout)["schemes"]} == {"triage"}
    assert "schemes.csv, line 3" in result.stderr


def test_the_mitigators_are_listed() -> None:
    assert len(json.loads(run("mitigators", "--json").stdout)) == 92
    (falls,) = json.loads(run("mitigators", "FALLS", "--json").stdout)
    assert (falls["code"], "age >= 65" in falls["where"]) == ("IP-AA-016", True)
    assert "1 mitigator." in run("mitigators", "falls").stdout
    assert "No mitigator has “teleport”" in " ".join(run("mitigators", "teleport").stdout.split())
