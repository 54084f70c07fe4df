"""The findings on a terminal: what a regulator would object to first, then one table a severity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trigpoint.characters import on_one_line
from trigpoint.wording import capital

if TYPE_CHECKING:
    from rich.console import Console

    from trigpoint.checks import Checked, Concern, Finding, Severity, Summary

STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
LONGEST_WORDS = 90


def print_tables(checked: Checked, least: str, console: Console, command: str = "check") -> None:
    """Summary, tables in order of line, and the counts of all findings, shown or not.

    Words of the plan are printed as they are, never as mark-up.
    """
    from rich.text import Text

    from trigpoint.checks import Severity
    from trigpoint.reports.findings import totals

    shown = checked.chosen(Severity(least))
    _print_summary(checked.summary, console)
    for severity in Severity:
        chosen = [each for each in shown if each.severity is severity]
        if chosen:
            _print_table(severity, chosen, checked, console)
    console.print(Text(on_one_line(f"{checked.name}: {totals(checked)}.")))
    if shown:
        console.print(Text(f"What a rule means: trigpoint {command} --explain {shown[0].rule}", style="dim"))


def _print_summary(summary: Summary, console: Console) -> None:
    from rich.padding import Padding
    from rich.text import Text

    console.print(Text(on_one_line(summary.verdict), style="bold"))
    if summary.concerns:
        console.print(Text("\nWhat would a regulator object to first?"))
    for number, concern in enumerate(summary.concerns, start=1):
        told = Text.assemble((f"{number}. {on_one_line(concern.sentence)}", STYLES[concern.severity.value]))
        console.print(told)
        for line in _advice(concern):
            console.print(Padding(Text(on_one_line(line)), (0, 0, 0, 3)))
    if summary.beyond:
        console.print(Text(summary.beyond))
    console.print()


def _advice(concern: Concern) -> list[str]:
    places = "; ".join(_spot(finding) for finding in concern.worst)
    return [f"Look at {places}.", f"First: {concern.first}.", f"Who: {concern.who}."]


def _spot(finding: Finding) -> str:
    words = finding.fragment.removesuffix(".")  # the sentence that quotes them has its own full stop
    if len(words) > LONGEST_WORDS:
        words = words[:LONGEST_WORDS].rpartition(" ")[0] + " …"
    return f"{finding.place or 'the whole plan'}, “{words}”" if words else finding.place or "the whole plan"


def _print_table(severity: Severity, findings: list[Finding], checked: Checked, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    from trigpoint.reports.findings import NOUNS

    style = STYLES[severity.value]
    title = f"{capital(NOUNS[severity])}s ({len(findings):,})"
    table = Table(title=title, title_justify="left", title_style=style)
    if checked.lined:
        table.add_column("Line", justify="right", no_wrap=True)
    else:
        table.add_column("Where", ratio=1)
    table.add_column("What, and what to do", ratio=3)
    table.add_column("Words", ratio=2, style="dim")
    for each in findings:
        told = Text.assemble((each.rule, style), f"\n{on_one_line(each.message)}")
        table.add_row(Text(_place(each, checked.lined)), told, Text(on_one_line(each.fragment)))
    console.print(table)


def _place(finding: Finding, lined: bool) -> str:
    """The line alone, after the file in a workspace as editors write it; in other documents the place in words."""
    if not lined:
        return on_one_line(finding.place)
    file = finding.where.get("file", "")
    line = "" if finding.line is None else str(finding.line)
    return f"{file}:{line}".rstrip(":") if file else line
