"""`trigpoint activity monitor`: plan against actual as months arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import (
    AsJson,
    Chart,
    Csv,
    Draws,
    Pods,
    ScenarioName,
    Seed,
    Workers,
    Workspace,
    check_chart,
    check_files,
    check_numbers,
)
from trigpoint.cli.activity_published import Base, Growth, Months, Org, PublishedAsked, book_asked, is_published
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.activity.monitor import Monitoring
    from trigpoint.charts.picture import Picture
    from trigpoint.periods import Month


def monitor(
    workspace: Workspace,
    at: Annotated[
        str, typer.Option("--at", help="The last month to look at, as 2017-08; else the last with a count.")
    ] = "",
    pod: Pods = None,
    scenario: ScenarioName = "",
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = 1,
    org: Org = None,
    growth: Growth = None,
    months: Months = None,
    base: Base = "",
    csv: Csv = None,
    chart: Chart = None,
    as_json: AsJson = False,
) -> None:
    """Compare the plan with the months that came since: how far off, where it comes from, what the year will come to.

    Counts of plan months in counts.csv are the actuals; the plan never looks at them. The difference is split into the
    base year's outturn, working days, schemes, mix and volume. Of published files they are what was published since.

    Examples:

    \b
    trigpoint activity monitor examples/dudley-2017-19
    trigpoint activity monitor examples/dudley-2017-19 --at 2017-08 --pod "A&E" --chart ae.svg
    trigpoint activity monitor my-figures --org RNA --base 2017/18 --growth 1.9%
    """
    check_numbers(draws=draws, seed=seed, workers=workers)
    check_chart(chart)
    check_files({"--csv": (csv, (".csv",))})
    last = _month(at)
    from trigpoint.activity.monitor import monitor as monitored
    from trigpoint.cli.activity_output import print_answer, write_asked
    from trigpoint.cli.activity_reading import Asked, problems_told, run_of, scenario_of
    from trigpoint.reports.activity import monitored as paper
    from trigpoint.reports.activity.answer import is_incomplete
    from trigpoint.reports.activity.choice import pods_named

    published = PublishedAsked(tuple(org or ()), tuple(growth or ()), months, base)
    measures = tuple(pod or ()) if is_published(workspace) else ()
    book, problems = book_asked(workspace, published, measures)
    chosen, pods = scenario_of(book, scenario), pods_named(book, pod or ())
    if chart is not None and len(pods) != 1:
        raise InputError("a chart shows one point of delivery", remedy="add one --pod")
    run = run_of(book, chosen, Asked(draws, seed, workers), problems)
    found = paper.chosen(monitored(run, book, last), pods)
    print_answer(
        lambda: paper.monitoring_answer(found),
        lambda: paper.monitoring_tables(found, book) if found.at is not None else (),
        lambda: found.findings,
        as_json=as_json,
    )
    write_asked(csv, lambda: paper.monitoring_answer(found)["months"], chart, lambda: _picture(found, pods[0]))
    problems_told(problems, run.warnings, found.problems)
    if problems or found.problems or is_incomplete(run):
        raise typer.Exit(1)


def _picture(found: Monitoring, pod: str) -> Picture:
    from trigpoint.charts.activity.monitoring import monitoring_picture

    return monitoring_picture(found, pod)


def _month(text: str) -> Month | None:
    if not text:
        return None
    from trigpoint.periods import Month, parse_period

    try:
        found = parse_period(text)
    except (InputError, ValueError):
        found = None
    if not isinstance(found, Month):
        raise InputError(f"--at “{text}” is no month", remedy="write it as 2017-08")
    return found
