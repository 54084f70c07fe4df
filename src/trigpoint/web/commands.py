"""Commands of the server: `load`, `export`, `serve`."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the server's commands to the command line."""
