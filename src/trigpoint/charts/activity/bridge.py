"""From the base year's outturn to a year's do something: what adds activity and what takes some away."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import LESS, MORE, OUTTURN
from trigpoint.charts.activity.subject import code_of, is_illustrative, title_of, unit_of
from trigpoint.charts.frame import clean
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import adding_up, change, decimal_of, decimals_for, per_cent, relative, shown
from trigpoint.charts.row import Frame, Row, cut_at
from trigpoint.charts.rows import rows_spec
from trigpoint.charts.upright import drawn
from trigpoint.measures.standing import Form
from trigpoint.rounding import half_up
from trigpoint.wording import capital, count, listed

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun, BridgePart
    from trigpoint.periods import FinancialYear

__all__ = ["bridge_picture"]

MOST_BARS = 12
_WORDS = (
    ("growth", "growth adds", "growth takes away"),
    ("scheme", "schemes add", "schemes take away"),
    ("shift", "shifts bring", "shifts take away"),
)
_KINDS = {"growth": "Growth", "scheme": "Scheme", "shift": "Shifted here"}
_NOUNS = {
    "growth": ("smaller part of growth", "smaller parts of growth"),
    "scheme": ("smaller scheme", "smaller schemes"),
    "shift": ("smaller shift to here", "smaller shifts to here"),
}


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    kind: str
    value: float
    printed: Decimal


def bridge_picture(run: ActivityRun, pod: str, year: FinancialYear, provider: str = "") -> Picture:
    """The steps from the base year's outturn to do something of one plan year, one bar each, growth before schemes.

    Beyond twelve bars the smallest of a kind are drawn as one ("14 smaller schemes"); the table has all of them. The
    printed parts add up to the printed whole: outturn and do something are rounded half up, and of the parts between
    them those nearest to the next step take up what rounding leaves. Values are activity of the year, in means over
    the draws. A year or pod without a bridge gives a picture that says so.
    """
    title = f"{title_of(run, pod, provider)}: from {run.book.settings.base_year.label} to {year.label}"
    base, parts, lost = _parts(run, code_of(run, pod), year, provider)
    unit = unit_of(run, pod)
    if base is None and not parts:
        finding = f"{title}: there is no bridge in this run."
        spec = rows_spec((), Frame(Form(0, "", ""), ""), title=title, finding=finding, description=finding,
                         empty="There is no bridge to draw")  # fmt: skip
        return Picture(spec, finding, finding, DataTable(title, ("Part", "Kind", "Activity"), ()))
    start = base or 0.0
    whole = start + sum(part.value for part in parts)
    decimals = decimals_for([start, whole])
    ends = half_up(decimal_of(start), decimals), half_up(decimal_of(whole), decimals)
    printed = adding_up([part.value for part in parts], ends[1] - ends[0], decimals)
    exact = [_Part(_name(part), part.kind, part.value, own) for part, own in zip(parts, printed, strict=True)]
    exact = _ordered(exact)
    finding = _finding(title, exact, start, whole, decimals)
    alt = f"Bridge in bars. {finding}"
    few = _grouped(exact)
    frame, low = _frame(few, start, whole, decimals, unit)
    rows = _rows(few, run.book.settings.base_year.label, year.label, start, whole, low, decimals)
    key = f"The scale begins at {shown(low, decimals)}, not at zero." if low else ""
    key = " ".join(part for part in (key, lost) if part)
    spec = rows_spec(rows, frame, title=title, finding=finding, key=key, description=alt)
    table = _table(title, exact, run.book.settings.base_year.label, year.label, ends, start, whole, decimals)
    return marked(Picture(spec, finding, alt, table), illustrative=is_illustrative(run))


def _parts(
    run: ActivityRun, pod: str, year: FinancialYear, provider: str
) -> tuple[float | None, list[BridgePart], str]:
    """The base and the steps; over all providers the run's own sum, or the sum of theirs."""
    among = [one for one in run.bridge if one.pod == pod and one.year == year]
    own = [one for one in among if one.provider == provider]
    found = own or ([] if provider else among)
    sums: dict[tuple[str, str], float] = {}
    first: dict[tuple[str, str], BridgePart] = {}
    lost = 0
    for one in found:
        if drawn(one.value) is None:
            lost += 1
            continue
        key = (one.part, one.kind)
        sums[key] = sums.get(key, 0.0) + float(one.value)
        first.setdefault(key, one)
    base = [sums[key] for key in sums if key[1] == "baseline"]
    steps = [_with(first[key], value) for key, value in sums.items() if key[1] != "baseline"]
    words = f"{capital(count(lost, 'part has', 'parts have'))} no figure." if lost else ""
    return (math.fsum(base) if base else None), steps, words


