"""Files that `trigpoint measures` writes: tables as CSV, charts as SVG or PNG."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trigpoint.characters import on_one_line

if TYPE_CHECKING:
    from trigpoint.charts.picture import Picture

_NUMBER = re.compile(r"−?[0-9][0-9,]*(\.[0-9]+)?%?")
_BOM = "\ufeff"  # without it Excel reads UTF-8 as Windows-1252


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table; numbers have the minus that spreadsheets know, and no cell runs as a formula."""
    import csv
    from io import StringIO

    from trigpoint.staging import write_whole

    text = StringIO()
    writer = csv.writer(text)
    writer.writerows([_cell(cell) for cell in row] for row in (headers, *rows))
    write_whole(path, (_BOM + text.getvalue()).encode("utf-8", "backslashreplace"))
    _say(path)


def _cell(text: str) -> str:
    from trigpoint.plans.cells import encode_text

    if _NUMBER.fullmatch(text):
        return text.replace("−", "-")
    return encode_text(text)


def write_chart(path: Path, picture: Picture) -> None:
    """Draw a picture into a .svg or .png file, as its name ends."""
    from trigpoint.reports.render.picture import png, svg
    from trigpoint.staging import write_whole

    drawn = png(picture.spec) if path.suffix.lower() == ".png" else svg(picture.spec).encode()
    write_whole(path, drawn)
    _say(path)


def _say(path: Path) -> None:
    sys.stderr.write(on_one_line(f"Wrote {path}.") + "\n")
