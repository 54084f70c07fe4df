"""`trigpoint activity run`: outturn, do nothing and do something of every month, with bridge and schemes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trigpoint.cli.activity_options import (
    AsJson,
    Chart,
    Draws,
    Pods,
    Providers,
    ScenarioName,
    Seed,
    Workers,
    Workspace,
    check_chart,
    check_files,
    check_numbers,
)
from trigpoint.cli.activity_published import Base, Growth, Months, Org, PublishedAsked, book_asked, is_published
from trigpoint.errors import InputError, InputErrors

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun
    from trigpoint.charts.picture import Picture


def run(
    workspace: Workspace,
    scenario: ScenarioName = "",
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = 1,
    pod: Pods = None,
    provider: Providers = None,
    by: Annotated[
        list[str] | None, typer.Option("--by", help="Tell results apart by this attribute, such as specialty.")
    ] = None,
    no_noise: Annotated[
        bool, typer.Option("--no-noise", help="Leave the scatter of single months out of the intervals.")
    ] = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write the months to a CSV file (.csv), or every table into a folder.")
    ] = None,
    chart: Chart = None,
    picture: Annotated[
        str, typer.Option("--picture", help="What --chart draws: trajectory, annual, bridge, schemes, tornado, …")
    ] = "",
    org: Org = None,
    growth: Growth = None,
    months: Months = None,
    base: Base = "",
    as_json: AsJson = False,
) -> None:
    """Run the model: forecast outturn, do nothing and do something of every month, each with its interval.

    Prints the years of each point of delivery, what makes the difference (the bridge) and what each scheme changes.
    What could not be used is a sentence each on the error output, and the rest is run: exit code 1 then, 2 when there
    is nothing to run. Remarks on how it was run come there too and change no exit code. With --json nothing is
    rounded, and the bridge sums to do something. A folder with published files and no plan (`trigpoint data add`) is
    run for the trusts of --org, from the first five months of the last year that begins with them.

    Examples:

    \b
    trigpoint activity run examples/dudley-2017-19
    trigpoint activity run examples/dudley-2017-19 --json > activity.json
    trigpoint activity run examples/dudley-2017-19 --pod "A&E" --chart ae.svg --seed 7
    trigpoint activity run examples/dudley-2017-19 --pod Elective --picture bridge --chart bridge.svg
    trigpoint activity run my-figures --org RNA --growth "1% to 2.8%"
    """
    check_numbers(draws=draws, seed=seed, workers=workers)
    check_chart(chart)
    if chart is not None and (len(pod or ()) > 1 or len(provider or ()) > 1):
        raise InputError("a chart shows one --pod and one --provider, or all", remedy="leave the others out")
    kind = _kind(picture, chart, pod or ())
    check_files({"--csv": (csv, (".csv",))}, folders=True)
    from trigpoint.cli.activity_reading import Asked, problems_told, remarks_of, run_of, scenario_of
    from trigpoint.cli.activity_scenarios import faults_of, without_faults_of_scenarios
    from trigpoint.reports.activity.answer import is_incomplete
    from trigpoint.reports.activity.choice import narrowed, pods_named, providers_named

    published = PublishedAsked(tuple(org or ()), tuple(growth or ()), months, base)
    measures = tuple(pod or ()) if is_published(workspace) else ()
    book, found_wrong = book_asked(workspace, published, measures)
    chosen = scenario_of(book, scenario)
    problems, faults = without_faults_of_scenarios(found_wrong)
    if refused := faults_of(faults, [chosen]):  # else the plan would stand under the scenario's name
        raise InputErrors((*problems, *refused))
    pods, providers = pods_named(book, pod or ()), providers_named(book, provider or ())
    asked = Asked(draws, seed, workers, tuple(by or ()), no_noise)
    made = narrowed(run_of(book, chosen, asked, problems), pods=pods, providers=providers)
    _tell(made, as_json=as_json)
    if csv is not None:
        _write_csv(csv, made)
    if chart is not None:
        from trigpoint.cli.activity_output import write_picture

        write_picture(chart, _picture(made, kind, pods, providers))
    problems_told(problems, made.warnings, remarks_of(workspace, book), found_wrong)
    if problems or is_incomplete(made):
        raise typer.Exit(1)


def _tell(made: ActivityRun, *, as_json: bool) -> None:
    from trigpoint.cli.activity_output import print_block, print_line
    from trigpoint.reports.activity import tables

    if as_json:
        from trigpoint.cli.data_lists import print_json
        from trigpoint.reports.activity.answer import answer_of

        print_json(answer_of(made))
        return
    print_block(tables.annual_table(made), empty="There is no series to show.")
    if made.book.settings.output_by:
        print_block(tables.annual_table(made, by_series=True))
    for pod in dict.fromkeys(part.pod for part in made.bridge):
        print_block(tables.bridge_table(made, pod))
    if made.schemes:
        print_block(tables.schemes_table(made))
    for rows, table in ((made.beds, tables.beds_table), (made.values, tables.values_table)):
        if rows:
            print_block(table(made))
    if made.strains:
        print_block(tables.strains_table(made))
    print_line(tables.made_with(made))


def _write_csv(path: Path, made: ActivityRun) -> None:
    from trigpoint.cli.activity_output import write_file
    from trigpoint.reports.activity.tidy import csv_bytes, tidy_tables

    found = tidy_tables(made)
    if path.suffix and not path.is_dir():
        write_file(path, csv_bytes(found.get("series", [])))
        return
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        what = f"the folder cannot be made ({(error.strerror or 'unknown').lower()})"
        raise InputError(what, where=str(path), remedy="name another one") from None
    for name, rows in found.items():
        write_file(path / f"{name}.csv", csv_bytes(rows))


OF_A_POD = ("trajectory", "annual", "bridge", "tornado", "likelihood")
"""Pictures that are of one point of delivery; the others show all of them."""
OF_A_YEAR = ("bridge", "tornado", "likelihood", "schemes")
"""Pictures that are of one year: the last of the plan."""


def _kind(asked: str, chart: Path | None, pods: Sequence[str]) -> str:
    """The kind of picture: as asked; else the trajectory of the one point of delivery, or all in one."""
    from trigpoint.activity.results.run import ActivityRun
    from trigpoint.wording import listed

    if not asked:
        return "trajectory" if pods else "overall"
    kind = asked.strip().casefold()
    if kind not in ActivityRun.drawings:
        raise InputError(f"there is no picture “{asked}”", remedy=f"there are {listed(list(ActivityRun.drawings))}")
    if chart is None:
        raise InputError("--picture says what --chart draws", remedy="add --chart with the name of a file")
    if kind in OF_A_POD and len(pods) != 1:
        raise InputError(f"the picture “{kind}” is of one point of delivery", remedy="add one --pod")
    return kind


def _picture(made: ActivityRun, kind: str, pods: tuple[str, ...], providers: tuple[str, ...]) -> Picture:
    """The picture that was asked for."""
    asked: dict[str, Any] = {}
    if kind in OF_A_POD:
        asked["pod"] = pods[0]
    if kind in OF_A_YEAR:
        asked["year"] = made.years[-1]
    if kind in ("trajectory", "annual", "bridge") and providers:
        asked["provider"] = providers[0]
    drawn: Picture = made.picture(kind, **asked)
    return drawn