def _with(part: BridgePart, value: float) -> BridgePart:
    return type(part)(part.provider, part.pod, part.year, part.part, part.name, part.kind, value)


def _name(part: BridgePart) -> str:
    return clean(part.name or part.part)


def _ordered(parts: Sequence[_Part]) -> list[_Part]:
    """Growth, then schemes, then what is shifted here; within each the largest first."""
    order = {kind: at for at, kind in enumerate(_KINDS)}
    return sorted(parts, key=lambda part: (order.get(part.kind, len(order)), -abs(part.value), part.name))


def _grouped(parts: Sequence[_Part]) -> list[_Part]:
    """At most twelve bars: the smallest of all are pooled with those of their own kind."""
    if len(parts) <= MOST_BARS:
        return list(parts)
    kinds = {part.kind for part in parts}
    largest = sorted(range(len(parts)), key=lambda at: (-abs(parts[at].value), at))[: MOST_BARS - len(kinds)]
    found: list[_Part] = []
    for kind in dict.fromkeys(part.kind for part in parts):
        rest = [part for at, part in enumerate(parts) if part.kind == kind and at not in largest]
        found += [part for at, part in enumerate(parts) if part.kind == kind and at in largest]
        if len(rest) == 1:
            found += rest
        elif rest:
            one, several = _NOUNS.get(kind, ("smaller part", "smaller parts"))
            words = count(len(rest), one, several)
            found.append(
                _Part(words, kind, sum(part.value for part in rest), sum((p.printed for p in rest), Decimal(0)))
            )
    return found


def _finding(title: str, parts: Sequence[_Part], start: float, whole: float, decimals: int) -> str:
    told = []
    for kind, up, down in _WORDS:
        own = [part.printed for part in parts if part.kind == kind]
        if own and sum(own):
            total = sum(own, Decimal(0))
            told.append(f"{up if total > 0 else down} {shown(float(abs(total)), decimals)}")
    ratio = relative(whole, start)
    stands = f" ({per_cent(ratio)})" if ratio is not None else ""
    means = f": {listed(told)}" if told else ""
    return f"{title}, {shown(start, decimals)} becomes {shown(whole, decimals)}{stands}{means}."


def _frame(parts: Sequence[_Part], start: float, whole: float, decimals: int, unit: str) -> tuple[Frame, float]:
    """The scale, and where it begins: at nothing, unless the parts could not be seen then."""
    run, levels = start, [start]
    for part in parts:
        run += part.value
        levels.append(run)
    levels.append(whole)
    low = cut_at(levels)
    axis = f"{capital(unit)} a year" if unit else "Activity a year"
    return Frame(Form(decimals, "", ""), axis, from_zero=not low), low


def _rows(
    parts: Sequence[_Part], base: str, year: str, start: float, whole: float, low: float, decimals: int
) -> list[Row]:
    rows = [_end(f"Outturn {base}", start, low, start, decimals)]
    run = start
    for part in parts:
        after = run + part.value
        words = change(float(part.printed), decimals)
        colour = MORE if part.value > 0 else LESS
        rows.append(Row(part.name, words, (run, after, colour), after=after, tip=f"{part.name}: {words}"))
        run = after
    rows.append(_end(f"Do something {year}", whole, low, None, decimals))
    return rows


def _end(name: str, value: float, low: float, after: float | None, decimals: int) -> Row:
    words = shown(value, decimals)
    return Row(
        name, words, (low, value, OUTTURN.colour), broken=low > 0, strong=True, after=after, tip=f"{name}: {words}"
    )


def _table(
    title: str,
    parts: Sequence[_Part],
    base: str,
    year: str,
    ends: tuple[Decimal, Decimal],
    start: float,
    whole: float,
    decimals: int,
) -> DataTable:
    headers = ("Part", "Kind", "Activity", f"Share of outturn {base}")
    rows = [(f"Outturn {base}", "Outturn", shown(float(ends[0]), decimals), "")]
    rows += [
        (part.name, _KINDS.get(part.kind, capital(clean(part.kind))), change(float(part.printed), decimals),
         per_cent(100 * part.value / start) if start > 0 else "–")
        for part in parts
    ]  # fmt: skip
    rows.append((f"Do something {year}", "Sum", shown(float(ends[1]), decimals), per_cent(relative(whole, start))))
    return DataTable(f"{title}: every part, rounded so that the column adds up", headers, tuple(rows))
