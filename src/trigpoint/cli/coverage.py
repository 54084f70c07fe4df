"""`trigpoint coverage`: which national priorities and standards a plan answers, and which it does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from trigpoint.measures.coverage import Answer, Coverage, Evidence, PriorityCoverage, StandardCoverage


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("coverage", short_help="Say which national priorities and standards a plan answers.")(coverage)


def coverage(
    workspace: Annotated[Path, typer.Argument(help="Folder of the plan.", show_default=False)],
    framework: Annotated[str, typer.Option(help="Planning round; the plan’s own when left out.")] = "",
    year: Annotated[str, typer.Option(help="Only standards that hold in this financial year, e.g. 2018/19.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say which priorities and standards of a planning round the plan answers, with what, and which it does not.

    Each answer says how it was recognised; each target stands beside the standard. Exit code 0 whatever is missing.

    Example:

    \b
    trigpoint coverage examples/dudley-2017-19 --year 2018/19
    """
    from trigpoint.measures.book.reading import read_book
    from trigpoint.measures.coverage import coverage_of
    from trigpoint.plans.workspace import read_plan

    plan, reading = read_plan(workspace), read_book(workspace)
    for problem in reading.problems:
        typer.echo(str(problem), err=True)
    found = coverage_of(plan, framework=framework, year=year, book=reading.book)
    if as_json:
        import json

        typer.echo(json.dumps(_data(found), ensure_ascii=False, indent=1))
    else:
        _print(found)


def _data(found: Coverage) -> dict[str, Any]:
    return {
        "framework": found.framework.id,
        "title": found.framework.title,
        "chosen": found.chosen,
        "year": found.year,
        "finding": found.sentence,
        "priorities": [
            {
                "id": row.priority.id,
                "number": row.priority.number,
                "title": row.priority.title,
                "answer": row.answer.value,
                "evidence": [_row(each) for each in row.evidence],
                "requirements": [
                    {
                        "id": each.requirement.id,
                        "title": each.requirement.title,
                        "answer": each.answer.value,
                        "evidence": [_row(one) for one in each.evidence],
                    }
                    for each in row.requirements
                ],
                "standards": [_standard(each) for each in row.standards],
            }
            for row in found.priorities
        ],
    }


def _standard(row: StandardCoverage) -> dict[str, Any]:
    standard = row.standard
    return {
        "id": standard.id,
        "title": standard.title,
        "code": standard.code,
        "measure": standard.measure,
        "value": None if standard.value is None else str(standard.value),
        "unit": standard.unit,
        "rule": standard.rule,
        "test": standard.test.value,
        "basis": standard.basis.value,
        "level": standard.level,
        "years": [standard.applies_from, standard.applies_to],
        "source": standard.source,
        "confirmed": standard.confirmed,
        "answer": row.answer.value,
        "evidence": [_row(each) for each in row.evidence],
        "targets": [
            {
                "item": each.item,
                "value": str(each.value),
                "unit": each.unit,
                "at": each.at,
                "difference": each.difference.value,
                "undated": each.undated,
                "finding": each.finding,
            }
            for each in row.comparisons
        ],
    }


def _row(row: Evidence) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "item": row.item,
        "objective": row.objective,
        "heading": row.heading,
        "text": row.text,
        "ground": row.ground.value,
        "why": row.why,
        "rule": row.rule,
    }


def _print(found: Coverage) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for row in found.priorities:
        _priority(console, row)
    title = f"{found.framework.title} ({found.chosen}{', ' + found.year if found.year else ''})."
    console.print(Text(title))
    console.print(Text(found.sentence))


def _priority(console: Console, row: PriorityCoverage) -> None:
    from rich.table import Table
    from rich.text import Text

    heading = f"{row.priority.number} {row.priority.title}".strip()
    title = f"{heading}: {row.answer.value}" + "".join(f"; {each.heading} ({each.why})" for each in row.evidence)
    grid = Table(title=Text(title), title_justify="left")
    grid.add_column("Asked", ratio=3)
    grid.add_column("Answered", no_wrap=True)
    grid.add_column("Where", ratio=3)
    grid.add_column("Target beside the standard", ratio=3)
    for asked in row.requirements:
        cells = (asked.requirement.title, _short(asked.answer), _where(asked.evidence), "")
        grid.add_row(*(Text(cell, overflow="fold") for cell in cells))
    for tested in row.standards:
        name = f"{tested.standard.title}{_asked(tested)}"
        cells = (name, _short(tested.answer), _where(tested.evidence), _beside(tested))
        grid.add_row(*(Text(cell, overflow="fold") for cell in cells))
    if grid.rows:
        console.print(grid)
    else:
        console.print(Text(title))


def _asked(row: StandardCoverage) -> str:
    """The years of a standard, who has to meet it, and that it is not confirmed, in brackets."""
    standard = row.standard
    years = dict.fromkeys((standard.applies_from, standard.applies_to))
    said = [" to ".join(year for year in years if year), standard.level, "" if standard.confirmed else "unconfirmed"]
    told = ", ".join(word for word in said if word)
    return f" ({told})" if told else ""


MOST_ROWS = 2
MOST_TARGETS = 4


def _short(answer: Answer) -> str:
    """The answer as one word or two, for a narrow column."""
    words = {"NOT": "no", "MEASURED": "measured"}
    return words.get(answer.name) or answer.value.removeprefix("answered ").removeprefix("with a ")


def _beside(row: StandardCoverage) -> str:
    """The first targets beside the standard; the JSON has all."""
    told = [each.finding for each in row.comparisons[:MOST_TARGETS]]
    more = len(row.comparisons) - MOST_TARGETS
    return "\n".join([*told, *([f"and {more} more"] if more > 0 else [])])


def _where(rows: tuple[Evidence, ...]) -> str:
    """The first rows that answer, each with how it was recognised."""
    told = [f"{_named(row)}: {row.why}" for row in rows[:MOST_ROWS]]
    more = len(rows) - MOST_ROWS
    return "\n".join([*told, *([f"and {more} more"] if more > 0 else [])])


def _named(row: Evidence) -> str:
    """A row by its id, or by its kind where how it was recognised says the id, with the objective it stands under."""
    name = f"{row.kind.value} {row.item}" if row.kind.name in ("FINANCE", "ACTIVITY") else row.item
    name = row.kind.value if row.ground.name == "MEASURE" else name
    return f"{name} of {row.objective}" if row.objective not in ("", row.item) else name
