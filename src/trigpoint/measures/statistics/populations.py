"""Standard populations, and what part of one an age band holds."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from trigpoint.errors import InputError

_FROM_TO = re.compile(r"(\d+)\s*(?:-|–|to)\s*(\d+)")
_FROM = re.compile(r"(\d+)\s*(?:\+|plus|and over|and above|or over|or more)")
_UNDER = re.compile(r"(?:under|<)\s*(\d+)")
_SINGLE = re.compile(r"\d+")
_OLDEST = 200  # older than anyone: the end of an open band


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Whole years of age from ``first`` to ``last``, both included; ``last`` is ``None`` where the band is open."""

    first: int
    last: int | None

    @property
    def end(self) -> int:
        """The last year of age, a number beyond anyone's where the band is open."""
        return _OLDEST if self.last is None else self.last


def age_band(label: str) -> AgeBand:
    """An age band as it is written: "0-4", "90+", "under 1", "85 and over", "7". Raises ``InputError`` for others.

    >>> age_band("90+")
    AgeBand(first=90, last=None)
    """
    words = re.sub(r"\b(?:years?|yrs?|aged?|of)\b", "", label.casefold()).strip()
    if both := _FROM_TO.fullmatch(words):
        band = AgeBand(int(both[1]), int(both[2]))
    elif open_ended := _FROM.fullmatch(words):
        band = AgeBand(int(open_ended[1]), None)
    elif under := _UNDER.fullmatch(words):
        band = AgeBand(0, int(under[1]) - 1)
    elif _SINGLE.fullmatch(words):
        band = AgeBand(int(words), int(words))
    else:
        band = AgeBand(1, 0)
    if band.first > band.end:
        raise InputError(f"'{label}' is no age band", remedy="write bands like 0-4, 85-89 and 90+")
    return band


@cache
def esp_2013() -> tuple[tuple[AgeBand, float], ...]:
    """The 2013 European Standard Population: 100,000 people in 21 age bands from under 1 to 95 and over.

    Source: Eurostat, Revision of the European Standard Population, 2013 (in ``data/esp_2013.csv``).

    >>> sum(people for _, people in esp_2013())
    100000.0
    """
    text = files(__package__).joinpath("data", "esp_2013.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        (AgeBand(int(row["first_age"]), int(row["last_age"]) if row["last_age"] else None), float(row["population"]))
        for row in rows
    )


def standard_weights(labels: Iterable[str]) -> dict[str, float]:
    """How many people of the 2013 European Standard Population are in each age band, by the band's label.

    A band may hold several of the standard's ("90+" has 1,000); one that cuts a band of the standard raises
    ``InputError``, as its part is not published.

    >>> standard_weights(["0-4", "90+"])
    {'0-4': 5000.0, '90+': 1000.0}
    """
    return {label: _people(label, age_band(label)) for label in labels}


def _people(label: str, wanted: AgeBand) -> float:
    inside = [(band, people) for band, people in esp_2013() if wanted.first <= band.first and band.end <= wanted.end]
    if not inside or inside[0][0].first != wanted.first or inside[-1][0].end != wanted.end:
        raise InputError(
            f"the age band '{label}' is not made of whole bands of the 2013 European Standard Population",
            remedy="use bands such as 0-4, 5-9, … and 90+, or name a column with a standard population",
        )
    return sum(people for _, people in inside)
