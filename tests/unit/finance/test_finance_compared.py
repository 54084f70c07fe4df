"""Mechanisms of one contract over the activity model's draws: matched lines, fair ends, clear refusals."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from finance_workspace import FILES, made_finance
from typer.testing import CliRunner, Result

from trigpoint.cli.finance import register
from trigpoint.errors import InputError

TOTALS = "provider,pod,outturn,low,high\nRNA,ae,50000,48000,52000\nRNA,el,4000,3900,4100\nRRK,ae,900000,,\n"
SETTINGS = 'base_year = "2016/17"\nyears = ["2017/18", "2018/19"]\ndraws = 300\nseed = 7\n'
PODS = "code,name\nae,Emergency care\nel,Planned\n"


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["finance", *map(str, arguments)], env={"COLUMNS": "120"})


def workspace(folder: Path, **files: str) -> Path:
    made_finance(folder, **files)
    (folder / "activity").mkdir()
    for name, text in (("settings.toml", SETTINGS), ("totals.csv", TOTALS), ("pods.csv", PODS)):
        (folder / "activity" / name).write_text(text, encoding="utf-8")
    return folder


def test_each_mechanism_is_paid_over_the_same_draws_of_one_provider(tmp_path: Path) -> None:
    result = run("contracts", workspace(tmp_path / "plan"), "--compare", "--json")
    (one,) = json.loads(result.stdout, parse_float=Decimal)
    compared = one["compared"]
    assert (compared["draws"], compared["seed"]) == (300, 7)
    by = {row["mechanism"]: row for row in compared["mechanisms"]}
    assert list(by) == ["capped", "block at plan", "cost per case"]
    block, case, capped = by["block at plan"], by["cost per case"], by["capped"]
    # Planned 10,000,000 and 1,000,000 by a fixed sum in each of them; no growth is assumed, so do something is near it.
    assert (block["expected_gbp"], block["deviation_gbp"], block["commissioner_share"]) == (11_000_000, 0, 0)
    assert case["commissioner_share"] == 1
    assert case["expected_gbp"] == pytest.approx(Decimal(11_000_000), rel=Decimal("0.02"))
    assert block["deviation_gbp"] < capped["deviation_gbp"] < case["deviation_gbp"]
    assert case["low_gbp"] < capped["low_gbp"] < capped["high_gbp"] < case["high_gbp"]
    said = " ".join(run("contracts", tmp_path / "plan", "--compare").stdout.split())
    assert "Acute: mechanisms over 300 draws of its activity" in said


def test_a_line_that_the_model_has_not_stays_at_plan_and_is_told(tmp_path: Path) -> None:
    lines = FILES["contract_lines.csv"].replace("acute,el,Planned,el,", "acute,el,Planned,elsewhere,")
    result = run("contracts", workspace(tmp_path / "plan", contract_lines__csv=lines), "--compare", "--json")
    assert result.exit_code == 0, result.stderr
    assert "Planned is not in the activity model and stays at planned value" in result.stderr


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("contracts__csv", "RNA", "RXX", "the activity model has no provider “RXX”; the model has RNA and RRK"),
        ("contracts__csv", "2017/18", "2025/26", ""),
        ("contract_lines__csv", ",ae,50000", ",x,50000", "no line of acute is a point of delivery"),
    ],
)
def test_what_cannot_be_compared_is_told_and_the_contract_stands(
    tmp_path: Path, name: str, old: str, new: str, words: str
) -> None:
    text = FILES[name.replace("__", ".")].replace(old, new).replace(",el,4000", ",y,4000")
    if not words:
        text = FILES["contracts.csv"]
        (made := workspace(tmp_path / "plan", **{name: text})).joinpath("activity", "settings.toml").write_text(
            'base_year = "2017/18"\nyears = ["2018/19"]\ndraws = 50\n', encoding="utf-8"
        )
        words = "the activity model has no 2017/18; it has 2018/19"
    else:
        made = workspace(tmp_path / "plan", **{name: text})
    result = run("contracts", made, "--compare", "--json")
    assert not isinstance(result.exception, InputError), result.exception
    assert result.exit_code == 1
    assert words in result.stderr
    (one,) = json.loads(result.stdout)
    assert "compared" not in one
    assert one["at_plan"]["payment"]
