"""The list of measures on the terminal: the integrated performance table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from trigpoint.characters import on_one_line
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from trigpoint.cli.measures_printed import Printed
    from trigpoint.cli.measures_reading import Figures
    from trigpoint.measures.results import SummaryRow
    from trigpoint.measures.spc.control import Assurance

MANY = 200
MOST_NAMED = 12
_NARROW, _WIDE = 110, 150
_HEADERS = ("Measure", "Latest", "Period", "Target", "Rating", "Variation", "Assurance", "Finding")
_LONGEST_WORD = {"Target": len("not due"), "Variation": len("improvement,"), "Assurance": len("Assurance")}


def performance(figures: Figures, place: str, filters: dict[str, str]) -> list[SummaryRow]:
    """The rows of the table, with a bar while many are made. Raises InputError for a place or committee unknown."""
    if not figures.book.definitions:
        if place or any(filters.values()):
            raise InputError("the workspace holds no figures to choose from", remedy="put them into measurement/")
        return []
    _refuse_unknown(figures, filters)
    results = figures.results
    made = results.rows(place=place, **filters)
    if len(results) <= MANY:
        return list(made)
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return list(track(made, "Computing measures", total=len(results), console=console, transient=True))


def _refuse_unknown(figures: Figures, filters: dict[str, str]) -> None:
    """A filter that nothing can pass is a slip of the pen."""
    known = {
        "tag": {tag for each in figures.book.definitions for tag in each.tags},
        "committee": set(figures.plan.committees),
        "objective": {row.id for row in figures.plan.objectives},
    }
    for name, value in filters.items():
        if value and value.lower() not in map(str.lower, known[name]):
            from trigpoint.plans.tables import nearest

            near = nearest(value, sorted(known[name]))
            remedy = f"did you mean “{near}”?" if near else f"known are {_few(known[name])}"
            raise InputError(f"there is no {name} “{value}”", remedy=remedy)


def _few(words: set[str]) -> str:
    """The first of several words, and how many more there are."""
    named, more = ", ".join(sorted(words)[:MOST_NAMED]), len(words) - MOST_NAMED
    return f"{named} and {more:,} more" if more > 0 else named or "none"


def tell_list(
    figures: Figures,
    rows: list[SummaryRow],
    printed: Printed,
    *,
    chosen: bool,
    csv: Path | None,
    chart: Path | None,
    as_json: bool,
) -> None:
    """Print the printed tables and the performance table, and write the files that were asked for."""
    from trigpoint.cli.measures_files import write_chart, write_csv
    from trigpoint.measures.results import summary_table

    if csv is not None:
        write_csv(csv, *summary_table(rows))
    if chart is not None:
        from trigpoint.charts.committee import committee_picture

        if not rows:
            raise InputError("there is no measure to draw", remedy="choose others")
        picture = committee_picture([row.measure for row in rows], title=figures.plan.title)
        write_chart(chart, picture)
    if as_json:
        _print_json(figures, rows, printed)
        return
    from rich.console import Console

    from trigpoint.cli.measures_printed import print_printed

    console = Console()
    print_printed(printed, console)
    if rows:
        _print_rows(rows, console, figures.results.home)
    elif chosen:
        console.print("No measure is so.")
    elif not printed:
        console.print("The plan prints no table of targets and actuals.")


def _assurance_words() -> dict[Assurance, str]:
    """The assurance in a narrow column."""
    from trigpoint.measures.spc.control import Assurance

    return {
        Assurance.CONSISTENTLY_HIT: "hits",
        Assurance.CONSISTENTLY_MISS: "misses",
        Assurance.INCONSISTENT: "hits and misses",
        Assurance.NO_TARGET: "no target",
        Assurance.TOO_FEW: "too few points",
    }


def _print_rows(rows: list[SummaryRow], console: Console, home: str) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    narrow, wide = console.width < _NARROW, console.width >= _WIDE
    grid = Table(title="Measures", title_justify="left")
    if narrow:  # without upright rules, 80 columns hold every word whole
        grid = Table(title="Measures", title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for header in _HEADERS if wide else _HEADERS[:-1]:
        whole = header in ("Latest", "Rating") or (header == "Period" and narrow)
        grid.add_column(header, no_wrap=whole, min_width=_LONGEST_WORD.get(header))
    several = len({row.place.code for row in rows}) > 1
    for row in rows:
        cells = _cells(row, narrow=narrow, strange=several and row.place.code != home)
        grid.add_row(*(Text(on_one_line(cell), overflow="fold") for cell in (cells if wide else cells[:-1])))
    console.print(grid)
    notes = _notes(rows, whole=wide)
    for line in ["", *notes] if notes else []:
        console.print(Text(on_one_line(line)))


def _cells(row: SummaryRow, *, narrow: bool, strange: bool) -> tuple[str, ...]:
    """A row's cells; the place is named where it is ``strange``: not the plan's own among others that are."""
    of = f", {row.place.name}" if strange else ""
    return (
        f"{row.definition.label}{of}{'*' if row.illustrative else ''}",
        row.latest,
        _short_period(row) if narrow else row.period,
        row.target or ("not due" if row.measure.standing.coming else ""),
        row.rating.value if row.target else "",
        row.variation.value if row.variation else "",
        _assurance_words()[row.assurance] if row.assurance else "",
        row.sentence,
    )


def _short_period(row: SummaryRow) -> str:
    """A month as "Nov 2017"; other periods are short already."""
    month, _, year = row.period.partition(" ")
    return f"{month[:3]} {year}" if month.isalpha() and year.isdigit() else row.period


def _notes(rows: list[SummaryRow], *, whole: bool) -> list[str]:
    """What a mark in the table means, and which targets are next where none falls due, unless sentences are shown."""
    from trigpoint.cli.measures_reading import ILLUSTRATIVE
    from trigpoint.measures.results.coming import next_words

    waiting = [] if whole else [row for row in rows if row.measure.standing.coming]
    told = [f"{row.definition.label}, not due: {next_words(row.measure.standing.coming)}." for row in waiting]
    return [*told, *([f"* {ILLUSTRATIVE}"] if any(row.illustrative for row in rows) else [])]


def _print_json(figures: Figures, rows: list[SummaryRow], printed: Printed) -> None:
    import json

    import typer

    from trigpoint.cli.measures_printed import printed_data

    data = {
        "measures": printed_data(printed),
        "performance": [row_data(row) for row in rows],
        "problems": list(figures.every_problem),
    }
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


def row_data(row: SummaryRow) -> dict[str, Any]:
    """One row as JSON has it."""
    latest, standing = row.measure.latest, row.measure.standing
    return {
        "id": row.definition.id,
        "name": row.definition.name,
        "place": row.place.code,
        "place_name": row.place.name,
        "group": row.group,
        "objective": row.definition.objective,
        "tags": list(row.definition.tags),
        "period": row.period,
        "latest": row.latest,
        "value": latest.value if latest else None,
        "target": standing.target,
        "next_targets": list(standing.coming),
        "plan": row.plan,
        "national": row.national,
        "result": row.judgement.value,
        "rating": row.rating.value,
        "variation": row.variation.value if row.variation else None,
        "assurance": row.assurance.value if row.assurance else None,
        "year_to_date": row.year_to_date,
        "rank": row.rank,
        "finding": row.sentence,
        "illustrative": row.illustrative,
    }
