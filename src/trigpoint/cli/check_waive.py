"""`trigpoint waive`: accepts a finding, in the open, and writes it down safely."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.characters import on_one_line
from trigpoint.errors import InputError
from trigpoint.wording import count

if TYPE_CHECKING:
    from trigpoint.plans.workspace import Waiver

TABLE_FILE = "waivers.csv"


Place = Annotated[
    Path, typer.Argument(help="The folder of a workspace, or a CSV file of a document's waivers.", show_default=False)
]
RuleName = Annotated[str, typer.Argument(help="The rule, as findings name it.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="Why the finding is accepted.", show_default=False)]
By = Annotated[str, typer.Option("--by", help="Who accepts it: a name or a role.", show_default=False)]
Item = Annotated[str, typer.Option("--item", help="The id of the item it stands at.", show_default=False)]
Words = Annotated[
    str, typer.Option("--fragment", help="Words of the finding, or the beginning of them.", show_default=False)
]
Until = Annotated[
    str, typer.Option("--until", metavar="DAY", help="Its last day, as 2026-09-30; a year hence if left out.")
]


def waive(
    path: Place, rule: RuleName, reason: Reason, by: By, item: Item = "", fragment: Words = "", until: Until = ""
) -> None:
    """Accept a finding of a plan, with a reason, a name and today's date; it holds for a year at the longest.

    The waiver goes into waivers.csv of the workspace; given again, it is renewed. A waiver that matches no finding is
    refused. Findings of `trigpoint triangulate` are waived alike. For a document name a CSV file, which `trigpoint
    check --waivers` reads.

    Examples:

    \b
    trigpoint waive my-plan SPELLING --fragment "Dudly" --reason "A street name" --by "Planning lead"
    trigpoint waive my-plan CONTRACT_VALUE --item acute-2627 --reason "In arbitration" --by "Contracts lead"
    """
    given = _waiver(rule, item.strip(), fragment.strip(), reason.strip(), by.strip(), until.strip())
    if path.is_dir():
        silenced = _waive_in_workspace(path, given)
        told = f"Waived {count(silenced, 'finding')} of {given.rule} in {path}."
    else:
        _waive_in_file(path, given)
        told = f"Wrote the waiver of {given.rule} into {path}."
    sys.stdout.write(on_one_line(told) + "\n")


def _waiver(rule: str, item: str, fragment: str, reason: str, by: str, until: str) -> Waiver:
    """The waiver as asked for, of today; ``InputError`` when it would hide too much or says too little."""
    from trigpoint.checks import find_rule
    from trigpoint.checks.elsewhere import OF_TRIANGULATION
    from trigpoint.checks.rule import canonical
    from trigpoint.cli.clock import today
    from trigpoint.plans.workspace import Waiver

    known = canonical(rule) if canonical(rule) in OF_TRIANGULATION else find_rule(rule).id
    if not item and not fragment:
        remedy = "name the item (--item) or the words (--fragment) that it is for"
        raise InputError("a waiver of a whole rule would hide the next mistake too", remedy=remedy)
    if not reason or not by:
        raise InputError("a waiver needs a reason and a name", remedy="fill in --reason and --by")
    return Waiver(known, item, fragment, reason, by, today(), _last_day(until, today()) if until else None)


def _last_day(until: str, today: date) -> date:
    """The day in words like 2026-09-30; ``InputError`` for none, and for one that is past."""
    from trigpoint.periods.iso_day import iso_day

    day = iso_day(until, where="--until")
    if day < today:
        raise InputError("the waiver would be over already", where="--until", remedy="name a day to come")
    return day


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers in a CSV file; ``InputError`` when there is none, ``InputErrors`` with every mistake."""
    from trigpoint.checks.waiver import parse_waivers
    from trigpoint.plans.workspace_files import Folder

    text = Folder(path.parent).text(path.name)
    if text is None:
        raise InputError("there is no such file", where=str(path), remedy="check the name")
    return parse_waivers(text, str(path))


def _waive_in_workspace(folder: Path, given: Waiver) -> int:
    """Add the waiver to the workspace; how many findings it silences."""
    from trigpoint.checks import examine_workspace
    from trigpoint.checks.elsewhere import OF_TRIANGULATION
    from trigpoint.cli.clock import today
    from trigpoint.cli.triangulate_reading import waived_with
    from trigpoint.plans.workspace import read_workspace

    workspace = read_workspace(folder)
    together = replace(workspace, waivers=_with(workspace.waivers, given))
    compared = given.rule in OF_TRIANGULATION
    waived = waived_with(folder, together, given) if compared else examine_workspace(together, today=today()).waived
    silenced = sum(1 for each in waived if each.waiver == given)
    if not silenced:
        what = f"no finding of {given.rule} is at this item or has these words, so nothing was written"
        command = "triangulate" if compared else "check"
        raise InputError(what, where=str(folder), remedy=f"see what there is with: trigpoint {command} {folder}")
    _write(folder / TABLE_FILE, together.waivers)
    return silenced


def _waive_in_file(path: Path, given: Waiver) -> None:
    if path.suffix.lower() != ".csv":
        remedy = "name the folder of a workspace, or a file that ends in .csv"
        raise InputError("this is no place for waivers", where=str(path), remedy=remedy)
    _write(path, _with(read_waivers(path) if path.exists() else (), given))


def _write(path: Path, waivers: tuple[Waiver, ...]) -> None:
    """Put the waivers in their place in one step, once they read back as they are; nothing else is touched."""
    from trigpoint.checks.waiver import parse_waivers
    from trigpoint.plans.cells import CellError
    from trigpoint.plans.schema import TABLES
    from trigpoint.plans.tables import write_table
    from trigpoint.plans.workspace_files import decode
    from trigpoint.staging import write_whole

    table = TABLES["waivers"]
    rows = [tuple(getattr(each, column) for column in table.column_names) for each in waivers]
    try:
        content = write_table(table, rows).encode()
        back = parse_waivers(decode(content, str(path)), str(path))
    except (CellError, InputError) as error:
        raise InputError(f"{error.what}, so nothing was written", where=str(path), remedy=error.remedy) from None
    except UnicodeEncodeError:
        raise InputError("the text holds half a character", where=str(path), remedy="type it again") from None
    if back != waivers:
        remedy = "leave out blanks and signs at its edges"
        raise InputError("the waiver would not come back as it is", where=str(path), remedy=remedy)
    write_whole(path, content)


def _with(waivers: tuple[Waiver, ...], given: Waiver) -> tuple[Waiver, ...]:
    """The waivers with this one added, in the place of an older one of the same finding."""
    key = (given.rule, given.item, given.fragment)
    kept = tuple(each for each in waivers if (each.rule, each.item, each.fragment) != key)
    return (*kept, given)
