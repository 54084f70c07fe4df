"""`trigpoint load` and `trigpoint export` with a folder of finance, as people run them: in a process of their own."""

from __future__ import annotations

import json
from pathlib import Path

from finance_sample import make_texts
from test_web_commands import run
from web_sample import make_plan

from trigpoint.plans.workspace import write_plan


def test_load_and_export_lose_nothing_of_the_finance(database: Path, tmp_path: Path) -> None:
    workspace, out = tmp_path / "plan", tmp_path / "out"
    write_plan(make_plan(), workspace)
    texts = make_texts(gates="scheme,gate,decision\nfront-door,outline,perhaps\n")
    for name, text in texts.items():
        (workspace / "finance" / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / "finance" / name).write_text(text, encoding="utf-8")

    loaded = run("load", workspace, "--database", database, "--json")
    assert loaded.returncode == 0, loaded.stderr
    assert "finance/gates.csv" in loaded.stderr
    assert "perhaps" in loaded.stderr
    assert any("gates.csv" in problem for problem in json.loads(loaded.stdout)["problems"])

    exported = run("export", "--database", database, "--into", out)
    assert exported.returncode == 0, exported.stderr
    found = {path.relative_to(out / "finance").as_posix(): path for path in (out / "finance").rglob("*.*")}
    assert {name: path.read_text(encoding="utf-8") for name, path in found.items()} == texts

    again = run("load", out, "--database", database, "--json")
    assert json.loads(again.stdout)["outcome"] == "unchanged"
