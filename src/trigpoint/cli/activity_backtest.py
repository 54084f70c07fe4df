"""`trigpoint activity backtest`: how each method would have forecast years that are over."""

from __future__ import annotations

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
    year_of,
)
from trigpoint.cli.activity_published import is_published
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.activity.outturn.back_test import BackTest
    from trigpoint.activity.outturn.history import History
    from trigpoint.charts.picture import Picture
    from trigpoint.periods import FinancialYear

DEFAULT_MONTHS = 5


def backtest(
    workspace: Annotated[Path, typer.Argument(help="A plan with activity/, or a folder with published files.")],
    org: Orgs = None,
    pod: Pods = None,
    months: Annotated[
        int | None, typer.Option("--months", help="From how many months, 1 to 11; else as planned.")
    ] = None,
    years: Annotated[
        list[str] | None, typer.Option("--years", "--year", help="A year to test, as 2017/18; else all that can be.")
    ] = None,
    csv: Csv = None,
    chart: Chart = None,
    as_json: AsJson = False,
) -> None:
    """Forecast years that are over from their first months, by every method, and compare with what came.

    Nothing later than the month is used: forecasts, weights and intervals are those that would have been made then.
    MAPE is the mean size of the errors; “80% held” is how many outturns the 80% interval held. With --org the series of
    all others lend their profile and their errors, as they do in fot, and only those asked for are told.

    Examples:

    \b
    trigpoint activity backtest examples/dudley-2017-19
    trigpoint activity backtest my-figures --months 5 --years 2018/19 --chart backtest.svg
    """
    check_months(months, 11)
    check_chart(chart)
    check_files({"--csv": (csv, (".csv",))})
    wanted = [one for text in years or () if (one := year_of(text, "--years")) is not None]
    from trigpoint.activity.outturn.back_test import back_test
    from trigpoint.activity.published import back_test_years
    from trigpoint.cli.activity_output import print_answer, write_asked
    from trigpoint.cli.activity_reading import problems_told, progress_told
    from trigpoint.reports.activity.outturns import back_test_answer, back_test_findings, back_test_table

    histories, known, names, problems, peers = _read(workspace, org or [], pod or [], months)
    tested = wanted or list(back_test_years(histories))
    if not tested:
        raise InputError(
            "no year can be tested: none is whole after another whole one", remedy="add the months of two years or more"
        )
    with progress_told("Forecasting years that are over"):
        asked = {(one.organisation, one.label) for one in histories}
        found = back_test([*histories, *peers], known, tested, asked=asked)
    print_answer(
        lambda: back_test_answer(found),
        lambda: [back_test_table(found, names, all_years=bool(wanted))],
        lambda: [*back_test_findings(found, names), *([] if wanted else _earlier(tested))],
        as_json=as_json,
    )
    write_asked(csv, lambda: found.frame().to_dicts(), chart, lambda: _picture(found))
    if problems_told(problems):
        raise typer.Exit(1)


def _earlier(tested: list[FinancialYear]) -> list[str]:
    """The years that the table does not show."""
    from trigpoint.wording import listed

    earlier = listed([str(one) for one in sorted(tested)[:-1]])
    return [f"Tested too: {earlier} (--years, --csv, --json)."] if earlier else []


def _picture(found: BackTest) -> Picture:
    from trigpoint.charts.activity.back_test import back_test_picture

    return back_test_picture(found)


def _read(
    workspace: Path, orgs: list[str], pods: list[str], months: int | None
) -> tuple[tuple[History, ...], int, dict[str, str], tuple[InputError, ...], tuple[History, ...]]:
    """The histories asked for, from which month, the names of what is counted, problems, and the others' histories."""
    if is_published(workspace):
        from trigpoint.activity.published import A_AND_E, histories_of_published
        from trigpoint.releases.figures import measure
        from trigpoint.releases.store import open_store

        store, measures = open_store(workspace), tuple(pods) or A_AND_E
        found = histories_of_published(store, measures, orgs=orgs or None)
        names = {one.label: measure(one.label).name for one in found.histories}
        everybody = histories_of_published(store, measures).histories if orgs else ()
        notes = found.notes if orgs else ()
        return found.histories, months or DEFAULT_MONTHS, names, notes, _others_of(found.histories, everybody)
    from trigpoint.activity.simulation.baseline import histories_of
    from trigpoint.cli.activity_reading import book_of
    from trigpoint.reports.activity.choice import pods_named, providers_named

    book, problems = book_of(workspace)
    codes, providers = pods_named(book, pods), providers_named(book, orgs)
    everybody = tuple(one for one in histories_of(book.counts) if not codes or one.label in codes)
    histories = tuple(one for one in everybody if not providers or one.organisation in providers)
    known = months or min(book.settings.months_known or DEFAULT_MONTHS, 11)
    names = {pod.code: pod.name for pod in book.pods if pod.name}
    return histories, known, names, problems, _others_of(histories, everybody)


def _others_of(asked: tuple[History, ...], everybody: tuple[History, ...]) -> tuple[History, ...]:
    own = {(one.organisation, one.label) for one in asked}
    return tuple(one for one in everybody if (one.organisation, one.label) not in own)
