"""`trigpoint activity run`: outturn, do nothing and do something of every month, with bridge and schemes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from trigpoint.errors import InputError

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
        Path | None, typer.Option("--csv", help="Write the months to a CSV file, or every table into a folder.")
    ] = None,
    chart: Chart = None,
    as_json: AsJson = False,
) -> None:
    """Run the model: forecast outturn, do nothing and do something of every month, each with its interval.

    Prints the years of each point of delivery, what makes the difference (the bridge) and what each scheme changes.
    What could not be used is a sentence each on the error output, and the rest is run: exit code 1 then, 2 when there
    is nothing to run. Remarks on how it was run come there too and change no exit code. With --json nothing is
    rounded, and the bridge sums to do something.

    Examples:

    \b
    trigpoint activity run examples/dudley-2017-19
    trigpoint activity run examples/dudley-2017-19 --json > activity.json
    trigpoint activity run examples/dudley-2017-19 --pod "A&E" --chart ae.svg --seed 7
    """
    check_numbers(draws=draws, seed=seed, workers=workers)
    check_chart(chart)
    if chart is not None and (len(pod or ()) > 1 or len(provider or ()) > 1):
        raise InputError("a chart shows one --pod and one --provider, or all", remedy="leave the others out")
    check_files({"--csv": (csv, (".csv",))}, folders=True)
    from trigpoint.cli.activity_reading import Asked, book_of, problems_told, run_of, scenario_of
    from trigpoint.reports.activity.answer import is_incomplete
    from trigpoint.reports.activity.choice import narrowed, pods_named, providers_named

    book, problems = book_of(workspace)
    chosen = scenario_of(book, scenario)
    pods, providers = pods_named(book, pod or ()), providers_named(book, provider or ())
    asked = Asked(draws, seed, workers, tuple(by or ()), no_noise)
    made = narrowed(run_of(book, chosen, asked), pods=pods, providers=providers)
    _tell(made, as_json=as_json)
    if csv is not None:
        _write_csv(csv, made)
    if chart is not None:
        from trigpoint.cli.activity_output import write_picture

        write_picture(chart, _picture(made, pods, providers))
    problems_told(problems, made.warnings)
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
    if not path.is_dir():
        write_file(path, csv_bytes(found.get("series", [])))
        return
    for name, rows in found.items():
        write_file(path / f"{name}.csv", csv_bytes(rows))


def _picture(made: ActivityRun, pods: tuple[str, ...], providers: tuple[str, ...]) -> Picture:
    """The trajectory of the one point of delivery that was asked for; without one, all in one picture."""
    if not pods:
        from trigpoint.charts.activity.overall import overall_picture

        return overall_picture(made)
    from trigpoint.charts.activity.trajectory import trajectory_picture

    return trajectory_picture(made, pods[0], providers[0] if providers else "")
