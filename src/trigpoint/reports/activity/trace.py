"""Where one number comes from: outturn, month, growth, schemes, cells; each with its value, source and file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.assumptions.scheme import Effect
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.outturn.sentences import printed
from trigpoint.activity.simulation.tracing import Trace, TraceCell, TraceStep, sources_of
from trigpoint.periods import Month
from trigpoint.reports.activity.assumptions import amount_told, where_words
from trigpoint.reports.activity.words import between, month_code, number, percent, pod_name, signed, whole_numbers
from trigpoint.reports.blocks import Table
from trigpoint.tabular.stated import Stated

MOST_CELLS = 12
MONTHS = 12
STAR = "*"


def trace_title(book: ActivityBook, trace: Trace) -> str:
    """Of what and when a trace is."""
    parts = (pod_name(book, trace.pod), trace.provider, trace.period.label)
    return ", ".join(part for part in parts if part)


def trace_table(book: ActivityBook, trace: Trace) -> Table:
    """A row a step: what, how, how much it changes, from where. Printed whole numbers add up."""
    base = book.settings.base_year
    rows: list[tuple[str, ...]] = []
    if trace.outturn is not None and trace.outturn.value is not None:
        rows.append((f"Outturn {base}", _outturn_words(trace), number(trace.outturn.value), _counts(book, trace)))
        share = (
            f"{percent(round(trace.profile, 5))} of the year" if isinstance(trace.period, Month) else "the whole year"
        )
        shape = _shape_of(book, trace.pod)
        rows.append((f"In the shape of {trace.period.label}", f"× {share}", number(trace.fot), shape))
    grown, done = (_of(trace, growth=growth) for growth in (True, False))
    start, nothing, something = (_whole(value) for value in (trace.fot, trace.do_nothing, trace.do_something))
    rows += _rows(book, grown, nothing - start)
    rows.append(("Do nothing", "", number(trace.do_nothing), ""))
    rows += _rows(book, done, something - nothing)
    rows.append(("Do something", "", number(trace.do_something), f"Mean of {trace.draws:,} draws, seed {trace.seed}"))
    return Table(trace_title(book, trace), ("Step", "How", "Number", "From"), tuple(rows), (30, 44, 12, 42))


def _of(trace: Trace, *, growth: bool) -> list[TraceStep]:
    return [step for step in trace.steps if isinstance(step.assumption, Growth) == growth]


def _rows(book: ActivityBook, steps: Sequence[TraceStep], total: int) -> Iterator[tuple[str, ...]]:
    wholes = whole_numbers([step.change for step in steps], total)
    for step, whole in zip(steps, wholes, strict=True):
        one = step.assumption
        name = f"{one.name} ({one.id}){STAR if one.stated.illustrative else ''}"
        yield name, step_words(book, step), signed(float(whole)), stated_words(one.stated)


def _whole(value: float) -> int:
    return int(printed(value).replace(",", "").replace("−", "-"))


def _outturn_words(trace: Trace) -> str:
    one = trace.outturn
    if one is None or not one.months_known:
        return "given"
    interval = f", 80% interval {between(one.likely.low, one.likely.high)}" if one.likely else ""
    return f"{one.method.value} from {one.months_known} months, {number(one.to_date)} to date{interval}"


def _counts(book: ActivityBook, trace: Trace) -> str:
    total = next((one for one in book.totals if (one.provider, one.pod) == (trace.provider, trace.pod)), None)
    if total is not None:
        return stated_words(total.stated)
    return "; ".join(sources_of(book, trace.provider, trace.pod)) or "counts.csv"


def _shape_of(book: ActivityBook, pod: str) -> str:
    """What the shape of the plan's months is made from: a year of the past or more, or else the days of each month."""
    base = book.settings.base_year
    until = (base + 1).start if book.settings.months_known == MONTHS else base.start
    for frame in (book.counts, book.peers):
        if frame is None or frame.is_empty():
            continue
        past = frame.filter((frame["pod"] == pod) & (frame["month"] < until))
        if past["month"].n_unique() >= MONTHS:
            return "Months of the past"
    working = any(one.code == pod and one.days == "working" for one in book.pods)
    return f"{'Working days' if working else 'Days'} of each month, for there is no past year"


