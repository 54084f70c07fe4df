"""The sentences of monitoring."""

from __future__ import annotations

from collections.abc import Sequence

from trigpoint.activity.outturn.sentences import printed
from trigpoint.wording import capital, count, listed, verb

Limits = tuple[float | None, float | None]
_LEAST = 0.5  # a part of less than one is not told


def signed(value: float) -> str:
    """A change with its sign.

    >>> signed(1240.4), signed(-3.2), signed(0.2)
    ('+1,240', '−3', '0')
    """
    text = printed(value)
    return f"+{text}" if value > 0 and text != "0" else text.removeprefix("−") if text == "−0" else text


def to_date(
    name: str,
    unit: str,
    last: str,
    figures: tuple[float, float],
    verdict: str,
    band: Limits,
    parts: Sequence[tuple[str, float]],
    missing: str,
) -> str:
    """The sentence of a year to date.

    >>> to_date("A&E", "attendances", "June 2017", (1030.0, 1000.0), "above the band", (980.0, 1020.0),
    ...         (("volume", 22.0), ("mix", 0.0), ("working days", 8.0)), "")
    'A&E: 1,030 attendances by June 2017, 3.0% more than the plan of 1,000 and above the band (980 to 1,020): \
volume +22 and working days +8.'
    """
    actual, plan = figures
    things = f" {unit}" if unit else ""
    low, high = band
    where = f" and {verdict}" if verdict else ""
    where += f" ({printed(low)} to {printed(high)})" if verdict and low is not None and high is not None else ""
    told = sorted((one for one in parts if abs(one[1]) >= _LEAST), key=lambda one: -abs(one[1]))
    why = listed([f"{part} {signed(value)}" for part, value in told])
    without = f" {capital(missing)}." if missing else ""
    said = f"{capital(name)}: {printed(actual)}{things} by {last}, {_beside(actual, plan)}{where}"
    return f"{said}{f': {why}' if why else ''}.{without}"


def _beside(actual: float, plan: float) -> str:
    if plan <= 0:
        return f"against a plan of {printed(plan)}"
    change = printed(100 * abs(actual / plan - 1), 1)
    if change == "0.0":
        return f"as planned ({printed(plan)})"
    return f"{change}% {'more' if actual > plan else 'less'} than the plan of {printed(plan)}"


def scheme(
    pod: str, names: Sequence[str], planned: float, seen: tuple[float | None, float | None] | None, reason: str,
    also: Sequence[str],
) -> str:  # fmt: skip
    """The sentence of the schemes of one cohort.

    >>> scheme("Non-elective", ("Ward",), -120.0, (-70.0, 20.0), "", ())
    'Non-elective, Ward: −120 were planned by now and −70 are seen (give or take 20), so activity is 50 above plan.'
    >>> scheme("Elective", ("Right Care",), -300.0, None, "it reaches all of it", ())
    'Elective, Right Care: −300 were planned by now; what came of it cannot be told, for it reaches all of it.'
    """
    start = f"{pod}, {listed(list(names))}: {signed(planned)} were planned by now"
    if seen is None or seen[0] is None or seen[1] is None:
        return f"{start}; what came of it cannot be told, for {reason}."
    off = seen[0] - planned
    result = (
        "as planned"
        if abs(off) < _LEAST
        else f"so activity is {printed(abs(off))} {'above' if off > 0 else 'below'} plan"
    )
    if abs(off) >= _LEAST and abs(off) < seen[1]:
        result += ", which chance alone could be"
    shared = f"; {listed(list(also))} {verb(len(also), 'reaches', 'reach')} a part of the same" if also else ""
    return f"{start} and {signed(seen[0])} are seen (give or take {printed(seen[1])}), {result}{shared}."


def untold(number: int, of: int) -> tuple[str, ...]:
    """That of some schemes a total cannot tell what came; nothing where it can of all.

    >>> untold(2, 5)
    ('Of 2 of 5 groups of schemes, counts cannot tell what came of them: it is in the volume.',)
    """
    if not number:
        return ()
    what = "what came of it: it is in the volume" if number == 1 else "what came of them: it is in the volume"
    return (f"Of {number:,} of {count(of, 'group')} of schemes, counts cannot tell {what}.",)


def reforecast(
    name: str,
    year: str,
    known: int,
    value: tuple[float, float | None, float | None] | None,
    plan: tuple[float, float, float],
    reason: str,
) -> str:
    """The sentence of a year's new forecast.

    >>> reforecast("A&E", "2017/18", 8, (1040.0, 1010.0, 1070.0), (1000.0, 960.0, 1045.0), "")
    'A&E: from 8 months 2017/18 will come to 1,040 (80% interval 1,010 to 1,070), 4.0% more than the plan of 1,000, \
whose band is 960 to 1,045.'
    """
    if value is None:
        return f"{capital(name)}: no new forecast of {year}, for {reason}."
    between = (
        f" (80% interval {printed(value[1])} to {printed(value[2])})"
        if value[1] is not None and value[2] is not None
        else ""
    )
    months = count(known, "month")
    beside = _beside(value[0], plan[0])
    return (
        f"{capital(name)}: from {months} {year} will come to {printed(value[0])}{between}, {beside}, "
        f"whose band is {printed(plan[1])} to {printed(plan[2])}."
    )


def coverage(
    pod: str, months: int, inside: int, above: int, below: int, expected: float, usual: tuple[int, int]
) -> str:
    """The sentence of how often bands held.

    >>> coverage("", 48, 36, 10, 2, 38.4, (34, 43))
    'All points of delivery: 36 of 48 months lay inside the 80% bands (10 above, 2 below), where 38 were to be \
expected and 34 to 43 would be usual.'
    """
    name = pod or "All points of delivery"
    of = f"{inside:,} of {count(months, 'month')}"
    return (
        f"{name}: {of} lay inside the 80% bands ({above:,} above, {below:,} below), "
        f"where {printed(expected)} were to be expected and {usual[0]:,} to {usual[1]:,} would be usual."
    )
