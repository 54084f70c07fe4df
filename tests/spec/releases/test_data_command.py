"""`trigpoint data`, from a folder of files to figures, as a user types it."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from trigpoint.cli import data
from trigpoint.cli.data_add import Told, summary
from trigpoint.cli.data_lists import once_each
from trigpoint.errors import InputError
from trigpoint.releases.schema import read_schema

ITEMS = sorted(read_schema("ambulance").eras[0].columns)


def ambulance(mean: int = 1800, months: int = 3, year: int = 2024) -> str:
    """An AmbSYS file: England and one service, means of ``mean`` seconds and a little more each month."""
    lines = [",".join(["Year", "Month", "Region", "Org Code", "Org Name", *(item.upper() for item in ITEMS)])]
    for month in range(1, months + 1):
        for code, name in (("Eng", "England"), ("RX6", "North East Ambulance Service")):
            said = {"a31": mean + month, "a30": 10 * (mean + month), "a10": 10}
            cells = [str(said.get(item, 1)) for item in ITEMS]
            lines.append(",".join([str(year), str(month), "Eng" if code == "Eng" else "Y63", code, name, *cells]))
    return "\r\n".join(lines)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    app = typer.Typer(rich_markup_mode=None)
    data.register(app)

    @app.command("other")
    def other() -> None:
        """A second command, so that `data` keeps its name."""

    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, columns: int = 200) -> Result:
        result = CliRunner().invoke(app, ["data", *arguments], env={"COLUMNS": str(columns)})
        if isinstance(result.exception, InputError):
            raise result.exception
        return result

    return invoke


def test_a_folder_is_added_file_by_file_and_a_bad_one_does_not_stop_the_others(run, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    (folder / "sub").mkdir(parents=True)
    (folder / "good.csv").write_text(ambulance())
    (folder / "page.csv").write_text("<!DOCTYPE html><html><body>404</body></html>")
    (folder / "sub" / "cut.zip").write_bytes(b"PK\x03\x04 cut short")
    (folder / "._good.csv").write_text("a ghost")
    (folder / "notes.pdf").write_bytes(b"%PDF-1.7")
    with zipfile.ZipFile(folder / "twice.zip", "w") as archive:
        archive.writestr("a.csv", ambulance())
        archive.writestr("__MACOSX/._a.csv", "a ghost")
    result = run("add", "downloads", "--into", "w", "--json")
    assert result.exit_code == 1
    said = {Path(one["file"]).name: one for one in map(json.loads, result.stdout.splitlines())}
    assert {name: one["outcome"] for name, one in said.items()} == {
        "good.csv": "added",
        "page.csv": "refused",
        "cut.zip": "refused",
        "twice.zip": "unchanged",
    }
    good = said["good.csv"]
    assert (good["release"], good["period"], good["status"]) == ("ambulance", "2024-01/2024-03", "published")
    assert (good["observations"], good["rejected"], good["notes"]) == (72, [], [])
    assert said["page.csv"]["release"] is None
    assert said["page.csv"]["status"] == "refused"
    assert "a web page saved under the name of a data file" in said["page.csv"]["rejected"][0]
    assert "Passed over" in result.stderr
    assert "._good.csv" in result.stderr


def test_the_lines_for_people_say_what_it_is_and_what_it_replaced(run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ambulance())
    (tmp_path / "two.csv").write_text(ambulance(1900))
    first = run("add", "one.csv", "--into", "w")
    assert (
        "one.csv: Ambulance Systems Indicators (AmbSYS), csv, January to March 2024, published; 72 figures of 2"
        in first.stdout
    )
    assert first.stdout.endswith("1 file: 1 added.\n")
    second = run("add", "two.csv", "--into", "w")
    assert second.exit_code == 0
    assert "it takes the place of one.csv for January to March 2024: 12 figures changed" in second.stdout
    assert second.stdout.endswith("1 file: 1 replaced an older one.\n")


@pytest.mark.parametrize("org", ["ENG", "england", "RX6", "rx6", "North East Ambulance Service"])
def test_a_value_is_printed_with_its_parts_and_source(run, tmp_path: Path, org: str) -> None:
    (tmp_path / "one.csv").write_text(ambulance())
    run("add", "one.csv", "--into", "w")
    arguments = ("value", "ambulance-cat2-mean", "--org", org, "--month", "2024-02", "--into", "w")
    found = json.loads(run(*arguments, "--json").stdout)
    assert (found["value"], found["numerator"], found["denominator"]) == (1802, 18020, 10)
    assert (
        found["source"] == "NHS England, Ambulance Systems Indicators (AmbSYS), February 2024, csv, published, one.csv"
    )
    assert "February 2024: 1,802 seconds (18,020 over 10)" in run(*arguments).stdout


def test_a_value_that_is_not_there_is_null_with_its_reason_and_exit_code_1(run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ambulance())
    run("add", "one.csv", "--into", "w")
    result = run("value", "ambulance-cat2-mean", "--org", "ENG", "--month", "2030-01", "--into", "w", "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["value"] is None
    assert found["note"] == "No file in the workspace has ambulance-cat2-mean for January 2030."


def test_every_period_is_shown_and_drawn_from_ten_points_on(run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ambulance(months=12))
    run("add", "one.csv", "--into", "w")
    shown = ("show", "ambulance-cat2-mean", "--org", "RX6", "--into", "w")
    result = run(*shown, "--csv", "out.csv", "--chart", "out.svg")
    assert result.exit_code == 0
    assert "January 2024" in result.stdout
    rows = list(csv.reader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Period", "Value", "Numerator", "Denominator", "Status", "Source"]
    assert rows[12][:4] == ["December 2024", "1,812 seconds", "18,120", "10"]
    assert (tmp_path / "out.svg").read_text().startswith("<svg")
    assert len(json.loads(run(*shown, "--json").stdout)) == 12


def test_a_file_is_a_number_in_the_table_and_its_name_stands_once_below(run, tmp_path: Path) -> None:
    name = "a-long-name, with a comma; and more of the kind, as browsers keep them.csv"
    (tmp_path / name).write_text(ambulance())
    run("add", name, "--into", "w")
    shown = ("show", "ambulance-cat2-mean", "--org", "RX6", "--into", "w")
    lines = run(*shown).stdout.splitlines()
    assert lines[1].split()[-1] == "File"
    assert [line.split()[-1] for line in lines[3:6]] == ["1", "1", "1"]
    assert f"File 1: {name}" in lines
    assert {one["file"] for one in json.loads(run(*shown, "--json").stdout)} == {name}


def test_several_files_are_counted_in_the_plural(run, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.csv").write_text(ambulance(months=number))
    run("add", "1.csv", "2.csv", "--into", "w")
    assert run("add", "1.csv", "2.csv", "--into", "w").stdout.endswith("2 files: 2 unchanged.\n")
    several = [Told("a.csv", "stands beside", None, ("",), ()), Told("b.csv", "stands beside", None, ("",), ())]
    assert (summary(several), summary(several[:1])) == ("2 files: 2 stand beside.", "1 file: 1 stands beside.")


def test_an_organisation_of_several_releases_stands_once() -> None:
    rows = (
        {"code": "RNA", "name": "THE DUDLEY GROUP", "basis": "provider", "parent": "NHS ENGLAND", "release": "ae"},
        {"code": "RNA", "name": "The Dudley Group", "basis": "provider", "parent": "Y60", "release": "beds"},
        {"code": "RNA", "name": "Dudley Hospitals", "basis": "provider", "parent": "", "release": "rtt"},
    )
    assert once_each(rows) == [
        ("RNA", "The Dudley Group", "provider", "Y60", "ae, beds"),
        ("RNA", "Dudley Hospitals", "provider", "", "rtt"),
    ]


def test_from_thirteen_points_on_the_latest_is_judged_in_its_unit(run, tmp_path: Path) -> None:
    for year in (2023, 2024):
        (tmp_path / f"{year}.csv").write_text(ambulance(months=12, year=year))
    run("add", "2023.csv", "2024.csv", "--into", "w")
    shown = run("show", "ambulance-cat2-mean", "--org", "RX6", "--into", "w").stdout
    assert "the latest value, 1,812 seconds, is " in shown


def test_too_few_points_for_a_chart_are_refused(run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ambulance(months=9))
    run("add", "one.csv", "--into", "w")
    with pytest.raises(InputError, match="figures of 9 periods, too few for a control chart"):
        run("show", "ambulance-cat2-mean", "--org", "RX6", "--into", "w", "--chart", "out.svg")


def test_files_are_listed_and_removed(run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ambulance())
    run("add", "one.csv", "--into", "w")
    (listed,) = json.loads(run("list", "--into", "w", "--json").stdout)
    assert (listed["release"], listed["standing"], listed["period"]) == ("ambulance", "in force", "2024-01/2024-03")
    assert "one.csv" in run("list", "--into", "w").stdout
    assert run("list", "--into", "w", columns=80).stdout.splitlines() == [
        "one.csv",
        "  ambulance, csv; January to March 2024; published; 72 figures; in force",
    ]
    assert run("remove", "one.csv", "--into", "w").stdout == "Removed one.csv (ambulance, January to March 2024).\n"
    assert json.loads(run("list", "--into", "w", "--json").stdout) == []
    with pytest.raises(InputError, match=r"no file here is called one\.csv; `trigpoint data list` shows the files"):
        run("remove", "one.csv", "--into", "w")


def test_measures_kinds_and_organisations_are_listed(run, tmp_path: Path) -> None:
    measures = {one["id"]: one for one in json.loads(run("measures", "--json").stdout)}
    assert measures["ambulance-cat2-mean"]["definition"] == "ambulance-category-2-mean"
    assert "ambulance-cat2-mean" in run("measures").stdout
    assert "ambulance" in {one["id"] for one in json.loads(run("kinds", "--json").stdout)}
    (tmp_path / "one.csv").write_text(ambulance())
    run("add", "one.csv", "--into", "w")
    assert [one["code"] for one in json.loads(run("orgs", "north east", "--into", "w", "--json").stdout)] == ["RX6"]


def test_a_folder_is_looked_at_once(run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert run("watch", "in", "--into", "w", "--once").exit_code == 0
    (tmp_path / "in" / "one.csv").write_text(ambulance())
    assert "one.csv: Ambulance" in run("watch", "in", "--into", "w", "--once").stdout
    assert "unchanged" in run("watch", "in", "--into", "w", "--once").stdout


def test_a_watched_file_is_added_when_it_has_stopped_growing(tmp_path: Path, monkeypatch, capsys) -> None:
    from trigpoint.cli import data_watch

    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "one.csv"
    whole = ambulance()
    steps = iter([whole[:500], whole, whole, ambulance(1900), ambulance(1900), None])

    def next_look(_: float) -> None:
        text = next(steps)
        if text is None:
            raise KeyboardInterrupt
        file.write_text(text)

    monkeypatch.setattr(data_watch.time, "sleep", next_look)
    # A file that is written again between two looks may keep its size and, within the clock's step, its time.
    seen = data_watch._seen
    monkeypatch.setattr(
        data_watch, "_seen", lambda *given: {path: (hash(path.read_text()), 0) for path in seen(*given)}
    )
    assert data_watch.watch_folder(tmp_path / "in", tmp_path / "w", once=False, every=1) is False
    told = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert [line.rsplit("; ", 1)[-1] for line in told[1:]] == ["added", "replaced an older one", "Stopped."]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "nowhere.csv", "--into", "w"), r"nowhere\.csv: there is no such file or folder"),
        (("list",), "the current folder is no workspace; name one with --into WORKSPACE"),
        (("list", "--into", "nowhere"), "there is no folder nowhere"),
        (
            ("value", "ambulance-cat2-mean", "--org", "ENG", "--month", "Jan", "--into", "."),
            "“Jan” is no month; write it as 2025-03",
        ),
        (
            ("value", "nothing-like-it", "--org", "ENG", "--month", "2024-01", "--into", "."),
            "there is no published measure",
        ),
        (
            ("show", "ambulance-cat2-mean", "--org", "ENG", "--into", "."),
            "no file in the workspace has ambulance-cat2-mean",
        ),
        (("show", "ambulance-cat2-mean", "--org", "ENG", "--basis", "planet", "--into", "."), "“planet” is no basis"),
        (("watch", "nowhere", "--into", "w"), "there is no such folder"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run, arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        run(*arguments)
