"""What `trigpoint check` prints or writes: tables, JSON, SARIF or a page."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from trigpoint.characters import on_one_line
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.checks import Checked, Rule

WIDTH_OF_A_FILE = 120


@dataclass(frozen=True, slots=True)
class Described:
    """The rules behind the findings, and the command that explains them; of the checks where none are named."""

    command: str
    rules: tuple[Rule, ...] = ()


CHECKS = Described("check")


def refuse_clash(path: Path, output: Path | None, annotate: Path | None) -> None:
    """Nothing that is written may stand in the place of the plan, or of the other."""
    for written in (output, annotate):
        if written is not None and _same(written, path):
            remedy = "choose another name for what is written"
            raise InputError("the plan itself would be overwritten", where=str(written), remedy=remedy)
    if output is not None and annotate is not None and _same(output, annotate):
        raise InputError("two files would have the same name", where=str(output), remedy="choose another name for one")


def _same(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except (OSError, ValueError):
        return first.absolute() == second.absolute()


def tell(
    checked: Checked, format_: str, least: str, path: Path, output: Path | None, described: Described = CHECKS
) -> None:
    """Print the findings, or write them to a file and say so. ``described`` are the rules of another command."""
    if output is None and format_ == "text":
        from rich.console import Console

        from trigpoint.cli.check_tables import print_tables

        print_tables(checked, least, Console(), described.command)
        return
    text = _text(checked, format_, least, path, described)
    if output is None:
        sys.stdout.write(text)
        return
    from trigpoint.reports.findings import totals
    from trigpoint.staging import write_whole

    write_whole(output, text.encode("utf-8", "backslashreplace"))
    sys.stdout.write(on_one_line(f"Wrote {output}. {checked.name}: {totals(checked)}.") + "\n")


def _text(checked: Checked, format_: str, least: str, path: Path, described: Described) -> str:
    from trigpoint.checks import Severity

    severity = Severity(least)
    if format_ == "text":
        from rich.console import Console

        from trigpoint.cli.check_tables import print_tables

        buffer = StringIO()
        print_tables(
            checked,
            least,
            Console(file=buffer, width=WIDTH_OF_A_FILE, no_color=True, highlight=False),
            described.command,
        )
        return buffer.getvalue()
    if format_ == "html":
        from trigpoint.cli.clock import today
        from trigpoint.reports.findings import findings_report
        from trigpoint.reports.render.findings_page import to_html

        return to_html(findings_report(checked, today(), severity, described.rules)) + "\n"
    from json import dumps

    if format_ == "json":
        from trigpoint.checks.contract import to_contract

        return dumps(to_contract(checked, checked.chosen(severity)), ensure_ascii=False, indent=1) + "\n"
    from importlib.metadata import version

    from trigpoint.checks import all_rules
    from trigpoint.checks.sarif import to_sarif

    log = to_sarif(
        checked, described.rules or all_rules(), path.as_posix(), version("trigpoint"), checked.chosen(severity)
    )
    return dumps(log, ensure_ascii=False, indent=1) + "\n"
