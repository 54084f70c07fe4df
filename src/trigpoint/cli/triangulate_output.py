"""What `trigpoint triangulate` prints and writes besides its findings: what agrees, and every comparison as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from trigpoint.characters import on_one_line

if TYPE_CHECKING:
    from trigpoint.triangulation.comparison import Comparison
    from trigpoint.triangulation.findings import Triangulated


def print_agreements(told: Triangulated) -> None:
    """A table of what agrees, rule by rule."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from trigpoint.triangulation.findings import agreements_of

    agreeing = agreements_of(told.triangulation.comparisons)
    table = Table(title=f"What agrees ({len(agreeing):,})", title_justify="left", title_style="green")
    table.add_column("Rule")
    table.add_column("Why", no_wrap=False)
    table.add_column("Figures", ratio=3)
    for one in agreeing:
        table.add_row(Text(one.rule), Text(one.ground.value), Text(on_one_line(one.message)))
    Console().print(table)


def write_comparisons(path: Path, told: Triangulated) -> None:
    """Every comparison as a row of a CSV file."""
    from trigpoint.cli.activity_output import write_file
    from trigpoint.reports.finance.rows import csv_bytes

    write_file(path, csv_bytes([_row(one) for one in told.triangulation.comparisons]))


def _row(one: Comparison) -> dict[str, object]:
    from trigpoint.triangulation.findings import plain_figure

    return {
        "rule": one.rule,
        "severity": "" if one.agrees else one.severity.value,
        "agrees": "yes" if one.agrees else "no" if one.tested else "",
        "why": one.ground.value if one.tested else "cannot be tested",
        "first": plain_figure(one.first.value),
        "second": plain_figure(one.second.value),
        "difference": plain_figure(one.difference),
        "tolerance": plain_figure(one.tolerance),
        "unit": one.first.unit.value,
        "first_from": one.first.source,
        "second_from": one.second.source,
        "message": one.message,
        "illustrative": "yes" if one.first.illustrative or one.second.illustrative else "",
    }