def step_words(book: ActivityBook, step: TraceStep) -> str:
    """What a step multiplies: value as entered, where, reach, how much of it there is by then, how surely."""
    one = step.assumption
    parts = [amount_told(book, one)]
    if step.brought:
        parts.append("brought from elsewhere, or new")
    else:
        where = where_words(book, one.where)
        parts.append(f"reaches {percent(round(step.reach, 4))} of the activity ({where})")
    if isinstance(one, Growth) and one.form is GrowthForm.RATE:
        parts.append(f"{printed(step.part, 2)} years of it")
    elif step.part != 1:
        parts.append(f"{percent(round(step.part, 4))} of it by then")
    if step.factor is not None:
        parts.append(f"× {printed(step.factor, 4)}")
    if not isinstance(one, Growth) and one.effect is Effect.LENGTH_OF_STAY:
        parts.append("shortens stays and leaves admissions as they are")
    elif step.alone is not None and abs(step.alone - step.change) >= 1:
        parts.append(f"alone it would be {signed(step.alone)}")
    return "; ".join(parts)


def stated_words(stated: Stated) -> str:
    """Source, author and place of an assumption."""
    file = PurePath(stated.file).name if stated.file else ""
    place = f"{file}, row {stated.row}" if file and stated.row else file
    return "; ".join(part for part in (stated.source, stated.author, place) if part) or "Not stated"


def cells_table(trace: Trace) -> Table:
    """The cells that the number sums, the largest first, and the rest of them as one row."""
    shown, rest = trace.cells[:MOST_CELLS], trace.cells[MOST_CELLS:]
    rows = [_cell_row(_cell_name(cell), [cell]) for cell in shown]
    rows += [_cell_row(f"{len(rest):,} more", rest)] if rest else []
    headers = ("Cell", "Of the series", "Outturn", "Do nothing", "Do something")
    return Table("The cells that it sums", headers, tuple(rows), (48, 14, 14, 14, 14))


def _cell_name(cell: TraceCell) -> str:
    return "; ".join(f"{name} {value}" for name, value in cell.attributes if value) or "Everything"


def _cell_row(name: str, cells: Sequence[TraceCell]) -> tuple[str, ...]:
    share, *sums = (
        sum(getattr(cell, part) for cell in cells) for part in ("share", "fot", "do_nothing", "do_something")
    )
    return (name, percent(round(share, 4)), *(number(value) for value in sums))


def trace_answer(book: ActivityBook, trace: Trace) -> dict[str, Any]:
    """A trace as JSON has it, unrounded."""
    outturn = trace.outturn
    return {
        "provider": trace.provider,
        "pod": trace.pod,
        "period": month_code(trace.period) if isinstance(trace.period, Month) else trace.period.label,
        "outturn": None if outturn is None else {
            "year": outturn.year.label, "value": outturn.value, "method": outturn.method.value,
            "months_known": outturn.months_known, "from": _counts(book, trace),
        },
        "profile": trace.profile,
        "fot": trace.fot,
        "steps": [_step_answer(step) for step in trace.steps],
        "do_nothing": trace.do_nothing,
        "do_something": trace.do_something,
        "cells": [
            {"attributes": dict(cell.attributes), "share": cell.share, "fot": cell.fot, "do_nothing": cell.do_nothing,
             "do_something": cell.do_something}
            for cell in trace.cells
        ],
        "seed": trace.seed,
        "draws": trace.draws,
    }  # fmt: skip


def _step_answer(step: TraceStep) -> dict[str, Any]:
    one = step.assumption
    numbers = ("reach", "part", "amount", "factor", "delivered", "alone", "change")
    kind = "growth" if isinstance(one, Growth) else "shift" if step.brought else "scheme"
    said = {"source": one.stated.source, "author": one.stated.author, "note": one.stated.note,
            "file": PurePath(one.stated.file).name if one.stated.file else "", "row": one.stated.row,
            "illustrative": one.stated.illustrative}  # fmt: skip
    return {"id": one.id, "name": one.name, "kind": kind, "where": str(one.where), "entered": one.amount.value,
            **{name: getattr(step, name) for name in numbers}, **said}  # fmt: skip
