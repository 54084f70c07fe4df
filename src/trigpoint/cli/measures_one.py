"""One measure on the terminal: its periods, its control chart, its funnel, its ladder or its definition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from trigpoint.characters import on_one_line
from trigpoint.cli.measures_reading import View
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.charts.picture import Picture
    from trigpoint.cli.measures_reading import Figures
    from trigpoint.measures.results import Results
    from trigpoint.measures.results.result import FunnelResult, MeasureResult

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def tell_one(
    figures: Figures,
    measure: str,
    place: str,
    group: str,
    view: View,
    *,
    csv: Path | None,
    chart: Path | None,
    as_json: bool,
) -> None:
    """Print one view of one measure, and write the files that were asked for.

    Raises InputError for a measure that neither the figures nor the plan has, and for a view that it does not have.
    """
    from trigpoint.cli.measures_files import write_chart, write_csv

    results = figures.results if measure in figures.results else figures.everything
    result = results.measure(measure, results.code_of(place) if place else "", group)
    shown = _shown(results, result, view)
    if csv is not None:
        write_csv(csv, *shown.table)
    if chart is not None:
        write_chart(chart, shown.picture())
    if as_json:
        _print_json(figures, result, view, shown)
    else:
        _print(result, view, shown)


class _Shown:
    """A view of a measure: the object it shows, its sentence, its table and its picture."""

    def __init__(self, kind: str, of: Any, finding: str, table: Table) -> None:
        self.kind, self.of, self.finding, self.table = kind, of, finding, table
        # A definition has no figures; everything else says whether any are invented.
        self.illustrative = bool(getattr(of, "illustrative", False))

    def picture(self) -> Picture:
        from importlib import import_module

        if not self.kind:
            raise InputError("a definition has no chart", remedy="leave --chart out")
        module, _, name = self.kind.partition(":")
        picture: Picture | None = getattr(import_module(f"trigpoint.charts.{module}"), name)(self.of)
        if picture is None:
            raise InputError("the measure has no control chart", remedy="leave --spc out")
        return picture


def _shown(results: Results, result: MeasureResult, view: View) -> _Shown:
    from trigpoint.measures.results import data_table, funnel_table, inequality_table

    match view:
        case View.DATA:
            return _Shown("course:course_picture", result, result.finding, data_table(result))
        case View.SPC:
            if result.spc is None:
                raise InputError("the measure has no control chart", remedy="its definition names the chart under spc")
            return _Shown("spc:measure_spc_picture", result, result.spc.finding, _control_table(result))
        case View.FUNNEL:
            funnel = _funnel(results, result)
            return _Shown("funnel:funnel_picture", funnel, funnel.finding, funnel_table(funnel))
        case View.INEQUALITY:
            ladder = results.inequality(result.definition.id, result.place.code)
            if ladder is None:
                raise InputError(
                    "the measure has no inequality ladder", remedy="it needs [inequality] and figures of its groups"
                )
            return _Shown("ladder:ladder_picture", ladder, ladder.finding, inequality_table(ladder))
        case View.DEFINITION:
            return _Shown("", None, result.definition.rationale, definition_table(result))


def _funnel(results: Results, result: MeasureResult) -> FunnelResult:
    """The funnel that the place stands on, else that of the smallest places there are."""
    funnels = results.indicator(result.definition.id).funnels
    own = [each for each in funnels if any(point.place.code == result.place.code for point in each.points)]
    if not funnels:
        what = "the measure has no funnel"
        raise InputError(what, remedy="it needs three places of one kind with numerator and denominator")
    return own[0] if own else max(funnels, key=lambda each: len(each.points))


def _control_table(result: MeasureResult) -> Table:
    """The columns of the data table that belong to the control chart."""
    from trigpoint.measures.results import data_table

    headers, rows = data_table(result)
    limits = ("Centre", "Lower limit", "Upper limit")
    wanted = ("Period", "Value", "Plan", "National", "Stretch", *limits, "Signal", "Illustrative", "Note")
    kept = [at for at, header in enumerate(headers) if header in wanted]
    return tuple(headers[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)


def definition_table(result: MeasureResult) -> Table:
    """The definition in words: what it says, field by field, its standards and changes."""
    from trigpoint.measures.results.descriptions import description_of

    told = description_of(result.definition)
    standards = [
        ("Standard", ", ".join((each.asks, each.holds, *(() if each.confirmed else ("unconfirmed",)))))
        for each in told.standards
    ]
    changes = [("Change", f"{on}: {text}") for on, text, _ in told.changes]
    serves = (("Objective", result.definition.objective),) if result.definition.objective else ()
    return ("Field", "Value"), (*told.fields, *serves, *standards, *changes)


def _print(result: MeasureResult, view: View, shown: _Shown) -> None:
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    from trigpoint.cli.measures_layout import on_terminal

    console, (headers, rows) = Console(), on_terminal(result, view, shown.table)
    where = ", ".join(part for part in (result.definition.name, result.place.name, result.group) if part)
    grid = Grid(title=Text(on_one_line(where)), title_justify="left", caption_justify="left")
    for at, header in enumerate(headers):
        whole = at == 0 and view is not View.DEFINITION
        grid.add_column(header, justify="left" if at == 0 or view is View.DEFINITION else "right", no_wrap=whole)
    for row in rows:
        grid.add_row(*(Text(on_one_line(cell), overflow="fold") for cell in row))
    console.print(grid)
    notes = [shown.finding, *_notes(result, view, shown)]
    for note in notes:
        if note:
            console.print(Text(on_one_line(note)))


def _notes(result: MeasureResult, view: View, shown: _Shown) -> list[str]:
    from trigpoint.cli.measures_reading import ILLUSTRATIVE

    marked = [f"* {ILLUSTRATIVE}" if view in (View.DATA, View.SPC) else ILLUSTRATIVE] if shown.illustrative else []
    if view is View.SPC and result.spc is not None:
        rebases = [
            f"Rebased at {result.spc.labels[each.first]}: {each.reason} ({each.by})."
            for each in result.spc.segments
            if each.reason
        ]
        return [f"Rules: {result.spc.rule_set.title}.", *rebases, *result.spc.warnings, *marked]
    if view is View.DATA:
        derived = f"The figures are {result.derived}." if result.derived else ""
        so_far = result.year_to_date
        year = f"{so_far.period.label} to date: {so_far.shown}." if so_far and so_far.value is not None else ""
        return [year, derived, *result.problems, *marked]
    return marked


def _print_json(figures: Figures, result: MeasureResult, view: View, shown: _Shown) -> None:
    import json

    import typer

    from trigpoint.cli.measures_list import row_data
    from trigpoint.measures.results.summary import summary_row

    headers, rows = shown.table
    data = {
        **row_data(summary_row(result)),
        "view": view.value,
        "view_finding": shown.finding,
        "headers": list(headers),
        "rows": [list(row) for row in rows],
        "notes": [note for note in _notes(result, view, shown) if note],
        "problems": list(figures.every_problem),
    }
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
