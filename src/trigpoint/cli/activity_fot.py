"""`trigpoint activity fot`: what a year will come to, from its first months, of a workspace or of published files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import (
    AsJson,
    Chart,
    Csv,
    Orgs,
    Pods,
    check_chart,
    check_files,
    check_months,
    method_of,
    year_of,
)
from trigpoint.cli.activity_published import is_published
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.activity.outturn.methods import Method
    from trigpoint.charts.picture import Picture
    from trigpoint.periods import FinancialYear
    from trigpoint.reports.activity.outturns import Forecasts

MOST_COLUMNS = 4


def fot(
    workspace: Annotated[Path, typer.Argument(help="A plan with activity/, or a folder with published files.")],
    org: Orgs = None,
    pod: Pods = None,
    months: Annotated[
        int | None, typer.Option("--months", help="How many months of the year are taken as known.")
    ] = None,
    year: Annotated[str, typer.Option("--year", help="The year to forecast, as 2016/17; else the base year.")] = "",
    method: Annotated[str, typer.Option("--method", help="One method by name; else the average of all.")] = "",
    csv: Csv = None,
    chart: Chart = None,
    as_json: AsJson = False,
) -> None:
    """Forecast what a year comes to from its first months: each series with its 80% and 95% interval.

    Of a plan with a folder activity it is the outturn that the model starts from. Of published files (`trigpoint data
    add`) it is any trust's A&E, forecast with all trusts in the files, which lend it their profile and their errors.
    Exit code 1 when a series cannot be forecast or a row could not be used.

    Examples:

    \b
    trigpoint activity fot examples/dudley-2017-19
    trigpoint activity fot my-figures --org RNA --org RRK --months 5
    trigpoint activity fot my-figures --org RNA --pod ae-attendances-type-1 --chart fot.svg
    """
    check_months(months, 12)
    check_chart(chart)
    check_files({"--csv": (csv, (".csv",))})
    wanted, chosen = year_of(year), method_of(method)
    from trigpoint.cli.activity_output import write_asked
    from trigpoint.cli.activity_reading import problems_told
    from trigpoint.reports.activity.outturns import outturn_rows

    told = _forecasts(workspace, org or (), pod or (), wanted, months, chosen)
    _tell(told, as_json=as_json)
    write_asked(csv, lambda: outturn_rows(told), chart, lambda: _picture(told))
    if problems_told(told.problems):
        raise typer.Exit(1)


def _forecasts(
    workspace: Path, orgs: Sequence[str], pods: Sequence[str], year: FinancialYear | None, months: int | None,
    method: Method | None,
) -> Forecasts:  # fmt: skip
    if is_published(workspace):
        return _published(workspace, orgs, pods, year, months, method)
    from dataclasses import replace

    from trigpoint.cli.activity_reading import book_of
    from trigpoint.reports.activity.choice import pods_named, providers_named
    from trigpoint.reports.activity.outturns import book_forecasts, chosen

    book, problems = book_of(workspace)
    codes, providers = pods_named(book, pods), providers_named(book, orgs)
    told = chosen(book_forecasts(book, year=year, months=months, method=method), codes, providers)
    return replace(told, problems=(*problems, *told.problems))


def _published(
    workspace: Path, orgs: Sequence[str], measures: Sequence[str], year: FinancialYear | None, months: int | None,
    method: Method | None,
) -> Forecasts:  # fmt: skip
    from dataclasses import replace

    from trigpoint.activity.outturn.methods import Method
    from trigpoint.activity.published import A_AND_E, histories_of_published
    from trigpoint.cli.activity_reading import progress_told
    from trigpoint.releases.figures import measure
    from trigpoint.releases.store import open_store
    from trigpoint.reports.activity.outturns import forecasts_of

    if not orgs:
        raise InputError("no organisation was named", remedy="add --org with its code, such as --org RNA")
    store, wanted = open_store(workspace), tuple(measures) or A_AND_E
    asked = histories_of_published(store, wanted, orgs=orgs)
    with progress_told("Reading the published files"):
        everybody = histories_of_published(store, wanted)
    names = {one.label: measure(one.label).name for one in asked.histories}
    told = forecasts_of(
        everybody.histories, asked.histories, year=year, months=months, method=method or Method.AVERAGE, names=names
    )
    return replace(told, problems=(*asked.notes, *told.problems))


def _tell(told: Forecasts, *, as_json: bool) -> None:
    from trigpoint.cli.activity_output import print_block, print_line
    from trigpoint.reports.activity import outturns

    if as_json:
        from trigpoint.cli.data_lists import print_json

        print_json(outturns.outturn_answer(told))
        return
    print_block(outturns.outturn_table(told), empty="There is no series to forecast.")
    weights = outturns.weights_table(told)
    if weights.rows and len(weights.headers) <= 1 + MOST_COLUMNS:
        print_block(weights)
    for one in (*told.results, *told.totals):
        print_line(told.finding(one))
        for note in one.notes:
            print_line(f"  {note}")


def _picture(told: Forecasts) -> Picture:
    from trigpoint.charts.activity.outturn import outturn_picture

    there = [one for one in told.results if one.value is not None]
    if len(there) != 1:
        what = f"a chart shows one series, and there are {len(there)}" if there else "there is no forecast to draw"
        raise InputError(what, remedy="choose one with --org and --pod")
    key = (there[0].organisation, there[0].label)
    history = next((row for row in told.histories if (row.organisation, row.label) == key), None)
    if history is None:
        raise InputError("the outturn is given, and has no months to draw", remedy="choose a series with counts")
    return outturn_picture(there[0], history)
