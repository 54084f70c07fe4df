"""`trigpoint finance`: the money behind a plan: position, rules, schemes, risks, contracts, peers."""

from __future__ import annotations

import typer

from trigpoint.cli.finance_contracts import contracts
from trigpoint.cli.finance_export import export
from trigpoint.cli.finance_pay import pay
from trigpoint.cli.finance_peers import peers
from trigpoint.cli.finance_position import position
from trigpoint.cli.finance_read import read, template
from trigpoint.cli.finance_risks import risks
from trigpoint.cli.finance_rules import rules
from trigpoint.cli.finance_schemes import schemes

HELP = """The money behind a plan: position and bridges, business rules, schemes, risks, contracts, peers.

Exit codes: 0 done, 1 something was left out or cannot be tested (a sentence each says what), 2 nothing can be done.

Examples:

\b
trigpoint finance position examples/dudley-2017-19
trigpoint finance rules examples/dudley-2017-19 --json
trigpoint finance export examples/dudley-2017-19 -o finance.xlsx
"""

COMMANDS = (position, rules, schemes, risks, contracts, peers, pay, export, template, read)

finance = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=HELP)
for command in COMMANDS:
    finance.command(command.__name__)(command)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(finance, name="finance", short_help="The money: position, business rules, schemes, risks, contracts.")
