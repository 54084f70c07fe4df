"""`trigpoint check`: reads a plan the way a compiler reads a program, and says what it objects to."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.errors import InputError

if TYPE_CHECKING:
    from rich.progress import Progress

    from trigpoint.checks import Checked, Decisions


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"


class Level(StrEnum):
    """The least severity that is printed: the words of ``checks.Severity``, whose import help need not wait for."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: the plan, the rules, and what is to be made of the findings."""

    path: Path
    only: tuple[str, ...]
    least: Level
    format: Format
    output: Path | None
    annotate: Path | None
    waivers: Path | None


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    from trigpoint.cli.check_waive import waive

    app.command("check", short_help="Check a plan: what is wrong, where, and what to do.")(check_plan)
    app.command("waive", short_help="Accept a finding of a plan, with a reason, a name and a date.")(waive)


PlanPath = Annotated[
    Path | None, typer.Argument(help="A plan document, or the folder of a workspace.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print findings as JSON (same as --format json).")]
Printed = Annotated[Format, typer.Option("--format", help="How to print the findings.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write the findings to this file.", show_default=False)
]
Least = Annotated[Level, typer.Option("--severity", help="Print findings of this severity and above.")]
OneRule = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="RULE", help="Check by this rule alone; may be given again.", show_default=False),
]
Copy = Annotated[
    Path | None,
    typer.Option("--annotate", help="Write a copy of the Word or Excel file with the findings as comments."),
]
Waivers = Annotated[Path | None, typer.Option("--waivers", help="Waivers of a document's findings, as a CSV file.")]
Explain = Annotated[str, typer.Option("--explain", metavar="RULE", help="Print the manual page of a rule.")]
Rules = Annotated[bool, typer.Option("--rules", help="List all rules.")]


def check_plan(
    path: PlanPath = None,
    json: AsJson = False,
    format_: Printed = Format.TEXT,
    output: Output = None,
    severity: Least = Level.INFO,
    rule: OneRule = None,
    annotate: Copy = None,
    waivers: Waivers = None,
    explain: Explain = "",
    rules: Rules = False,
) -> None:
    """Check a plan and say what is wrong with it, where, and what to do.

    A document may be a text, Markdown, CSV, HTML, Word, Excel, OpenDocument or PDF file. Exits with 0 when there is
    no error, 1 when there are errors (shown or not), 2 when the plan cannot be read.

    Examples:

    \b
    trigpoint check operational-plan.docx --severity warning
    trigpoint check operational-plan.docx --annotate operational-plan-commented.docx
    trigpoint check my-plan --format html --output findings.html
    """
    if explain or rules:
        from trigpoint.cli import check_manual

        as_json = json or format_ is Format.JSON
        check_manual.explain(explain, as_json) if explain else check_manual.list_rules(as_json)
        return
    if path is None:
        raise InputError("nothing to check", remedy="name a plan document or a workspace folder")
    shape = Format.JSON if json else format_
    raise typer.Exit(_check(Request(path, tuple(rule or ()), severity, shape, output, annotate, waivers)))


def _check(wanted: Request) -> int:
    """Check, write everything that was asked for, and give the exit code."""
    from trigpoint.checks import Severity
    from trigpoint.cli import check_annotation, check_output

    check_output.refuse_clash(wanted.path, wanted.output, wanted.annotate)
    checked, data = _examined(wanted)
    findings = checked.chosen(Severity(wanted.least.value))
    annotated = ""
    if wanted.annotate is not None:
        annotated = check_annotation.write(checked, findings, data, wanted.path, wanted.annotate)
    check_output.tell(checked, wanted.format.value, wanted.least.value, wanted.path, wanted.output)
    if annotated:
        stream = sys.stdout if wanted.format is Format.TEXT or wanted.output else sys.stderr
        stream.write(annotated + "\n")
    return 1 if checked.counts[Severity.ERROR] else 0


def _examined(wanted: Request) -> tuple[Checked, bytes]:
    """What the checks say of what stands at a path, with its bytes: a folder is a workspace, all else a document."""
    from trigpoint.checks import examine_workspace, find_rule
    from trigpoint.checks.engine import needed_rules
    from trigpoint.cli.clock import today

    only = tuple(dict.fromkeys(find_rule(each).id for each in wanted.only))
    with _progress() as progress:
        reading = progress.add_task("Reading", total=None)
        rules = progress.track(needed_rules(only), description="Checking")
        if wanted.path.is_dir():
            from trigpoint.plans.workspace import read_workspace

            _refuse_for_workspace(wanted)
            workspace = read_workspace(wanted.path)
            progress.remove_task(reading)
            return examine_workspace(workspace, today=today(), rules=rules, only=only), b""
        from trigpoint.documents.readers.file import file_bytes
        from trigpoint.reports.examination import examine_bytes

        data = file_bytes(wanted.path)
        if wanted.annotate is not None:
            from trigpoint.cli.check_annotation import refuse_unfit

            refuse_unfit(data, wanted.path, wanted.annotate)

        def tell(done: int, total: int) -> None:
            progress.update(reading, completed=done, total=total)

        name, decisions = wanted.path.name, _decisions(wanted.waivers)
        checked = examine_bytes(data, name, today=today(), decisions=decisions, rules=rules, only=only, progress=tell)
        return checked, data


@contextmanager
def _progress() -> Iterator[Progress]:
    """Bars on a terminal's error output, gone at the end; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(transient=True, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        yield progress


def _refuse_for_workspace(wanted: Request) -> None:
    where = str(wanted.path)
    if wanted.waivers is not None:
        raise InputError("a workspace has waivers of its own", where=where, remedy="put them into its waivers.csv")
    if wanted.annotate is not None:
        remedy = "give the Word or Excel document instead of the folder"
        raise InputError("a workspace cannot be annotated", where=where, remedy=remedy)


def _decisions(waivers: Path | None) -> Decisions:
    from trigpoint.checks import Decisions

    if waivers is None:
        return Decisions()
    from trigpoint.cli.check_waive import read_waivers

    return Decisions(waivers=read_waivers(waivers), file=waivers.name)
