"""`trigpoint activity`: what activity will come to, with nothing done and with the plan, month by month."""

from __future__ import annotations

import typer

from trigpoint.cli.activity_backtest import backtest
from trigpoint.cli.activity_cells import cells
from trigpoint.cli.activity_compare import compare
from trigpoint.cli.activity_explain import explain
from trigpoint.cli.activity_export import export
from trigpoint.cli.activity_fot import fot
from trigpoint.cli.activity_mitigators import mitigators
from trigpoint.cli.activity_monitor import monitor
from trigpoint.cli.activity_nhp import nhp
from trigpoint.cli.activity_read import read, template
from trigpoint.cli.activity_run import run
from trigpoint.cli.activity_synth import synth

HELP = """Model activity: forecast outturn, do nothing and do something of every month, with honest intervals.

Examples:

\b
trigpoint activity run examples/dudley-2017-19
trigpoint activity fot my-figures --org RNA --months 5
trigpoint activity export examples/dudley-2017-19 -o activity.xlsx
"""

COMMANDS = (run, explain, fot, backtest, compare, monitor, export, template, read, synth, cells, nhp, mitigators)

activity = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=HELP)
for command in COMMANDS:
    activity.command(command.__name__)(command)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(activity, name="activity", short_help="Model activity: outturn, do nothing, do something, monthly.")
