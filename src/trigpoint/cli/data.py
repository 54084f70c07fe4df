"""`trigpoint data`: published NHS statistics into a workspace, and figures out of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Into = Annotated[
    Path | None,
    typer.Option("--into", help="Folder of the workspace; else the current folder, if it is one.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Measure = Annotated[str, typer.Argument(help="A measure's id; `trigpoint data measures` lists them.")]
Org = Annotated[str, typer.Option("--org", help="The organisation's code or name; ENG is England.", show_default=False)]
As = Annotated[str, typer.Option("--basis", help="As what it is counted: provider, commissioner, …")]
Detail = Annotated[str, typer.Option("--detail", help="A part of the whole, such as function=C_110.")]
Mapping = Annotated[
    str, typer.Option("--mapping", help="Which providers make up a commissioner: a CSV file, or `workbook`.")
]
Of = Annotated[str, typer.Option("--month", help="The month of files that do not say it, as 2025-03.")]

HELP = """Read published NHS statistics as they are, and ask for figures out of them.

Examples:

\b
trigpoint data add downloads --into my-workspace
trigpoint data show ae-4-hour --org RNA --into my-workspace
trigpoint data value rtt-18-weeks --org ENG --month 2026-01 --into my-workspace
"""

data = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=HELP)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(data, name="data", short_help="Read published NHS statistics, and ask for their figures.")


@data.command("add")
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files as they were published, or folders of them.")],
    into: Into = None,
    month: Of = "",
    again: Annotated[bool, typer.Option("--again", help="Read files anew that are held already.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add published files: what each is, what it holds, what was left out and what it takes the place of.

    Files are told apart by what is in them, whatever they are called. Exit code 1 when a file was refused; all others
    are added. With --json, one object a file, each on its own line.

    Examples:

    \b
    trigpoint data add Monthly-AE-June-2025.csv --into my-workspace
    trigpoint data add downloads --into my-workspace --json
    """
    from trigpoint.cli.data_add import add_paths, month_of

    if add_paths(paths, into, month=month_of(month), again=again, as_json=as_json):
        raise typer.Exit(1)


@data.command("list")
def list_(into: Into = None, as_json: AsJson = False) -> None:
    """List the files whose figures the workspace holds, those too that newer ones replaced."""
    from trigpoint.cli.data_lists import tell_files

    tell_files(into, as_json=as_json)


@data.command("show")
def show(
    measure: Measure,
    org: Org,
    into: Into = None,
    basis: As = "",
    detail: Detail = "",
    mapping: Mapping = "",
    chart: Annotated[Path | None, typer.Option("--chart", help="Draw the figures, to a .svg or .png file.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the table to a CSV file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show every period of a measure for an organisation, with parts and sources.

    From ten points on there is a control chart.

    Examples:

    \b
    trigpoint data show ae-4-hour --org RNA --into my-workspace
    trigpoint data show rtt-18-weeks --org ENG --into my-workspace --chart rtt.svg
    """
    from trigpoint.cli.data_figures import Asked, tell_series

    tell_series(Asked(measure, org, into, basis, detail, mapping), csv=csv, chart=chart, as_json=as_json)


@data.command("value")
def value(
    measure: Measure,
    org: Org,
    month: Annotated[str, typer.Option("--month", help="The month, as 2026-01.", show_default=False)],
    into: Into = None,
    basis: As = "",
    detail: Detail = "",
    mapping: Mapping = "",
    as_json: AsJson = False,
) -> None:
    """Say one figure: value, numerator, denominator and source. Exit code 1 when there is none, with the reason.

    Percentages are in per cent; with --json nothing is rounded.

    Examples:

    \b
    trigpoint data value rtt-18-weeks --org ENG --month 2026-01 --into my-workspace
    trigpoint data value ae-4-hour --org QUA --month 2025-06 --mapping workbook --json
    """
    from trigpoint.cli.data_figures import Asked, tell_value

    if not tell_value(Asked(measure, org, into, basis, detail, mapping), month, as_json=as_json):
        raise typer.Exit(1)


@data.command("measures")
def measures(as_json: AsJson = False) -> None:
    """List the measures that published files give: id, name, unit, release, and the definition that each feeds."""
    from trigpoint.cli.data_lists import tell_measures

    tell_measures(as_json=as_json)


@data.command("kinds")
def kinds(as_json: AsJson = False) -> None:
    """List the releases that are read: publisher, licence and the page where they are published."""
    from trigpoint.cli.data_lists import tell_kinds

    tell_kinds(as_json=as_json)


@data.command("orgs")
def orgs(
    text: Annotated[str, typer.Argument(help="Part of a name, or a code; all where it is left out.")] = "",
    into: Into = None,
    as_json: AsJson = False,
) -> None:
    """Find an organisation's code in the files of the workspace."""
    from trigpoint.cli.data_lists import tell_organisations

    tell_organisations(into, text, as_json=as_json)


@data.command("watch")
def watch(
    folder: Annotated[Path, typer.Argument(help="The folder that files are put into.")],
    into: Into = None,
    once: Annotated[bool, typer.Option("--once", help="Look once and end.")] = False,
    every: Annotated[float, typer.Option("--every", min=0.1, help="Seconds between two looks.")] = 5.0,
) -> None:
    """Add what comes into a folder, or changes in it, once it has been written to its end. Ctrl-C ends it."""
    from trigpoint.cli.data_watch import watch_folder

    if watch_folder(folder, into, once=once, every=every):
        raise typer.Exit(1)


@data.command("remove")
def remove(
    file: Annotated[str, typer.Argument(help="The file's name as listed, or the start of its digest.")],
    into: Into = None,
) -> None:
    """Forget the figures of a file: all is as if it had never been added."""
    from trigpoint.cli.data_lists import remove_file

    remove_file(into, file)
