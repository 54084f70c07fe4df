"""The manual pages of the rules on a terminal: one rule with its examples, or the list of all."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

    from trigpoint.checks import Example, Rule


def explain(rule_id: str, as_json: bool = False) -> None:
    """Print the manual page of a rule and the table of its examples."""
    from trigpoint.checks import examples, find_rule

    rule = find_rule(rule_id)
    print_page(rule, examples(rule.id), as_json)


def print_page(rule: Rule, shown: tuple[Example, ...] = (), as_json: bool = False) -> None:
    """The manual page of a rule, of the checks or another command, with its examples."""
    if as_json:
        _print_json({**_row(rule), "examples": [_example_row(each) for each in shown]})
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    console.print(Text(f"{rule.id} ({rule.severity.value}, family {rule.family})", style="bold"))
    for paragraph in rule.manual.split("\n\n"):
        console.print(Text(f"\n{_flowing(paragraph)}"))
    if shown:
        console.print()
        console.print(_example_table(shown))


def _flowing(paragraph: str) -> str:
    """The paragraph without the line breaks of the source; "Fires" and "Remedy" keep theirs."""
    lines: list[str] = []
    for line in paragraph.splitlines():
        if lines and not re.match(r"Fires: |Remedy: |\s|- ", line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _example_table(shown: tuple[Example, ...]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table("Example", "Verdict", "Why", title="Examples", title_justify="left", show_lines=True)
    for each in shown:
        style = {"error": "bold red", "warning": "yellow", "info": "cyan"}.get(
            each.severities[0].value if each.severities else "", "green"
        )
        table.add_row(Text(each.text), Text(each.verdict, style=style), Text(each.why))
    return table


def list_rules(as_json: bool) -> None:
    """Print every rule with its severity, its family and what it fires at."""
    from trigpoint.checks import all_rules

    print_list(all_rules(), as_json)


def print_list(rules: tuple[Rule, ...], as_json: bool) -> None:
    """Rules as a table, or as JSON."""
    if as_json:
        _print_json({"rules": [_row(rule) for rule in rules]})
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("Rule", "Severity", "Family", "Fires when", box=None)
    for rule in rules:
        table.add_row(rule.id, rule.severity.value, rule.family, rule.title)
    Console().print(table)


def _row(rule: Rule) -> dict[str, str]:
    return {"rule": rule.id, "severity": rule.severity.value, "family": rule.family, "manual": rule.manual}


def _example_row(example: Example) -> dict[str, str]:
    return {"text": example.text, "verdict": example.verdict, "why": example.why}


def _print_json(shown: dict[str, Any]) -> None:
    from json import dumps

    sys.stdout.write(dumps(shown, ensure_ascii=False, indent=1) + "\n")
