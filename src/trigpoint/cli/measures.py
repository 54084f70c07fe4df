"""`trigpoint measures`: where each measure stands, and whether its printed targets follow their rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.cli.measures_reading import Figures


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("measures", short_help="Say where each measure stands against its target.")(measures)


def measures(
    workspace: Annotated[Path, typer.Argument(help="Folder of the plan.", show_default=False)],
    measure: Annotated[str, typer.Option("--measure", "-m", help="Show one measure, by its id.")] = "",
    place: Annotated[str, typer.Option("--place", help="Of this place: its code, name or alias.")] = "",
    group: Annotated[str, typer.Option("--group", help="Of this group of people, with --measure.")] = "",
    tag: Annotated[str, typer.Option("--tag", help="List the measures with this tag.")] = "",
    committee: Annotated[str, typer.Option("--committee", help="List the measures of this committee.")] = "",
    objective: Annotated[str, typer.Option("--objective", help="List the measures of this objective, by its id.")] = "",
    spc: Annotated[bool, typer.Option("--spc", help="Show the measure's control chart.")] = False,
    funnel: Annotated[bool, typer.Option("--funnel", help="Show the places of the measure on a funnel.")] = False,
    inequality: Annotated[bool, typer.Option("--inequality", help="Show the measure's inequality ladder.")] = False,
    definition: Annotated[bool, typer.Option("--definition", help="Show the measure's definition.")] = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write what is shown to a CSV file.")] = None,
    chart: Annotated[Path | None, typer.Option("--chart", help="Draw what is shown, to a .svg or .png file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say of each measure where it stands against its target, and whether its printed targets follow their rule.

    Exit code 1 when a printed target differs from its rule, or a row of figures, a target or a rule could not be used.

    Examples:

    \b
    trigpoint measures examples/dudley-2017-19
    trigpoint measures examples/dudley-2017-19 --tag "urgent care"
    trigpoint measures examples/dudley-2017-19 --measure ae-4-hour --spc --chart ae.svg
    """
    from trigpoint.cli.measures_reading import View, chosen_view, read_figures, tell_problems

    view = chosen_view(measure, spc=spc, funnel=funnel, inequality=inequality, definition=definition)
    filters = {"tag": tag, "committee": committee, "objective": objective}
    _refuse_odd(measure, group, filters, view is not View.DATA)
    _refuse_files(csv, chart)
    figures = read_figures(workspace, place)
    if measure:
        from trigpoint.cli.measures_one import tell_one

        tell_one(figures, measure, place, group, view, csv=csv, chart=chart, as_json=as_json)
        strays = False
    else:
        strays = _list(figures, place, filters, csv=csv, chart=chart, as_json=as_json)
    tell_problems(figures.every_problem)
    if strays or figures.every_problem:
        raise typer.Exit(1)


def _list(
    figures: Figures, place: str, filters: dict[str, str], *, csv: Path | None, chart: Path | None, as_json: bool
) -> bool:
    """Print the list of measures; whether a printed target strays from its rule."""
    from trigpoint.cli.measures_list import performance, tell_list
    from trigpoint.cli.measures_printed import printed_tables

    chosen = bool(place or any(filters.values()))
    # A choice is of measures by place, tag or committee; the printed tables are told where the whole plan is asked for.
    printed = [] if chosen else printed_tables(figures.plan)
    rows = performance(figures, place, filters)
    tell_list(figures, rows, printed, chosen=chosen, csv=csv, chart=chart, as_json=as_json)
    return any(not tried.agrees for _, tried, _ in printed)


def _refuse_odd(measure: str, group: str, filters: dict[str, str], viewed: bool) -> None:
    if not measure and (group or viewed):
        raise InputError("no measure was named to be shown", remedy="add --measure with its id")
    given = next((name for name, value in filters.items() if value), "")
    if measure and given:
        raise InputError(f"--{given} lists measures and --measure shows one", remedy="leave one of them out")


def _refuse_files(csv: Path | None, chart: Path | None) -> None:
    """What is wrong with the names of files is told before any work is done for them."""
    if chart is not None and chart.suffix.lower() not in (".svg", ".png"):
        raise InputError("a chart is written as .svg or .png", where=str(chart), remedy="end the name in one of these")
    for path in (csv, chart):
        if path is not None and not path.absolute().parent.is_dir():
            raise InputError("its folder does not exist", where=str(path), remedy="make the folder first")
