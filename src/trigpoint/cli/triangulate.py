"""`trigpoint triangulate`: plan, finance and activity of a workspace held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from trigpoint.cli.activity_options import Draws, ScenarioName, Seed, Workers, check_files, check_numbers
from trigpoint.cli.check import AsJson, Format, Level
from trigpoint.errors import InputError


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: the workspace, the run of its activity, and what is to be made of the findings."""

    workspace: Path
    scenario: str
    draws: int | None
    seed: int | None
    workers: int
    tolerances: tuple[str, ...]
    only: tuple[str, ...]
    least: Level
    format: Format
    output: Path | None
    csv: Path | None
    all: bool


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    short = "Hold plan, finance and activity against each other."
    app.command("triangulate", short_help=short)(triangulate_workspace)


WorkspacePath = Annotated[
    Path | None, typer.Argument(help="Folder of a plan, with its folders finance and activity.", show_default=False)
]
Printed = Annotated[Format, typer.Option("--format", help="How to print the findings.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write the findings to this file.", show_default=False)
]
Csv = Annotated[Path | None, typer.Option("--csv", help="Write every comparison, agreeing or not, to a CSV file.")]
Least = Annotated[Level, typer.Option("--severity", help="Print findings of this severity and above.")]
OneRule = Annotated[
    list[str] | None, typer.Option("--rule", metavar="RULE", help="Compare by this rule alone; may be given again.")
]
Accepted = Annotated[
    list[str] | None,
    typer.Option(
        "--tolerance", metavar="RULE=AMOUNT",
        help="Accept other differences of a rule: CONTRACT_ACTIVITY=5%, CONTRACT_VALUE=£5,000, GROWTH_MONEY='1 point'.",
    ),
]  # fmt: skip
All = Annotated[bool, typer.Option("--all", help="List what agrees too.")]
Explain = Annotated[str, typer.Option("--explain", metavar="RULE", help="Print the manual page of a rule.")]
Rules = Annotated[bool, typer.Option("--rules", help="List all rules.")]


def triangulate_workspace(
    workspace: WorkspacePath = None,
    json: AsJson = False,
    format_: Printed = Format.TEXT,
    output: Output = None,
    csv: Csv = None,
    all_: All = False,
    severity: Least = Level.INFO,
    rule: OneRule = None,
    tolerance: Accepted = None,
    scenario: ScenarioName = "",
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = 1,
    explain: Explain = "",
    rules: Rules = False,
) -> None:
    """Compare the figures of a plan, its finance and its activity model, and say which do not agree.

    Each finding has both figures, their difference, what is accepted, and where each comes from. A workspace with only
    some of the three parts is compared as far as it goes, and what was not compared is said. Exits with 0 when there is
    no error, 1 when there are errors (shown or not) or a part has rows that cannot be read, 2 when there is nothing to
    compare. Settings and waivers of the workspace hold for these rules as for those of `trigpoint check`.

    Examples:

    \b
    trigpoint triangulate examples/dudley-2017-19
    trigpoint triangulate examples/dudley-2017-19 --json > triangulation.json
    trigpoint triangulate examples/dudley-2017-19 --rule CONTRACT_ACTIVITY --tolerance CONTRACT_ACTIVITY=5%
    trigpoint triangulate examples/dudley-2017-19 --scenario slow-start --all
    """
    if explain or rules:
        _manual(explain, json or format_ is Format.JSON)
        return
    if workspace is None:
        raise InputError("nothing to compare", remedy="name the folder of a plan")
    check_numbers(draws=draws, seed=seed, workers=workers)
    check_files({"--csv": (csv, (".csv",))})
    wanted = Request(
        workspace, scenario, draws, seed, workers, tuple(tolerance or ()), tuple(rule or ()), severity,
        Format.JSON if json else format_, output, csv, all_,
    )  # fmt: skip
    raise typer.Exit(_triangulate(wanted))


def _manual(rule_id: str, as_json: bool) -> None:
    from trigpoint.cli.check_manual import print_list, print_page
    from trigpoint.triangulation.register import find_triangulation_rule, triangulation_rules

    if rule_id:
        print_page(find_triangulation_rule(rule_id).described, (), as_json)
    else:
        print_list(tuple(one.described for one in triangulation_rules()), as_json)


def _triangulate(wanted: Request) -> int:
    """Compare, write everything that was asked for, and give the exit code."""
    from trigpoint.checks import Severity, find_rule
    from trigpoint.checks.waiver import UNUSED_WAIVER
    from trigpoint.cli import check_output
    from trigpoint.cli.activity_reading import problems_told
    from trigpoint.cli.triangulate_output import print_agreements, write_comparisons
    from trigpoint.cli.triangulate_reading import triangulated
    from trigpoint.triangulation.register import triangulation_rules

    told, problems = triangulated(wanted)
    rules = (*(one.described for one in triangulation_rules()), find_rule(UNUSED_WAIVER))
    described = check_output.Described("triangulate", rules)
    check_output.tell(told, wanted.format.value, wanted.least.value, wanted.workspace, wanted.output, described)
    if wanted.all and wanted.format is Format.TEXT:
        print_agreements(told)
    if wanted.csv is not None:
        write_comparisons(wanted.csv, told)
    problems_told(problems)
    return 1 if told.counts[Severity.ERROR] or problems else 0
