"""The main job on the example plan: read, check, compute, load, write the paper, serve.

Run by `make demo`. Everything it does is also a command of its own: `trigpoint check`, `trigpoint load`,
`trigpoint report`, `trigpoint serve`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

ROOT = Path(__file__).resolve().parent.parent
WORKSPACE = ROOT / "examples" / "dudley-2017-19"
COMMITTEE = "Primary Care Commissioning Committee"


def main() -> int:
    """Run the steps with a progress bar, then hand over to the server."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, default=8000)
    arguments.add_argument("--no-serve", action="store_true", help="stop before serving")
    options = arguments.parse_args()
    console = Console(stderr=True, highlight=False)
    lines = run_steps(console)
    for line in lines:
        console.print(f"  {line}")
    if options.no_serve:
        return 0
    command = [sys.executable, "-m", "trigpoint.cli.main", "serve", str(WORKSPACE.relative_to(ROOT))]
    return subprocess.call([*command, "--demo", "--port", str(options.port)], cwd=ROOT)


def run_steps(console: Console) -> list[str]:
    """Do the job step by step; returns one sentence a step."""
    from trigpoint.errors import InputError

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    job = DemoJob()
    steps = (
        ("Reading the plan", job.read),
        ("Checking it", job.check),
        ("Computing the trajectories", job.compute),
        ("Loading it into the database", job.load),
        ("Writing the committee paper", job.write_papers),
    )
    said = []
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Starting", total=len(steps))
        for title, step in steps:
            progress.update(task, description=title)
            try:
                said.append(step())
            except InputError as error:
                console.print(str(error))
                raise SystemExit(2) from None
            progress.advance(task)
        progress.update(task, description="Done")
    return said
