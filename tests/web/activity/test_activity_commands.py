"""`trigpoint load` and `trigpoint export` with an activity model, as people run them: in a process of their own."""

from __future__ import annotations

import json
from pathlib import Path

from activity_sample import make_texts
from test_web_commands import run
from web_sample import make_plan

from trigpoint.plans.workspace import write_plan


def test_load_and_export_lose_nothing_of_the_activity_model(database: Path, tmp_path: Path) -> None:
    workspace, out = tmp_path / "plan", tmp_path / "out"
    write_plan(make_plan(), workspace)
    texts = make_texts() | {"capacity.csv": "provider,pod,a_month\nRAA,EL,lots\n"}
    for name, text in texts.items():
        (workspace / "activity" / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / "activity" / name).write_text(text, encoding="utf-8")

    loaded = run("load", workspace, "--database", database, "--json")
    assert loaded.returncode == 0, loaded.stderr
    assert "activity/capacity.csv" in loaded.stderr
    assert "lots" in loaded.stderr
    assert any("capacity.csv" in problem for problem in json.loads(loaded.stdout)["problems"])

    exported = run("export", "--database", database, "--into", out)
    assert exported.returncode == 0, exported.stderr
    found = {path.relative_to(out / "activity").as_posix(): path for path in (out / "activity").rglob("*.*")}
    assert {name: path.read_text(encoding="utf-8") for name, path in found.items()} == texts

    again = run("load", out, "--database", database, "--json")
    assert json.loads(again.stdout)["outcome"] == "unchanged"
