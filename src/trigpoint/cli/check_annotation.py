"""The findings as comments in a copy of the Word or Excel file that was checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trigpoint.characters import on_one_line
from trigpoint.errors import InputError
from trigpoint.wording import count

if TYPE_CHECKING:
    from trigpoint.checks import Checked, Finding
    from trigpoint.plans.document import Format

CAN_BE = "only Word (.docx) and Excel (.xlsx, .xlsm) files can hold comments"


def refuse_unfit(data: bytes, path: Path, target: Path) -> None:
    """Refuse, before the long reading, a file that cannot hold comments and a copy of another kind."""
    from trigpoint.documents.readers.format import format_of
    from trigpoint.plans.document import Format

    found = format_of(data, path.name)
    suffixes = {Format.WORD: (".docx", ".docm"), Format.EXCEL: (".xlsx", ".xlsm")}.get(found, ())
    own = path.suffix.lower()
    if not suffixes or (found is Format.EXCEL and not data.startswith(b"PK")):
        remedy = f"{CAN_BE}; for a page with all findings use: --format html"
        raise InputError(f"{_kind(found)} cannot be annotated", where=path.name, remedy=remedy)
    wanted = own if own in suffixes else suffixes[0]
    if target.suffix.lower() != wanted:
        what = f"the annotated copy of {_kind(found)} cannot be a “{target.suffix}” file"
        raise InputError(what, where=str(target), remedy=f"give it a name that ends in {wanted}")


def _kind(found: Format) -> str:
    """The format in words: "a PDF file"."""
    name = found.value
    article = "an" if name[0] in "AEIOUaeiou" or name == "HTML" else "a"
    return f"{article} {name} file" if name != "OpenDocument spreadsheet" else f"{article} {name}"


def write(checked: Checked, findings: Sequence[Finding], data: bytes, path: Path, target: Path) -> str:
    """Write the copy, whole or not at all, and say what was written."""
    from trigpoint.cli.clock import today
    from trigpoint.plans.document import Format
    from trigpoint.staging import write_whole

    if checked.format is Format.WORD:
        from trigpoint.reports.annotations.word import annotate_word

        copy = annotate_word(data, path.name, findings, on=today())
    else:
        from trigpoint.reports.annotations.workbook import annotate_workbook

        copy = annotate_workbook(data, path.name, findings, on=today())
    write_whole(target, copy)
    return on_one_line(f"Wrote {target}: a copy of {path.name} with {count(len(findings), 'finding')} as comments.")
