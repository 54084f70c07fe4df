"""A workbook that people can read, print and hear: titles, one header row, frozen panes, A4 landscape."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from trigpoint.wording import printable

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_DIGITS, _SHARE_DIGITS = 8, 12
"""Decimals that a cell has; of a share more, for it is multiplied by large numbers."""
WHOLE = '#,##0;"−"#,##0;0'
HEADER_ROW = 4
"""Rows 0 to 3 hold the title, two lines on what is shown, and a blank one."""
FIRST_ROW = HEADER_ROW + 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A computed number with the live formula that gives it again; without one it stands as it is."""

    value: float | None
    formula: str = ""
    kind: str = "whole"


class Sheets:
    """A workbook in the making. Texts are written as texts whatever they begin with; formulas are only our own."""

    def __init__(self, *, title: str, organisation: str, on: date) -> None:
        self._bytes = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.workbook: Any = Workbook(self._bytes, options)
        made = {
            "title": title,
            "author": organisation,
            "company": organisation,
            "created": datetime.combine(on, time()),
        }
        self.workbook.set_properties(made)
        self.workbook.set_calc_mode("auto")
        plain: dict[str, Any] = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        kinds: dict[str, dict[str, Any]] = {
            "text": {"text_wrap": True},
            "title": {"bold": True, "font_size": 14},
            "header": {"bold": True, "bg_color": "#E8EDEE", "border": 1, "text_wrap": True},
            "whole": {"num_format": WHOLE},
            "change": {"num_format": '+#,##0;"−"#,##0;0'},
            "tenth": {"num_format": '#,##0.0;"−"#,##0.0;0.0'},
            "percent": {"num_format": '+0.0%;"−"0.0%;0.0%'},
            "share": {"num_format": "0%"},
            "pounds": {"num_format": '£#,##0;"−"£#,##0;£0'},
            "exact": {"num_format": "0.000000"},
            "total": {"num_format": WHOLE, "bold": True, "top": 1},
            "strong": {"bold": True, "top": 1, "text_wrap": True},
        }
        self.formats = {name: self.workbook.add_format(plain | more) for name, more in kinds.items()}
        self._names: set[str] = set()

    def start(
        self, name: str, title: str, lines: Sequence[str], headers: Sequence[str], widths: Sequence[float]
    ) -> Any:
        """A new sheet of a name from ``name``: title, at most two lines on what is shown, header row, set for print."""
        sheet = self.workbook.add_worksheet(name)
        sheet.write_string(0, 0, printable(title), self.formats["title"])
        for at, line in enumerate(lines[:2], start=1):
            sheet.write_string(at, 0, printable(line))
        for at, (header, width) in enumerate(zip(headers, widths, strict=True)):
            sheet.write_string(HEADER_ROW, at, printable(header), self.formats["header"])
            sheet.set_column(at, at, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)
        sheet.set_margins(left=0.4, right=0.4)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def name(self, wanted: str) -> str:
        """A name that a sheet may have and no other has."""
        base = _FORBIDDEN.sub(" ", printable(wanted)).strip()[:_LONGEST_NAME] or "Sheet"
        name, number = base, 1
        while name.casefold() in self._names:
            number += 1
            name = f"{base[: _LONGEST_NAME - 4]} ({number})"
        self._names.add(name.casefold())
        return name

    def row(self, sheet: Any, at: int, cells: Sequence[str | Cell | None], *, strong: bool = False) -> None:
        """One row: texts, numbers and formulas with their values. What is not known stays empty."""
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            if isinstance(cell, str):
                sheet.write_string(at, column, printable(cell), self.formats["strong" if strong else "text"])
                continue
            known = cell.value is not None and math.isfinite(cell.value)
            look = self.formats[cell.kind]
            # Sums of floating numbers end in digits that are none: 41,799.99999999999.
            value = round(cell.value or 0, _SHARE_DIGITS if cell.kind == "percent" else _DIGITS)
            if cell.formula:
                sheet.write_formula(at, column, cell.formula, look, value if known else "")
            elif known:
                sheet.write_number(at, column, float(value), look)

    def done(self) -> bytes:
        """The bytes of the workbook; the same content gives the same bytes."""
        self.workbook.close()
        return self._bytes.getvalue()


def growth(now: float, now_at: str, before: float, before_at: str) -> Cell:
    """How much one cell is above another, as a share; empty where there is nothing to compare with."""
    value = now / before - 1 if before else None
    return Cell(value, f'=IF({before_at}=0,"",{now_at}/{before_at}-1)', "percent")


def summed(values: Sequence[float], first: tuple[int, int], last: tuple[int, int], kind: str = "total") -> Cell:
    """The sum of a block of cells."""
    block = f"{xl_rowcol_to_cell(*first)}:{xl_rowcol_to_cell(*last)}"
    return Cell(float(sum(values)), f"=SUM({block})", kind)
