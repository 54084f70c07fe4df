"""`trigpoint measures`: printed tables, the integrated performance table, one measure, files, refusals."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from trigpoint.cli.measures import register
from trigpoint.errors import InputError
from trigpoint.plans.model import Objective, Plan
from trigpoint.plans.workspace import write_plan

DEFINITION = """
id = "{id}"
version = "1"
name = "{name}"
statistic = "proportion"
period_type = "month"
unit = "%"
multiplier = 100
polarity = "higher is better"
tags = ["urgent care"]
objective = "o1"

[inequality]
dimension = "deprivation"
groups = ["most", "least"]
"""
ACTUALS = "indicator,place,period,group,numerator,denominator,value,status,source,note,illustrative\n"
AIMS = "indicator,place,kind,period,value,rule,edition,illustrative\n"
PLACES = """code,name,kind,parent
ccg,NHS Somewhere CCG,ccg,
north,North,locality,ccg
south,South,locality,ccg
west,West,locality,ccg
"""
MONTHS = [f"{name} 2016" for name in ("January", "February", "March", "April", "May", "June", "July", "August")]


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["measures", *map(str, arguments)])


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A plan with one measure of its own, in a place and its three localities, and for two groups of people."""
    folder = tmp_path / "plan"
    objectives = (Objective("o1", "", "1", "Shorter waits", committees=("Quality Committee",)),)
    write_plan(Plan("Plan", "NHS Somewhere CCG", ("2016/17",), objectives=objectives), folder)
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    figures = folder / "measurement"
    (figures / "definitions").mkdir(parents=True)
    text = DEFINITION.format(id="waits", name="Seen in time")
    (figures / "definitions" / "waits.toml").write_text(text, encoding="utf-8")
    rows = [f"waits,ccg,{month},,{90 - at},100,,,,," for at, month in enumerate(MONTHS)]
    rows += [
        f"waits,{place},August 2016,,{top},100,,,,," for place, top in (("north", 95), ("south", 60), ("west", 94))
    ]
    rows += ["waits,ccg,August 2016,most,40,50,,,,,", "waits,ccg,August 2016,least,43,50,,,,,yes"]
    (figures / "actuals.csv").write_text(ACTUALS + "\n".join(rows) + "\n", encoding="utf-8")
    (figures / "trajectories.csv").write_text(f"{AIMS}waits,ccg,plan,August 2016,92,,,\n", encoding="utf-8")
    return folder


def test_the_list_has_a_row_a_measure(workspace: Path) -> None:
    result = run(workspace)
    assert result.exit_code == 0, result.output
    row = next(line for line in result.stdout.splitlines() if "Seen in" in line)
    assert "83.0%" in row
    assert "92.0%" in row
    assert "red" in row


def test_the_list_as_json_agrees_with_the_measure(workspace: Path) -> None:
    listed = json.loads(run(workspace, "--json").stdout)
    assert listed["measures"] == []
    assert listed["problems"] == []
    (row,) = listed["performance"]
    assert (row["id"], row["place"], row["latest"], row["result"]) == ("waits", "ccg", "83.0%", "target missed")
    one = json.loads(run(workspace, "--measure", "waits", "--json").stdout)
    assert {key: one[key] for key in row} == row


# options, places whose row is shown
CHOICES = [
    (("--place", "North"), ["95.0%"]), (("--place", "south"), ["60.0%"]), (("--tag", "Urgent care"), ["83.0%"]),
    (("--committee", "Quality Committee"), ["83.0%"]), (("--objective", "o1"), ["83.0%"]),
]  # fmt: skip


@pytest.mark.parametrize(("options", "shown"), CHOICES)
def test_the_list_can_be_chosen_from(workspace: Path, options: tuple[str, ...], shown: list[str]) -> None:
    rows = json.loads(run(workspace, *options, "--json").stdout)["performance"]
    assert [row["latest"] for row in rows] == shown


