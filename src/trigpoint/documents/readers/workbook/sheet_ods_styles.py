"""Styles of OpenDocument spreadsheets: which sheets are shown, and what a cell's style shows of a date or number."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from trigpoint.documents.readers.package import Element, local_name
from trigpoint.documents.readers.workbook.sheet_formats import CellFormat, cell_format

NUMBERS = (
    "number-style",
    "date-style",
    "time-style",
    "percentage-style",
    "currency-style",
    "boolean-style",
    "text-style",
)
STYLES = ("style", *NUMBERS)
MOST_PARENTS = 20
CLOCK = {"hours": "h", "minutes": "m", "seconds": "s"}


class Kind(Enum):
    """What a style does with a number: leaves it as it is, or prints it in its own way."""

    GENERAL = "general"
    DATE = "date"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell style shows; ``format`` is that of a date or time."""

    kind: Kind
    format: CellFormat


GENERAL = Look(Kind.GENERAL, cell_format("General"))
PRINTED = Look(Kind.PRINTED, cell_format("General"))
DAY = cell_format("dd/mm/yyyy")
TIME = cell_format("h:mm:ss")


@dataclass(slots=True)
class OdsStyles:
    """The styles of a file by name, gathered element by element."""

    hidden_sheets: set[str] = field(default_factory=set)
    _data: dict[str, Look] = field(default_factory=dict)
    _cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    _known: dict[str, Look] = field(default_factory=dict)

    def add(self, element: Element) -> None:
        """A style of cells or sheets, or one of numbers that these refer to."""
        name = attribute(element, "name")
        kind = local_name(element)
        if kind != "style":
            self._data[name] = _look(element)
        elif attribute(element, "family") == "table":
            if any(attribute(row, "display") == "false" for row in element):
                self.hidden_sheets.add(name)
        elif attribute(element, "family") == "table-cell":
            self._cells[name] = (attribute(element, "parent-style-name"), attribute(element, "data-style-name"))

    def look(self, name: str) -> Look:
        """What the cell style of this name shows, by its own number style or that of the style it is based on."""
        found = self._known.get(name)
        if found is None:
            style = name
            data = ""
            for _ in range(MOST_PARENTS):
                style, data = self._cells.get(style, ("", ""))
                if data or not style:
                    break
            found = self._known[name] = self._data.get(data, PRINTED) if data else GENERAL
        return found


def attribute(element: Element, name: str) -> str:
    """The attribute of this local name, whatever its namespace: for elements of which there are few."""
    end = f"}}{name}"
    return next((value for key, value in element.attrib.items() if key.endswith(end)), "")


def _look(element: Element) -> Look:
    kind = local_name(element)
    if kind in ("date-style", "time-style"):
        return Look(Kind.DATE, cell_format(_date_code(element)))
    parts = [row for row in element if local_name(row) != "text-properties"]
    names = [local_name(row) for row in parts]
    if kind == "text-style" and names in ([], ["text-content"]):
        return GENERAL
    if kind == "number-style" and names == ["number"]:
        sized = attribute(parts[0], "decimal-places") or attribute(parts[0], "grouping") == "true"
        return PRINTED if sized else GENERAL
    return PRINTED


def _date_code(element: Element) -> str:
    """The style as a number format of Excel, which says the same in one line."""
    elapsed = attribute(element, "truncate-on-overflow") == "false"
    code = ""
    for part in element:
        name = local_name(part)
        long = attribute(part, "style") == "long"
        if name == "day":
            code += "dd" if long else "d"
        elif name == "month":
            code += "mmmm" if attribute(part, "textual") == "true" else "mm"
        elif name in ("year", "era"):
            code += "yyyy"
        elif name == "day-of-week":
            code += "dddd"
        elif name in CLOCK:
            letter = CLOCK[name] * (2 if long else 1)
            code += f"[{letter}]" if elapsed and "[" not in code else letter
        elif name == "am-pm":
            code += "AM/PM"
        elif name == "text":
            code += "".join(f"\\{letter}" for letter in part.text or "")
    return code
