"""Number formats of spreadsheets: what a cell shows of the number it holds.

The code of a format has up to four sections with ";" between: for numbers above nought, below nought, nought, and for
text. Figures are rounded half up from the fifteen digits that Excel keeps, as Excel shows them.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from trigpoint.documents.readers.workbook.sheet_dates import (
    LAST_DAY,
    Part,
    date_parts,
    date_words,
    elapsed_words,
    moment_of,
)
from trigpoint.documents.readers.workbook.sheet_numbers import Figures, figures_of, general

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"£"#,##0;-"£"#,##0', 6: '"£"#,##0;-"£"#,##0', 7: '"£"#,##0.00;-"£"#,##0.00', 8: '"£"#,##0.00;-"£"#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '"£"#,##0;-"£"#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '"£"#,##0.00;-"£"#,##0.00;"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The formats that files give by number alone, as British Excel shows them (ECMA-376 part 1, 18.8.30)."""

LONGEST_CODE = 1_000
TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<width>.) | \*(?P<fill>.)
    | (?P<elapsed>\[(?:h+|m+|s+)\])
    | \[(?:\$(?P<currency>[^\]-]*)(?:-[^\]]*)?|(?P<condition>(?:<>|[<>]=?|=)-?[\d.]+)|[^\]]*)\]
    | (?P<general>General) | (?P<noon>AM/PM|A/P) | (?P<exponent>E[+-])
    | (?P<date>s+\.0+|y+|m+|d+|h+|s+|e+)
    | (?P<digit>[0\#?]) | (?P<mark>[.,%/;@]) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"(<>|[<>]=?|=)(-?\d{1,15}(?:\.\d{1,15})?)$")
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
DATED = frozenset(("date", "elapsed", "noon"))


@dataclass(frozen=True)
class Section:
    """One section of a format: its tokens as (kind, text), and the condition it is for, if it states one."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None = None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts of a date or time format; none when the section shows no date."""
        if not any(kind in DATED for kind, _ in self.tokens):
            return ()
        return date_parts([("date" if kind in DATED else kind, text) for kind, text in self.tokens])

    @cached_property
    def elapsed(self) -> bool:
        return any(kind == "elapsed" for kind, _ in self.tokens)

    @cached_property
    def figures(self) -> Figures:
        return figures_of(self.tokens)

    def takes(self, value: float) -> bool:
        """Whether the section's own condition lets the number in."""
        return self.condition is None or COMPARISONS[self.condition[0]](value, self.condition[1])


@dataclass(frozen=True, slots=True)
class CellFormat:
    """A number format, ready to use. Made by ``cell_format``."""

    sections: tuple[Section, ...]

    @property
    def general(self) -> bool:
        """Whether it shows a number as it is."""
        return not self.sections

    def shown(self, value: float, *, from_1904: bool = False) -> str | None:
        """What a cell of this format shows of a number: "" where it hides it, ``None`` where that is no date.

        >>> cell_format("0.0%").shown(0.9345), cell_format("mmm-yy").shown(46203)
        ('93.5%', 'June 2026')
        """
        if not self.sections:
            return general(value)
        section, signed = self._section(value)
        if not section.parts:
            return section.figures.shown(value if signed else abs(value))
        if section.elapsed:
            return elapsed_words(section.parts, value) if abs(value) <= LAST_DAY else None
        moment = moment_of(value, from_1904=from_1904)
        return date_words(section.parts, moment) if moment else None

    def _section(self, value: float) -> tuple[Section, bool]:
        """The section for a number, and whether a minus sign is still to be shown before it."""
        if len(self.sections) == 1 and not self.sections[0].condition:
            return self.sections[0], True
        numeric = self.sections[:3]
        if any(section.condition for section in numeric):
            return next((one for one in numeric if one.takes(value)), numeric[-1]), True
        if value < 0 and len(numeric) > 1:
            return numeric[1], False
        if value == 0 and len(numeric) > 2:
            return numeric[2], False
        return numeric[0], True


@lru_cache(maxsize=4096)
def cell_format(code: str) -> CellFormat:
    """The format with this code; what cannot be understood shows numbers as they are.

    >>> cell_format('_-"£"* #,##0.00_-;-"£"* #,##0.00_-').shown(-1234.5)
    '-£1,234.50'
    """
    if len(code) > LONGEST_CODE:
        return CellFormat(())
    sections: list[Section] = []
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, float] | None = None
    for found in TOKEN.finditer(f"{code};"):
        kind, text = str(found.lastgroup or ""), found[0]
        if kind == "mark" and text == ";":
            sections.append(Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind == "condition" and (test := CONDITION.match(found[kind])):
            condition = (test[1], float(test[2]))
        elif token := _token(kind, found):
            tokens.append(token)
    plain = len(sections) == 1 and all(kind in ("general", "@") for kind, _ in sections[0].tokens)
    return CellFormat(()) if (plain and sections[0].tokens) or not code.strip() else CellFormat(tuple(sections))


def _token(kind: str, found: re.Match[str]) -> tuple[str, str] | None:
    if kind in ("quoted", "escaped", "currency", "other"):
        return ("text", found[kind])
    if kind == "width":
        return ("text", " ")
    if kind == "mark":
        return (found[0], found[0])
    return (kind, found[0]) if kind in ("elapsed", "general", "noon", "exponent", "date", "digit") else None
