"""What was left out, filled or put in the place of something else in one series, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trigpoint.activity.outturn.arrays import Flags, Floats
from trigpoint.activity.outturn.history import History
from trigpoint.activity.outturn.methods import Method
from trigpoint.activity.outturn.sentences import printed
from trigpoint.periods import FinancialYear, Month
from trigpoint.wording import count, listed, verb

_NAMED = 3  # months are named one by one up to so many


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one series: its ``months`` [year, 12] from ``first`` on, those of the forecast's year last.

    ``screened`` [year, 12] are exceptional, past years of ``filled`` [year] had months filled, ``stepped`` [12] lie
    before a step of the year to date, and ``shocked`` says that most of the ``months_known`` would have been
    exceptional. ``series`` counts all that were forecast together.
    """

    first: FinancialYear
    months_known: int
    months: Floats
    screened: Flags
    stepped: Flags
    filled: Flags
    shocked: bool
    series: int

    @property
    def year(self) -> FinancialYear:
        return self.first + (len(self.months) - 1)


def notes_of(history: History, seen: Seen, asked: Method, used: Method) -> tuple[str, ...]:
    """The notes of a series: ``asked`` is the method that was asked for, ``used`` the one that gave the value."""
    first, months, year, filled = seen.first, seen.months, seen.year, seen.filled
    notes: list[str] = []
    if seen.series == 1:
        notes.append("There is one series only, so its profile is its own and nothing is pooled.")
    whole = np.flatnonzero(np.isfinite(months[:-1]).all(axis=1) | filled)
    if not whole.size:
        notes.append("There is no whole past year of this series, so it has no profile and no growth of its own.")
    elif whole[-1] < len(months) - 2:
        notes.append(f"There is no whole {year - 1} of this series; {first + int(whole[-1])} stands for it.")
    for at in np.flatnonzero(~np.isfinite(months[-1, : seen.months_known])):
        month = year.months[at]
        notes.append(f"{month.label} has no count ({history.why_missing(month)}); the other months stand for it.")
    if seen.shocked:
        notes.append(f"Most months of {year} to date are out of the usual pattern, so they are taken as they are.")
    notes += _screened(seen)
    years = [(first + int(at)).label for at in np.flatnonzero(filled)]
    if years:
        notes.append(f"Missing months of {listed(years)} are filled by the profile of all series.")
    if asked is not used:
        notes.append(f"The method asked for, {asked.value}, cannot be used here; {used.value} takes its place.")
    return tuple(notes)


def _screened(seen: Seen) -> list[str]:
    first, months, screened = seen.first, seen.months, seen.screened
    notes = []
    stepped = np.flatnonzero(seen.stepped)
    if stepped.size:
        after = seen.year.months[int(stepped[-1]) + 1].label
        notes.append(f"Since {after} the level is another: months before it count as they were and are not carried on.")
    for at in np.flatnonzero(screened[-1] & ~seen.stepped):
        month = seen.year.months[at]
        notes.append(
            f"{month.label} is exceptional ({printed(months[-1, at])}): it counts as it was and is not carried on."
        )
    past = [Month(first.first, 4) + int(at) for at in np.flatnonzero(screened[:-1].reshape(-1))]
    if past:
        number = len(past)
        span = f"between {past[0].label} and {past[-1].label}"
        named = listed([month.label for month in past])
        subject = named if number <= _NAMED else f"{count(number, 'month')} {span}"
        notes.append(f"{subject} {verb(number, 'is', 'are')} exceptional; the usual level stands in.")
    return notes
