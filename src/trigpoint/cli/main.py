"""The `trigpoint` command: gathers the command groups and turns user errors into one sentence and exit code 2."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec

import typer

from trigpoint.errors import InputError

GROUPS = ("import_", "check", "diff", "measures", "report")

app = typer.Typer(
    name="trigpoint",
    help="Read a health system's operational plan, check it, run it, print its papers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)


def _gather() -> None:
    """Register the core's commands, then those that other installed parts (the server) offer by entry point."""
    for name in GROUPS:
        if find_spec(f"trigpoint.cli.{name}"):
            import_module(f"trigpoint.cli.{name}").register(app)
    for point in entry_points(group="trigpoint.commands"):
        point.load()(app)


def main() -> None:
    """Entry point of the console script."""
    try:
        _gather()
        app()
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
