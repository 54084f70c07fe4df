"""The five part types of the collection, and the names of the parts that are made of each."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pathway:
    """One part type. ``part`` is the id of its total, and the beginning of those of its subdivisions.

    ``percentile`` is the share of pathways whose longest wait NHS England publishes beside the median: 0.92 of those
    that wait, 0.95 of those that were treated. ``waits`` is false for new periods, which have no wait yet.
    """

    code: str
    part: str
    percentile: float
    waits: bool = True

    @property
    def median_part(self) -> str:
        """The part that holds the median wait in weeks."""
        return f"{_SHORT.get(self.part, self.part)}-median-weeks"

    @property
    def percentile_part(self) -> str:
        """The part that holds the 92nd or 95th percentile in weeks."""
        ordinal = "92nd" if self.percentile == _WAITING else "95th"
        return f"{_SHORT.get(self.part, self.part)}-{ordinal}-percentile-weeks"

    def within(self, weeks: int) -> str:
        """The part that counts waits of so many weeks or fewer."""
        return f"{self.part}-within-{weeks}-weeks"

    def over(self, weeks: int) -> str:
        """The part that counts longer waits."""
        return f"{self.part}-over-{weeks}-weeks"

    @property
    def unknown(self) -> str:
        """The part that counts pathways whose start is not known."""
        return f"{self.part}-unknown-start"


_WAITING, _TREATED = 0.92, 0.95
_SHORT = {"rtt-incomplete": "rtt"}  # the waiting list is what a median wait is of where nothing is said
INCOMPLETE = Pathway("PART2", "rtt-incomplete", _WAITING)
DECIDED = Pathway("PART2A", "rtt-incomplete-with-decision-to-admit", _WAITING)
ADMITTED = Pathway("PART1A", "rtt-admitted", _TREATED)
ADJUSTED = Pathway("", "rtt-admitted-adjusted", _TREATED)
NON_ADMITTED = Pathway("PART1B", "rtt-non-admitted", _TREATED)
NEW = Pathway("PART3", "rtt-new-periods", _TREATED, waits=False)
PATHWAYS = (INCOMPLETE, DECIDED, ADMITTED, ADJUSTED, NON_ADMITTED, NEW)
BY_CODE = {pathway.code: pathway for pathway in PATHWAYS if pathway.code}


def part_code(text: str) -> str:
    """A part type as it is compared.

    >>> part_code("Part_2A"), part_code("PART 1B")
    ('PART2A', 'PART1B')
    """
    return "".join(letter for letter in text.upper() if letter.isalnum())


def function_code(text: str) -> str:
    """A treatment function as details name it, "" for all of them together.

    Until 2013 the codes were told apart by part type (``IP100``, ``OP100``): they mean what ``C_100`` means.

    >>> function_code("C_110"), function_code("IP110"), function_code("X05"), function_code("C_999")
    ('C_110', 'C_110', 'X05', '')
    """
    code = re.sub(r"^[A-Z]P(?=X\d\d$)", "", text.strip().upper())
    digits = code[-3:]
    if digits.isdigit() and len(code) >= len(digits):
        return "" if digits == "999" else f"C_{digits}"
    return "" if code in ("TOTAL", "ALL") else code
