"""`trigpoint activity` on published files alone: the run starts from the outturn that fot forecasts."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from trigpoint.cli.activity import register
from trigpoint.cli.activity_published import growth_of
from trigpoint.errors import InputError
from trigpoint.releases.reading import FileReading, read_file
from trigpoint.releases.store import open_store

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "published-made-up" / "made-up-AE-2024-04.csv"
TRUSTS = {"ZZ1": 9_000, "ZZ2": 5_200, "ZZ3": 7_400}


def monthly(year: int, month: int) -> str:
    """A made-up file of one month in the layout of the published ones, with three trusts."""
    rows = list(csv.reader(EXAMPLE.read_text(encoding="utf-8-sig").splitlines()))
    head, model = rows[0], next(row for row in rows[1:] if row[1] == "ZZ1")
    season = (0.98, 1.02, 1.01, 1.0, 0.96, 0.99, 1.02, 1.01, 1.02, 0.99, 0.93, 1.05)[(month - 4) % 12]
    name = date(year, month, 1).strftime("%B-%Y").upper()
    told = [head]
    sums = [0] * len(head)
    for code, level in TRUSTS.items():
        row = [f"MSitAE-{name}", code, model[2], f"MADE-UP TRUST {code}"]
        for at, text in enumerate(model[4:], start=4):
            share = int(text) / int(model[4]) if text.isdigit() and int(model[4]) else 0
            value = round(level * share * season * (1 + 0.02 * (year - 2020)))
            row.append(str(value))
            sums[at] += value
        told.append(row)
    told.append(["TOTAL", "TOTAL", "", "TOTAL", *map(str, sums[4:])])
    return "\n".join(",".join(row) for row in told) + "\n"


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """April 2021 to November 2024."""
    folder, made = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("figures")
    store = open_store(made, create=True)
    with store.writing():
        for at in range(44):
            year, month = 2021 + (at + 3) // 12, (at + 3) % 12 + 1
            path = folder / f"Monthly-AE-{date(year, month, 1):%B-%Y}.csv"
            path.write_text(monthly(year, month), encoding="utf-8")
            for found in read_file(path):
                assert isinstance(found, FileReading), found
                store.add(found, date(2025, 1, 15))
    return made


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["activity", *map(str, arguments)])


def refused(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, InputError), result.output
    return str(result.exception)


def test_the_run_starts_from_the_outturn_of_fot(figures: Path) -> None:
    made = json.loads(run("run", figures, "--org", "ZZ1", "--growth", "2%", "--draws", 200, "--json").stdout)
    told = json.loads(run("fot", figures, "--org", "ZZ1", "--months", 5, "--json").stdout)
    assert (made["base_year"], made["years"]) == ("2024/25", ["2025/26", "2026/27"])
    assert (told["year"], told["months_known"]) == ("2024/25", 5)
    outturns = {one["pod"]: one["value"] for one in told["series"]}
    assert len(outturns) == 3
    for row in made["annual"]:
        assert row["fot"] == pytest.approx(outturns[row["pod"]], rel=1e-9)
        years = 1 if row["year"] == "2025/26" else 2
        assert row["do_nothing"] == pytest.approx(row["fot"] * 1.02**years)


def test_without_options_fot_takes_the_months_that_there_are(figures: Path) -> None:
    told = json.loads(run("fot", figures, "--org", "ZZ2", "--json").stdout)
    assert (told["year"], told["months_known"]) == ("2024/25", 8)


def test_a_year_that_is_over_says_what_it_came_to(figures: Path) -> None:
    said = run("fot", figures, "--org", "ZZ2", "--year", "2023/24", "--pod", "ae-attendances-type-1").stdout
    assert "by model average from 5 months" in " ".join(said.split())
    assert "It came to " in said
    assert "It came to" not in run("fot", figures, "--org", "ZZ2").stdout


def test_a_plan_against_what_was_published_since(figures: Path) -> None:
    told = json.loads(run("monitor", figures, "--org", "ZZ1", "--base", "2022/23", "--growth", "2%", "--draws", 200,
                          "--json").stdout)  # fmt: skip
    assert len(told["months"]) > 0


def test_files_of_a_trust(figures: Path, tmp_path: Path) -> None:
    result = run("export", figures, "--org", "ZZ1", "--draws", 100, "-o", tmp_path / "a.xlsx", "--at", "2024-12-31")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "a.xlsx").stat().st_size > 5_000


def test_growth_as_an_option_says_it() -> None:
    assert growth_of([]) is None
    both = growth_of(["1%", "ae-attendances=2% to 4%"])
    assert isinstance(both, dict)
    assert (both["ae-attendances"].low, both["ae-attendances-type-1"].value) == (0.02, 0.01)
    for wrong, words in ((["1.9"], "did you mean 1.9%"), (["1%", "2%"], "twice"), (["1% to 2% to 3%"], "no interval")):
        with pytest.raises(InputError, match=words):
            growth_of(wrong)


def test_what_is_asked_of_the_wrong_folder(figures: Path, tmp_path: Path) -> None:
    (tmp_path / "activity").mkdir()
    assert "no organisation was named" in refused("run", figures)
    assert "published files and no activity" in refused("run", tmp_path, "--org", "ZZ1")
    assert "growth is given for beds" in refused("run", figures, "--org", "ZZ1", "--growth", "beds=2%")
    assert "--months 13" in refused("run", figures, "--org", "ZZ1", "--months", 13)
    assert "no financial year" in refused("run", figures, "--org", "ZZ1", "--base", "soon")


def test_a_back_test_of_one_trust_pools_its_peers(figures: Path) -> None:
    """What it would have been forecast with: the errors are those of fot, made with all trusts."""
    asked = ("--org", "ZZ1", "--pod", "ae-attendances", "--months", 5)
    tested = json.loads(run("backtest", figures, *asked, "--years", "2023/24", "--json").stdout)
    (made,) = json.loads(run("fot", figures, *asked, "--year", "2023/24", "--json").stdout)["series"]
    pooled = next(row for row in tested["rows"] if row["method"] == "pooled profile")
    came = sum(json.loads(run("fot", figures, "--org", "ZZ1", "--pod", "ae-attendances", "--months", 12, "--year",
                              "2023/24", "--json").stdout)["series"][0][key] for key in ("value",))  # fmt: skip
    assert pooled["series"] == 1
    assert pooled["mape"] == pytest.approx(abs(100 * (made["by_method"]["pooled profile"] / came - 1)))