# options, what the sentence says
REFUSALS = [
    (("--measure", "wait"), "did you mean “waits”"),
    (("--measure", "waits", "--place", "Nowhere at all"), "there is no place “Nowhere at all”"),
    (("--measure", "waits", "--spc", "--funnel"), "two views"),
    (("--measure", "waits", "--tag", "urgent care"), "--tag lists measures and --measure shows one"),
    (("--spc",), "add --measure"),
    (("--group", "most"), "add --measure"),
    (("--tag", "elective"), "there is no tag “elective”"),
    (("--committee", "Quality Comittee"), "did you mean “Quality Committee”"),
    (("--measure", "waits", "--chart", "chart.pdf"), "end the name in one of these"),
    (("--csv", "no/such/folder/a.csv"), "its folder does not exist"),
    (("--measure", "waits", "--definition", "--chart", "chart.svg"), "a definition has no chart"),
    (("--measure", "waits", "--place", "north", "--inequality"), "no inequality ladder"),
]


@pytest.mark.parametrize(("options", "sentence"), REFUSALS)
def test_what_cannot_be_shown_is_refused_in_one_sentence(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(workspace)
    result = run(workspace, *options)
    assert isinstance(result.exception, InputError)
    assert sentence in str(result.exception)
    assert list(workspace.glob("chart.*")) == []


def test_one_measure_shows_every_period_with_interval_and_target(workspace: Path) -> None:
    told = json.loads(run(workspace, "-m", "waits", "--json").stdout)
    assert [row[0] for row in told["rows"]] == MONTHS
    last = dict(zip(told["headers"], told["rows"][-1], strict=True))
    assert (last["Value"], last["Lower 95%"], last["Upper 95%"], last["Plan"]) == ("83.0%", "74.5%", "89.1%", "92.0%")
    shown = run(workspace, "-m", "waits").stdout
    assert "74.5% to" in " ".join(shown.split())
    assert "9.0 percentage points below the plan’s target of 92.0%" in " ".join(shown.split())


# view, headers, part of the finding
VIEWS = [
    ("--spc", "Centre", "mean"),
    ("--funnel", "Against the average", "of 3 localities"),
    ("--inequality", "Deprivation", "most 80.0%, least 86.0%"),
    ("--definition", "Field", ""),
]


@pytest.mark.parametrize(("view", "header", "finding"), VIEWS)
def test_the_views_of_one_measure(workspace: Path, tmp_path: Path, view: str, header: str, finding: str) -> None:
    told = json.loads(run(workspace, "-m", "waits", view, "--json").stdout)
    assert header in told["headers"]
    assert finding in told["view_finding"] or view == "--spc"
    result = run(workspace, "-m", "waits", view, "--csv", tmp_path / "view.csv")
    assert result.exit_code == 0, result.output
    rows = list(csv.reader((tmp_path / "view.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == told["headers"]
    assert len(rows) == len(told["rows"]) + 1


@pytest.mark.parametrize("view", [(), ("--spc",), ("--funnel",), ("--inequality",)])
def test_a_view_is_drawn(workspace: Path, tmp_path: Path, view: tuple[str, ...]) -> None:
    result = run(workspace, "-m", "waits", *view, "--chart", tmp_path / "chart.svg")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8").startswith("<svg")


def test_the_list_is_drawn_and_written(workspace: Path, tmp_path: Path) -> None:
    result = run(workspace, "--chart", tmp_path / "all.png", "--csv", tmp_path / "all.csv")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "all.png").read_bytes().startswith(b"\x89PNG")
    (headers, row) = csv.reader((tmp_path / "all.csv").read_text(encoding="utf-8-sig").splitlines())
    assert dict(zip(headers, row, strict=True))["Latest"] == "83.0%"


def test_a_cell_is_never_a_formula(workspace: Path, tmp_path: Path) -> None:
    text = DEFINITION.format(id="waits", name="=cmd()")
    (workspace / "measurement" / "definitions" / "waits.toml").write_text(text, encoding="utf-8")
    run(workspace, "--csv", tmp_path / "all.csv")
    (_, row) = csv.reader((tmp_path / "all.csv").read_text(encoding="utf-8-sig").splitlines())
    assert row[0] == "'=cmd()"


def test_a_wrong_row_is_told_and_the_rest_still_shown(workspace: Path) -> None:
    with (workspace / "measurement" / "actuals.csv").open("a", encoding="utf-8") as file:
        file.write("waits,ccg,September 2016,,-1,100,,,,,\n")
        file.write("wait,ccg,September 2016,,1,100,,,,,\n")
    result = run(workspace)
    assert result.exit_code == 1
    assert "83.0%" in result.stdout
    sentences = result.stderr.strip().splitlines()
    assert len(sentences) == 2
    assert all("actuals.csv, line" in sentence for sentence in sentences)
    assert len(json.loads(run(workspace, "--json").stdout)["problems"]) == 2


def test_a_rule_that_cannot_be_used_is_told_in_the_list(workspace: Path) -> None:
    """The plan's first year has no figure before it, so that a rule's baseline is not known."""
    aims = workspace / "measurement" / "trajectories.csv"
    aims.write_text(f"{AIMS}waits,north,plan,,,baseline + 2pp,,\n", encoding="utf-8")
    result = run(workspace)
    assert result.exit_code == 1
    assert "83.0%" in result.stdout
    (sentence,) = result.stderr.strip().splitlines()
    assert sentence.startswith("Seen in time, North: ")
    assert "baseline" in sentence
    assert json.loads(run(workspace, "--json").stdout)["problems"] == [sentence]


def test_a_workspace_without_figures_is_as_it_was(tmp_path: Path) -> None:
    write_plan(Plan("Plan", "A system", ("2017/18",)), tmp_path / "plan")
    result = run(tmp_path / "plan")
    assert (result.exit_code, result.stdout) == (0, "The plan prints no table of targets and actuals.\n")
    assert json.loads(run(tmp_path / "plan", "--json").stdout) == {"measures": [], "performance": [], "problems": []}


def test_no_terminal_command_comes_out_of_a_name(workspace: Path) -> None:
    text = DEFINITION.format(id="waits", name="Seen \\u001b[31m in time")
    (workspace / "measurement" / "definitions" / "waits.toml").write_text(text, encoding="utf-8")
    for options in ((), ("-m", "waits"), ("-m", "waits", "--definition")):
        assert "\x1b[31m" not in run(workspace, *options).output


@pytest.fixture
def invented(workspace: Path) -> Path:
    """The same plan with one invented figure, and a target that is for March alone."""
    actuals = workspace / "measurement" / "actuals.csv"
    actuals.write_text(
        actuals.read_text(encoding="utf-8").replace(
            "waits,ccg,July 2016,,84,100,,,,,", "waits,ccg,July 2016,,84,100,,,,,yes"
        ),
        encoding="utf-8",
    )
    aims = workspace / "measurement" / "trajectories.csv"
    aims.write_text(f"{AIMS}waits,ccg,plan,March 2017,92,,,\n", encoding="utf-8")
    return workspace


def test_invented_figures_are_marked_in_every_view(invented: Path, tmp_path: Path) -> None:
    """List, one measure, control chart, CSV, JSON and drawing all say so."""
    written, drawn = tmp_path / "list.csv", tmp_path / "list.svg"
    listed = run(invented, "--csv", written, "--chart", drawn)
    assert "Seen in time*" in listed.stdout
    assert "* Illustrative:" in listed.stdout
    assert next(csv.DictReader(written.read_text(encoding="utf-8-sig").splitlines()))["Illustrative"] == "yes"
    assert "Illustrative" in drawn.read_text(encoding="utf-8")
    for view in ((), ("--spc",)):
        shown = run(invented, "--measure", "waits", *view, "--csv", written, "--chart", drawn)
        rows = {row["Period"]: row for row in csv.DictReader(written.read_text(encoding="utf-8-sig").splitlines())}
        assert (rows["July 2016"]["Illustrative"], rows["June 2016"]["Illustrative"]) == ("yes", "")
        assert "84.0%*" in shown.stdout
        assert "85.0%*" not in shown.stdout
        assert drawn.read_text(encoding="utf-8").count("Illustrative figures") == 2, "under the title and in the words"
    assert json.loads(run(invented, "--json").stdout)["performance"][0]["illustrative"] is True
    assert "Illustrative:" in run(invented, "--measure", "waits", "--inequality").stdout


def test_figures_that_are_not_invented_are_not_marked(workspace: Path) -> None:
    told = run(workspace).stdout + run(workspace, "--measure", "waits", "--spc").stdout
    assert "llustrative" not in told
    assert "*" not in told


def test_the_list_says_when_a_target_is_due(invented: Path) -> None:
    result = run(invented)
    assert "not due" in result.stdout
    assert "Seen in time, not due: the next is the plan’s target of 92.0% for March 2017." in " ".join(
        result.stdout.split()
    )
    row = json.loads(run(invented, "--json").stdout)["performance"][0]
    assert row["next_targets"] == ["the plan’s target of 92.0% for March 2017"]
    assert row["target"] is None


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_no_word_of_the_list_is_broken(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    example = Path(__file__).resolve().parents[2] / "examples" / "dudley-2017-19"
    shown = run(example).stdout.partition("\nMeasures")[2]
    for word in (
        "improvement,",
        "Diagnostics",
        "deprivation*",
        "Assurance",
        "variation" if columns > 150 else "Variation",
    ):
        assert word in shown


def test_limits_of_small_counts_have_a_decimal(workspace: Path) -> None:
    """As on the control chart: the mean of small whole numbers is hardly ever whole."""
    path = workspace / "measurement" / "definitions" / "falls.toml"
    keys = (
        'id = "falls"',
        'version = "1"',
        'name = "Falls"',
        'statistic = "count"',
        'period_type = "month"',
        "decimals = 0",
    )
    path.write_text("\n".join(keys), encoding="utf-8")
    rows = "".join(
        f"falls,ccg,{month} {year},,{3 + at % 4},,,,,,\n"
        for year in (2015, 2016)
        for at, month in enumerate(("May", "June", "July", "August", "September", "October", "November"))
    )
    with (workspace / "measurement" / "actuals.csv").open("a", encoding="utf-8") as figures:
        figures.write(rows)
    table = json.loads(run(workspace, "--measure", "falls", "--json").stdout)
    centre = table["headers"].index("Centre")
    assert table["rows"][0][centre] == "4.3"
    assert table["rows"][0][1] == "3"


def test_the_definition_is_told_field_by_field(workspace: Path) -> None:
    path = workspace / "measurement" / "definitions" / "waits.toml"
    more = """
reviewed_on = 2016-03-01
publication_lag_days = 1
suppression = { below = 5, round_to = 5 }
change_log = [{ on = 2016-02-01, text = "Counted anew" }]
"""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n[inequality]", f"{more}\n[inequality]"), encoding="utf-8")
    rows = dict(json.loads(run(workspace, "-m", "waits", "--definition", "--json").stdout)["rows"])
    wanted = {
        "Last review": "1 March 2016", "Published after": "1 day", "Change": "1 February 2016: Counted anew",
        "Small numbers": "counts from 1 to 4 are not shown; counts are rounded to 5",
        "Inequality": "deprivation: most, least",
        "Interval": "95% confidence", "Objective": "o1",
    }  # fmt: skip
    assert {name: rows.get(name) for name in wanted} == wanted
    assert "Next review" not in rows
