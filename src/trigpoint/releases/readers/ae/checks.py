"""What a file says twice, compared: England and its providers, one sheet and another, systems and their mapping."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from trigpoint.releases.readers.ae.counts import ATTENDANCES, TYPES, Counts, Key, Line, added
from trigpoint.wording import count, verb

ROUNDING = 0.5
"""Shares of a mapping leave digits after the point; counts that are nearer than this are the same."""
WHOLE = 0.9
"""The part of England's attendances that the rows of a file must make for it to hold all providers."""

FEWEST_PROVIDERS = 100
"""As many rows make a month whole where no row of England can be compared; published months have about 200."""


def number(value: float) -> str:
    """A count as it is printed: thousands with commas, half up, digits after the point where there are any.

    >>> number(1_395_330.0), number(0.25)
    ('1,395,330', '0.25')
    """
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"


def sums(lines: Iterable[Line], keys: Collection[Key]) -> Mapping[Key, float]:
    """The sum of each count over lines; what is missing in a line is left out of it."""
    totals = dict.fromkeys(keys, 0.0)
    for line in lines:
        for key in keys:
            found = line.counts.get(key)
            totals[key] += found.value if found is not None and found.value is not None else 0.0
    return totals


def england_note(england: Line, providers: Sequence[Line], said: str = "England row") -> str:
    """Whether England's figures are the sum of the rows, said in one sentence."""
    keys = [key for key, found in england.counts.items() if found.value is not None]
    totals = sums(providers, keys)
    differing = [key for key in keys if abs((england.counts[key].value or 0.0) - totals[key]) > ROUNDING]
    if not differing:
        return f"the {said} agrees with the sum of {count(len(providers), 'row')} in all {count(len(keys), 'column')}"
    part, detail = key = differing[0]
    first = f"{part}[{detail}]" if detail else part
    gives = f"it gives {number(england.counts[key].value or 0.0)} where the rows add up to {number(totals[key])}"
    unlike = f"in {count(len(differing), 'column')}"
    return f"the {said} differs from the sum of {count(len(providers), 'row')} {unlike}: {first}, {gives}"


def is_whole(england: Line, providers: Sequence[Line]) -> bool:
    """Whether the rows make most of England's attendances: a file that was cut to some providers does not."""
    stems = {part for part, _ in england.counts if part.startswith(ATTENDANCES)}
    keys = [(part, detail) for part in stems for detail in TYPES if (part, detail) in england.counts]
    given = added(england.counts[key] for key in keys).value
    return not given or sum(sums(providers, keys).values()) >= WHOLE * given


def pair_note(one: Mapping[str, Counts], other: Mapping[str, Counts], said: str, unit: str = "") -> str:
    """Whether two accounts of the same (of organisations or months, ``unit``) agree wherever both have a value, in one
    sentence; "" where they have nothing in common."""
    compared, differing = set(), []
    for code in one.keys() & other.keys():
        for key in one[code].keys() & other[code].keys():
            first, second = one[code][key].value, other[code][key].value
            if first is None or second is None:
                continue
            compared.add(code)
            if abs(first - second) > ROUNDING:
                differing.append((code, key, first, second))
    if not compared:
        return ""
    if not differing:
        return f"{said} agree for all {count(len(compared), unit)}" if unit else f"{said} agree"
    code, (part, detail), first, second = min(differing)
    cells = count(len(differing), "figure")
    shown = f"{part}[{detail}]" if detail else part
    return (
        f"{said} differ in {cells}, the first {shown} of {code}: {number(first)} and {number(second)};"
        f" {verb(len(differing), 'the first stands', 'the first of each stands')}"
    )
