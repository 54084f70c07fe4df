"""The options that commands of `trigpoint activity` share, and what is wrong with them, told before any work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.activity.outturn.methods import Method
    from trigpoint.periods import FinancialYear

Workspace = Annotated[
    Path, typer.Argument(help="Folder of the plan, with a folder activity in it.", show_default=False)
]
Pods = Annotated[list[str] | None, typer.Option("--pod", help="Only this point of delivery; may be given again.")]
Providers = Annotated[list[str] | None, typer.Option("--provider", help="Only this provider; may be given again.")]
Orgs = Annotated[list[str] | None, typer.Option("--org", help="Only this organisation; may be given again.")]
ScenarioName = Annotated[
    str, typer.Option("--scenario", help="A scenario by its id or name; else the plan as entered.")
]
Draws = Annotated[int | None, typer.Option("--draws", help="How many draws; else those of settings.toml.")]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed of the draws; the same seed gives the same numbers.")]
Workers = Annotated[int, typer.Option("--workers", help="How many threads; the numbers are the same on any number.")]
Chart = Annotated[Path | None, typer.Option("--chart", help="Draw it, to a .svg or .png file.")]
Csv = Annotated[Path | None, typer.Option("--csv", help="Write the numbers, unrounded, to a CSV file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
MOST_WORKERS = 64
MOST_DRAWS = 1_000_000
"""As in settings.toml; with so many, no printed figure would change by more of them."""
LARGEST_SEED = 2**63 - 1


def check_files(files: dict[str, tuple[Path | None, Sequence[str]]], *, folders: bool = False) -> None:
    """Each file by its option, with the endings that it may have. With ``folders`` a folder may stand for one, which is
    made where a name without an ending is not there yet.

    Raises ``InputError`` for an ending that is not among them and for a folder that does not exist.
    """
    for option, (path, endings) in files.items():
        if path is None or (folders and path.is_dir()):
            continue
        if path.suffix.lower() not in endings and not (folders and not path.suffix and not path.exists()):
            wanted = " or ".join(endings)
            what = f"{option} takes a name that ends in {wanted}"
            raise InputError(what, where=str(path), remedy="correct the name")
        if path.is_dir():
            raise InputError("this is a folder", where=str(path), remedy="give the name of a file")
        if not path.absolute().parent.is_dir():
            raise InputError("its folder does not exist", where=str(path), remedy="make the folder first")
        if option == "--csv" and path.exists() and _is_input(path):
            what = f"--csv would write over a table of the plan, {path.name}"
            raise InputError(what, where=str(path), remedy="give a name of its own, outside the folder of inputs")


def _is_input(path: Path) -> bool:
    """Whether a file is one that the plan itself is read from: numbers of an answer would take its rows away."""
    from trigpoint.activity.book import tables as activity
    from trigpoint.finance.book import tables as finance
    from trigpoint.plans.schema import TABLES

    folder = path.resolve().parent
    if (folder / "plan.toml").is_file() and path.name in [table.file for table in TABLES.values()]:
        return True
    return any(folder.name == book.FOLDER and path.name in book.NAMES for book in (activity, finance))


def check_chart(chart: Path | None) -> None:
    """A picture is written as SVG or PNG."""
    check_files({"--chart": (chart, (".svg", ".png"))})


def check_numbers(*, draws: int | None = None, seed: int | None = None, workers: int = 1) -> None:
    """Raises ``InputError`` for numbers that no run can be made with."""
    if draws is not None and draws < 1:
        raise InputError(f"--draws {draws} is no number of draws", remedy="4,000 are usual")
    if draws is not None and draws > MOST_DRAWS:
        what = f"--draws {draws:,} is more than {MOST_DRAWS:,}"
        raise InputError(what, remedy="4,000 are usual, and more of them tell nothing more")
    if seed is not None and seed > LARGEST_SEED:
        raise InputError("--seed has too many digits", remedy=f"give a whole number up to {LARGEST_SEED}")
    if seed is not None and seed < 0:
        raise InputError(f"--seed {seed} is negative", remedy="give 0 or more")
    if not 1 <= workers <= MOST_WORKERS:
        raise InputError(
            f"--workers {workers} is not between 1 and {MOST_WORKERS}", remedy="as many as there are cores"
        )


def check_months(months: int | None, most: int) -> None:
    """Raises ``InputError`` for months that no year has."""
    if months is not None and not 1 <= months <= most:
        raise InputError(f"--months {months} is not between 1 and {most}", remedy="give how many months are known")


def year_of(text: str, option: str = "--year") -> FinancialYear | None:
    """The financial year that an option names; ``None`` where it names none."""
    from trigpoint.periods import FinancialYear, parse_period

    if not text:
        return None
    try:
        found = parse_period(text)
    except (InputError, ValueError):
        found = None
    if not isinstance(found, FinancialYear):
        raise InputError(f"{option} “{text}” is no financial year", remedy="write it as 2016/17")
    return found


def method_of(text: str) -> Method | None:
    """The method that an option names by its printed name or in one word; ``None`` where it names none."""
    if not text:
        return None
    from trigpoint.activity.outturn.methods import Method
    from trigpoint.wording import listed

    wanted = text.strip().casefold().replace("-", " ").replace("_", " ")
    for method in Method:
        if wanted in (method.value.casefold(), method.name.casefold().replace("_", " ")):
            return method
    names = listed([f"“{method.name.lower().replace('_', '-')}”" for method in Method])
    raise InputError(f"there is no method “{text}”", remedy=f"there are {names}")
