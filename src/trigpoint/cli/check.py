"""`trigpoint check`: reads a plan the way a compiler reads a program, and says what it objects to."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.characters import on_one_line
from trigpoint.errors import InputError
from trigpoint.wording import count

if TYPE_CHECKING:
    from trigpoint.checks import Finding, Rule

STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
NOUNS = {"error": "error", "warning": "warning", "info": "remark"}


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class Level(StrEnum):
    """The least severity that is printed: the words of ``checks.Severity``, whose import help need not wait for."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


ORDER = tuple(level.value for level in Level)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("check", short_help="Check a plan: what is wrong, where, and what to do.")(check_plan)


def check_plan(  # noqa: PLR0917 - Typer passes every option by name
    path: Annotated[
        Path | None, typer.Argument(help="A plan document, or the folder of a workspace.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print findings as JSON (same as --format json).")] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to print the findings.")] = Format.TEXT,
    severity: Annotated[
        Level, typer.Option("--severity", help="Print findings of this severity and above.")
    ] = Level.INFO,
    explain: Annotated[str, typer.Option("--explain", metavar="RULE", help="Print the manual page of a rule.")] = "",
    rules: Annotated[bool, typer.Option("--rules", help="List all rules.")] = False,
) -> None:
    """Check a plan and say what is wrong with it, where, and what to do.

    Exits with 0 when there is no error, 1 when there are errors (shown or not), 2 when the plan
    cannot be read.

    Example:

    \b
    trigpoint check operational-plan.txt --severity warning
    """
    if explain:
        _explain(explain)
    elif rules:
        _list_rules(json or format_ is Format.JSON)
    elif path is None:
        raise InputError("nothing to check", remedy="name a plan document or a workspace folder")
    else:
        findings = _run(path)
        _print(findings, severity, Format.JSON if json else format_, path)
        raise typer.Exit(1 if any(each.severity.value == "error" for each in findings) else 0)


def _run(path: Path) -> tuple[Finding, ...]:
    """The findings on what stands at a path: a folder is a workspace, anything else a document."""
    from rich.console import Console
    from rich.progress import Progress

    from trigpoint.checks import all_rules, check, check_workspace, of_draft
    from trigpoint.cli.clock import today

    with Progress(transient=True, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        reading = progress.add_task("Reading", total=None)
        rules = progress.track(all_rules(), description="Checking")
        if path.is_dir():
            from trigpoint.plans.workspace import read_workspace

            workspace = read_workspace(path)
            progress.remove_task(reading)
            return check_workspace(workspace, today=today(), rules=rules)
        from trigpoint.documents import interpret, read_document

        draft = interpret(read_document(path))
        progress.remove_task(reading)
        return check(of_draft(draft), rules=rules)


def _at_least(findings: Iterable[Finding], severity: Level) -> tuple[Finding, ...]:
    wanted = ORDER[: ORDER.index(severity.value) + 1]
    return tuple(each for each in findings if each.severity.value in wanted)


def _print(findings: tuple[Finding, ...], severity: Level, format_: Format, path: Path) -> None:
    if format_ is Format.TEXT:
        _print_tables(findings, severity, path)
        return
    from json import dumps

    findings = _at_least(findings, severity)

    if format_ is Format.JSON:
        from trigpoint.checks.contract import to_contract

        shown = to_contract(findings)
    else:
        from importlib.metadata import version

        from trigpoint.checks import all_rules
        from trigpoint.checks.sarif import to_sarif

        shown = to_sarif(findings, all_rules(), path.as_posix(), version("trigpoint"))
    sys.stdout.write(dumps(shown, ensure_ascii=False, indent=1) + "\n")


def _print_tables(findings: tuple[Finding, ...], least: Level, path: Path) -> None:
    """One table a severity, in order of line, then the counts of all, shown or not.

    Words of the plan are printed as they are, never as mark-up.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    counts = Counter(each.severity.value for each in findings)
    shown = _at_least(findings, least)
    for severity in ORDER:
        chosen = [each for each in shown if each.severity.value == severity]
        if not chosen:
            continue
        title = f"{NOUNS[severity].capitalize()}s ({len(chosen)})"
        table = Table(title=title, title_justify="left", title_style=STYLES[severity])
        table.add_column("Line", justify="right", no_wrap=True)
        table.add_column("What, and what to do", ratio=3)
        table.add_column("Words", ratio=2, style="dim")
        for each in chosen:
            told = Text.assemble((each.rule, STYLES[severity]), f"\n{each.message}")
            table.add_row(Text(_place(each)), told, Text(each.fragment))
        console.print(table)
    summary = ", ".join(count(counts[each], NOUNS[each]) for each in ORDER)
    console.print(Text(on_one_line(f"{path.name}: {summary}.")))
    if shown:
        console.print(Text(f"What a rule means: trigpoint check --explain {shown[0].rule}", style="dim"))


def _place(finding: Finding) -> str:
    file = finding.where.get("file", "")
    line = "" if finding.line is None else str(finding.line)
    return f"{file}:{line}".rstrip(":") if file else line


def _explain(rule_id: str) -> None:
    from rich.console import Console
    from rich.text import Text

    from trigpoint.checks import find_rule

    rule = find_rule(rule_id)
    console = Console()
    console.print(Text(f"{rule.id} ({rule.severity.value}, family {rule.family})", style="bold"))
    console.print(Text(f"\n{rule.manual}"))


def _list_rules(as_json: bool) -> None:
    from json import dumps

    from trigpoint.checks import all_rules

    rules = all_rules()
    if as_json:
        rows = [_rule_row(rule) for rule in rules]
        sys.stdout.write(dumps({"rules": rows}, ensure_ascii=False, indent=1) + "\n")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("Rule", "Severity", "Family", "Fires when", box=None)
    for rule in rules:
        table.add_row(rule.id, rule.severity.value, rule.family, rule.title)
    Console().print(table)


def _rule_row(rule: Rule) -> dict[str, str]:
    return {"rule": rule.id, "severity": rule.severity.value, "family": rule.family, "manual": rule.manual}
