"""`trigpoint activity nhp`: a scenario of the New Hospital Programme's model on a trust's tables, pooled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.activity_options import AsJson, Csv, Seed, Workers, check_files, check_numbers
from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.activity.nhp.parameters import NhpParameters
    from trigpoint.activity.nhp.results import NhpRun

MOST_RUNS = 100_000


def nhp(
    parameters: Annotated[Path, typer.Argument(help="The scenario: the JSON file that the inputs app gives.")],
    tables: Annotated[Path, typer.Option("--records", help="Folder with the tables, as Parquet or CSV.")],
    runs: Annotated[int | None, typer.Option("--runs", help="How many runs; else those of the file.")] = None,
    seed: Seed = None,
    workers: Workers = 1,
    until: Annotated[int | None, typer.Option("--until", help="Another horizon year, as 2030.")] = None,
    csv: Csv = None,
    full: Annotated[
        Path | None, typer.Option("--tables", help="Folder to write every table and bridge to, as Parquet.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run a scenario of nhp_model on a trust's own tables: the same distribution, hundreds of times as fast.

    The folder has inpatients, outpatients and emergencies (each may be missing), avoidance and efficiencies (row ×
    strategy), and where there are, population, births, health and inequalities; columns as docs/methods-nhp.md says.
    Prints activity by point of delivery with its 80% interval, and the bridge, which adds up. Exit code 1 when a part
    of the scenario could not be used.

    Examples:

    \b
    trigpoint activity synth trust --shape nhp --rows 6440
    trigpoint activity nhp params.json --records trust --runs 256
    trigpoint activity nhp params.json --records trust --csv principal.csv --tables out
    """
    check_numbers(seed=seed, workers=workers)
    check_files({"--csv": (csv, (".csv",))})
    if runs is not None and not 1 <= runs <= MOST_RUNS:
        raise InputError(f"--runs {runs} is not between 1 and {MOST_RUNS:,}", remedy="256 are usual")
    from trigpoint.activity.nhp.run import run_nhp
    from trigpoint.activity.records.nhp_files import read_baseline
    from trigpoint.cli.activity_output import print_answer, print_line, write_file
    from trigpoint.cli.activity_reading import problems_told, progress_told
    from trigpoint.reports.activity import nhp as paper
    from trigpoint.reports.activity.tidy import csv_bytes

    scenario, problems, notes = _scenario(parameters, until)
    baseline, read = read_baseline(tables)
    with progress_told("Running the scenario") as tell:
        made = run_nhp(baseline, scenario, runs=runs, seed=seed, workers=workers, progress=tell)
    print_answer(lambda: paper.nhp_answer(made), lambda: paper.nhp_tables(made), list, as_json=as_json)
    if not as_json:
        for note in notes:
            print_line(note)
        print_line(paper.made_with(made))
    if csv is not None:
        write_file(csv, csv_bytes(made.default().to_dicts()))
    if full is not None:
        _write_tables(full, made)
    if problems_told(problems, read):
        raise typer.Exit(1)


def _scenario(file: Path, until: int | None) -> tuple[NhpParameters, tuple[InputError, ...], tuple[str, ...]]:
    """The scenario of a file with what is wrong in it and what was passed over; raises where it cannot be run."""
    from trigpoint.activity.records.nhp_files import read_scenario
    from trigpoint.errors import InputErrors

    reading = read_scenario(file)
    if reading.parameters is None:
        raise InputErrors(reading.problems)
    scenario = reading.parameters
    if until is not None:
        if until < scenario.start_year:
            what = f"--until {until} is before the baseline, {scenario.start_year}"
            raise InputError(what, remedy="give a later year")
        scenario = scenario.to_year(until)
    return scenario, reading.problems, reading.notes


def _write_tables(folder: Path, made: NhpRun) -> None:
    from io import BytesIO

    from trigpoint.cli.activity_output import write_file

    if folder.exists() and not folder.is_dir():
        raise InputError("this is no folder", where=str(folder), remedy="give a folder for the tables")
    folder.mkdir(parents=True, exist_ok=True)
    frames = {f"{one.dataset.value}-{one.name}": one.frame for one in made.tables}
    frames |= {f"{one.dataset.value}-bridge": one.frame for one in made.bridges}
    for name, frame in frames.items():
        content = BytesIO()
        frame().write_parquet(content)
        write_file(folder / f"{name}.parquet", content.getvalue())
