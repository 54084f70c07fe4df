"""The words a trajectory rule is made of: numbers, percentages, points and periods, and the errors about them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from trigpoint.errors import InputError
from trigpoint.measures.trajectories.rules import Unit
from trigpoint.periods.calendar import Period
from trigpoint.periods.labels import parse_period

MOST_DEPTH = 8
MOST_DIGITS = 15

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
QUANTITY = rf"[+-]?\s?{NUMBER}\s?(?:%|pp\b|percentage points?\b)?"
OF = rf"of (?:[^:;()]{{1,120}}: ?)?(?P<whole>{NUMBER})"
PACE = r"an? (?P<pace>year|quarter|month)"
ROUNDED = r"(?:, rounded each (?:year|quarter|month) to (?P<decimals>\d) decimals?)?"
LEVEL = rf"(?:{QUANTITY}|baseline)"
FROM = rf"from (?P<start>{LEVEL}) in (?P<base>[^,;()]{{1,40}})"
_UNITS = {"": Unit.NUMBER, "%": Unit.PERCENT, "pp": Unit.POINTS}

EXAMPLES: Mapping[str, str] = {
    "explicit": "explicit(2017/18: 91%; 2018/19: 92%)",
    "step": "step(+2pp a year from 58.4% in 2013/14)",
    "linear": "linear to 92% by 2018/19 from 88% in 2016/17",
    "compound": "compound(-2% a year from 24.2 in 2012-14)",
    "reduce": "reduce by 10% a year from 250 in 2016/17",
    "increase": "increase by 5% a year from 250 in 2016/17",
    "share": "share(3% of current smokers: 8,950)",
    "cumulative share": "cumulative share(75% of eligible: 13,506 over 5 years from 2013/14)",
    "per 1000": "per 1000(4 of adults: 52,750)",
    "percent": "percent(1,615 of register: 5,817)",
    "sum": "sum(211; 178; 308)",
    "max": "max(58% + 7pp; 65%)",
    "min": "min(23% - 3pp; 20%)",
    "total": "total(explicit(211) over 2013/14 to 2017/18)",
    "standard": "standard(rtt-18-weeks)",
    "baseline": "max(baseline + 7pp; 65%)",
    "higher than": "higher than baseline",
    "lower than": "lower than baseline",
    "in march": "in March(82%)",
    "year average": "year average(85%)",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """The rule being read: its whole text for error sentences, the standards and the baseline it may name, and how
    deep we are."""

    text: str
    standards: Mapping[str, str]
    baseline: str | None = None
    depth: int = 0

    def error(self, what: str, form: str = "step") -> InputError:
        return InputError(f"trajectory rule “{self.text}”: {what}", remedy=f"for example: {EXAMPLES[form]}")

    def deeper(self) -> Reader:
        if self.depth >= MOST_DEPTH:
            raise self.error(f"rules stand inside rules more than {MOST_DEPTH} deep")
        return Reader(self.text, self.standards, self.baseline, self.depth + 1)

    def body(self, pattern: str, text: str, form: str) -> re.Match[str]:
        found = re.fullmatch(pattern, text.strip(), re.IGNORECASE)
        if found is None:
            raise self.error(f"“{text.strip()}” is not what “{form}” needs", form)
        return found

    def number(self, text: str) -> Fraction:
        if sum(character.isdigit() for character in text) > MOST_DIGITS:
            raise self.error(f"{text} has more than {MOST_DIGITS} digits")
        return Fraction(text.replace(",", "").replace(" ", ""))

    def quantity(self, text: str) -> tuple[Fraction, Unit]:
        found = re.fullmatch(rf"([+-]?\s?{NUMBER})\s?(%|pp|percentage points?)?", text.strip(), re.IGNORECASE)
        if found is None:
            raise self.error(f"“{text.strip()}” is no number")
        sign = (found[2] or "").lower()
        return self.number(found[1]), _UNITS["pp" if sign.startswith(("pp", "perc")) else sign]

    def value(self, text: str) -> tuple[Fraction, Unit]:
        """A quantity that stands for a level, not for a difference; the word “baseline” for the caller's own."""
        if text.strip().lower() == "baseline":
            return self._own_baseline()
        amount, unit = self.quantity(text)
        if unit is Unit.POINTS:
            raise self.error(f"“{text.strip()}” is a difference in percentage points where a value is needed")
        return amount, unit

    def _own_baseline(self) -> tuple[Fraction, Unit]:
        if not self.baseline:
            raise InputError(
                f"trajectory rule “{self.text}”: the baseline is not known here",
                remedy="write the number in its place, or enter the actual of the period that the rule starts from",
            )
        amount, unit = self.quantity(self.baseline.replace("−", "-"))
        if unit is Unit.POINTS:
            raise self.error(f"the baseline “{self.baseline.strip()}” is a difference where a value is needed")
        return amount, unit

    def period(self, text: str) -> Period:
        try:
            return parse_period(text.strip())
        except InputError as error:
            raise self.error(f"“{text.strip()}” is no period") from error
