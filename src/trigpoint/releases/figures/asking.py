"""A figure asked for in plain words: which measure, of whom, for which month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from trigpoint.errors import InputError
from trigpoint.places.succession import constituents
from trigpoint.releases.figures.absence import Unanswered, reason
from trigpoint.releases.figures.answers import Answer, told
from trigpoint.releases.figures.catalogue import measure
from trigpoint.releases.figures.figure import PublishedFigure
from trigpoint.releases.figures.frame import FIGURES, figures_frame
from trigpoint.releases.figures.sums import added
from trigpoint.releases.mapping import Share, StatedMapping
from trigpoint.releases.measure import PublishedMeasure
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.store.store import Store
from trigpoint.releases.tables.spans import Span
from trigpoint.releases.tables.spans import month as month_span
from trigpoint.wording import count, listed

_NEAREST = 5
_ENGLAND = {"eng", "england", "e92000001"}
_PUT_TOGETHER = (None, Basis.COMMISSIONER, Basis.SYSTEM, Basis.NATIONAL, Basis.PROVIDER)
_ADDED_TO_ENGLAND = (Basis.PROVIDER, Basis.COMMISSIONER, Basis.SYSTEM, Basis.PRACTICE)


@dataclass(frozen=True, slots=True)
class _Question:
    store: Store
    measure: PublishedMeasure
    code: str
    basis: Basis | None
    detail: str
    mapping: StatedMapping | None


def value(
    store: Store,
    id: str,
    org: str,
    month: date,
    *,
    basis: Basis | None = None,
    detail: str = "",
    mapping: StatedMapping | None = None,
) -> PublishedFigure:
    """The figure of a measure for an organisation (code or name, capitals apart) and the month of a day.

    Where the measure is of quarters, years or single days, the period that ends in the month, else the one that
    contains it, is answered, and the note says so. Where there is no figure ``value`` is ``None`` and the note says
    why. An organisation that came of a merger is the sum of its parts; a commissioner of which the release gives only
    providers needs a ``mapping``. Raises ``InputError`` for an unknown measure, and for a commissioner without mapping.
    """
    question = _Question(store, measure(id), organisation_code(store, org), basis, detail, mapping)
    span = month_span(month.year, month.month)
    frame = _found(question, *span)
    chosen = _period(frame.select("start", "end").unique().rows(), span)
    if chosen is None:
        why = reason(Unanswered(store, question.measure, question.code, detail, mapping, span))
        return told(store, question.measure, Answer.nothing(question.code, detail, span, why))
    row = frame.filter((pl.col("start") == chosen[0]) & (pl.col("end") == chosen[1])).row(0, named=True)
    return told(store, question.measure, Answer.of(row), asked=span)


def series(
    store: Store,
    id: str,
    org: str,
    *,
    basis: Basis | None = None,
    detail: str = "",
    mapping: StatedMapping | None = None,
    start: date | None = None,
    end: date | None = None,
) -> tuple[PublishedFigure, ...]:
    """Every period of a measure for an organisation, in order; empty where no file has any. As ``value`` otherwise."""
    question = _Question(store, measure(id), organisation_code(store, org), basis, detail, mapping)
    rows = _found(question, start, end).sort("end", "start").iter_rows(named=True)
    return tuple(told(store, question.measure, Answer.of(row)) for row in rows)


def organisation_code(store: Store, org: str) -> str:
    """The code that an organisation is asked by: England by any of its names, others by code or by name in any file.

    Raises ``InputError`` for a name that several codes have. A name that nobody has is given back in capitals.
    """
    text = " ".join(org.split())
    if text.casefold() in _ENGLAND:
        return ENGLAND
    if " " not in text and any(letter.isdigit() for letter in text):
        return text.upper()
    known = store.organisations()
    if text.upper() in known["code"]:
        return text.upper()
    named = known.filter(pl.col("name").str.to_lowercase() == text.lower())["code"].unique().sort().to_list()
    if len(named) > 1:
        raise InputError(f"{listed(named)} are all called “{text}”", remedy="ask by the code")
    return str(named[0]) if named else text.upper()


def known_code(store: Store, org: str) -> str:
    """As ``organisation_code``; raises ``InputError`` also for words that are nobody's whole name."""
    code, known = organisation_code(store, org), store.organisations()
    if " " in code and code not in known["code"]:
        text = " ".join(org.split())
        raise InputError(f"no organisation is called “{text}”", remedy=_nearest(known, text))
    return code


def _nearest(known: pl.DataFrame, text: str) -> str:
    """What to ask by instead of a part of a name: the codes whose names hold it."""
    near = known.filter(pl.col("name").str.to_lowercase().str.contains(text.lower(), literal=True))
    near = near.unique("code").sort("code")
    if near.is_empty() or len(near) > _NEAREST:
        return "ask by the code; `trigpoint data orgs TEXT` finds it by a part of the name"
    codes = [f"{code} ({name})" for code, name in near.select("code", "name").iter_rows()]
    return f"ask by the code: {listed(codes)}"


def _found(question: _Question, start: date | None, end: date | None) -> pl.DataFrame:
    """The figures of the organisation, one a period: its own, or else put together of others'."""
    own = _figures(question, (question.code,), start, end)
    if question.basis is not None:
        own = own.filter(pl.col("basis") == question.basis.value)
    own = _one_basis(own).with_columns(pl.lit("").alias("made"), pl.lit("").alias("lack"))
    if question.basis not in _PUT_TOGETHER:
        return own
    there = set(own.select("start", "end").iter_rows())
    lacking = [period for period in _periods(question, start, end) if period not in there]
    if not lacking:
        return own
    others = _put_together(question, min(lacking)[0], max(last for _, last in lacking))
    others = others.with_columns(pl.lit(question.detail).alias("detail"))
    if question.basis is Basis.PROVIDER:  # a trust that merged of others; not what is made of providers by a mapping
        others = others.filter(pl.col("basis") == Basis.PROVIDER.value)
    return pl.concat([own, others.join(own, on=["start", "end"], how="anti")])


def _figures(question: _Question, codes: Sequence[str] | None, start: date | None, end: date | None) -> pl.DataFrame:
    one = question.measure
    # Whether a file has an optional part of anybody can only be told from all of its rows.
    chosen = None if any(term.optional for term in one.terms) else codes
    parts = {term.part for term in one.terms}
    found = question.store.observations(parts=parts, orgs=chosen, start=start, end=end)
    frame = figures_frame(found, [one], detail=question.detail)
    return frame if codes is None else frame.filter(pl.col("org").is_in(list(codes)))


def _put_together(question: _Question, start: date | None, end: date | None) -> pl.DataFrame:
    """What can be added up: England of all, a mapped commissioner of its providers, a merged one of its parts."""
    if question.code == ENGLAND:
        return _england(question, start, end)
    merged = _merged(question, start, end)
    if question.mapping is None:
        return merged
    mapped = _mapped(question, question.mapping, start, end)
    return pl.concat([mapped, merged.select(mapped.columns).join(mapped, on=["start", "end"], how="anti")])


def _none() -> pl.DataFrame:
    return pl.DataFrame(schema={**FIGURES, "made": pl.String, "lack": pl.String})


def _england(question: _Question, start: date | None, end: date | None) -> pl.DataFrame:
    """The sum of all providers (or else commissioners, …) of whole files, for periods without a row of England."""
    everybody = _figures(question, None, start, end)
    partial = [held.digest for held in question.store.files if held.beside]
    everybody = everybody.filter(~pl.col("digest").is_in(partial))
    made = _none()
    for basis in _ADDED_TO_ENGLAND:
        rows = everybody.filter(pl.col("basis") == basis.value)
        for (first, last), period in rows.partition_by("start", "end", as_dict=True).items():
            if len(made.filter((pl.col("start") == first) & (pl.col("end") == last))):
                continue
            total = added(period, question.measure, dict.fromkeys(period["org"], 1.0), ENGLAND)
            said = f"the sum of {count(len(period), basis.value)}; the file has no row of England"
            made = pl.concat([made, _made(total, said)])
    return made


def _mapped(question: _Question, mapping: StatedMapping, start: date | None, end: date | None) -> pl.DataFrame:
    providers = {one.provider for one in mapping.shares}
    rows = _figures(question, tuple(sorted(providers)), start, end).filter(pl.col("basis") == Basis.PROVIDER.value)
    partial = {held.digest for held in question.store.files if held.beside}
    made = _none()
    for (_, last), everybody in rows.partition_by("start", "end", as_dict=True).items():
        shares = _shares(question, mapping, last)
        period = everybody.filter(pl.col("org").is_in([one.provider for one in shares]))
        if period.is_empty():
            continue
        absent = set() if partial & set(period["digest"]) else {one.provider for one in shares} - set(period["org"])
        total = added(period, question.measure, _weights(shares, absent), question.code)
        made = pl.concat([made, _made(total, _by_mapping(mapping, shares, absent))])
    return made


def _shares(question: _Question, mapping: StatedMapping, day: date) -> tuple[Share, ...]:
    """What is stated of the commissioner; of one that came of a merger, else of all that it was made of."""
    stated = mapping.of(question.code, question.measure.release, day)
    if stated:
        return stated
    each = [mapping.of(one, question.measure.release, day) for one in constituents(question.code, day) or ()]
    return tuple(share for one in each for share in one) if all(each) else ()


def _weights(shares: Sequence[Share], absent: set[str]) -> dict[str, float]:
    """A provider that is not in a file of all providers reported nothing, and does not keep back the others."""
    weights: dict[str, float] = {}
    for one in shares:
        if one.provider not in absent:
            weights[one.provider] = weights.get(one.provider, 0.0) + one.share
    return weights


def _by_mapping(mapping: StatedMapping, shares: Sequence[Share], absent: set[str]) -> str:
    there = [one for one in shares if one.provider not in absent]
    parts = [one.provider if one.share == 1 else f"{one.share * 100:.4g}% of {one.provider}" for one in there]
    without = f"; without {listed(sorted(absent))}, which the file does not have" if absent else ""
    sources = sorted({one.source for one in there if one.source})
    stated = f"{mapping.name} ({'; '.join(sources)})" if sources else mapping.name
    return f"made of {listed(parts)} by the mapping of {stated}{without}"


def _merged(question: _Question, start: date | None, end: date | None) -> pl.DataFrame:
    """The sum of those that an organisation was merged of, or consists of, for periods that do not have itself."""
    wanted: dict[tuple[str, ...], list[Span]] = {}
    for period in _periods(question, start, end):
        for locations in (False, True):
            codes = constituents(question.code, period[1], locations=locations)
            if codes and codes != (question.code,) and period not in wanted.setdefault(codes, []):
                wanted[codes].append(period)
    made = _none()
    for codes, periods in wanted.items():
        rows = _figures(question, codes, min(periods)[0], max(one for _, one in periods))
        for period, figures in rows.partition_by("start", "end", as_dict=True).items():
            if period in periods and made.filter(start=period[0], end=period[1]).is_empty():
                total = added(_one_basis(figures), question.measure, dict.fromkeys(codes, 1.0), question.code)
                total = total.with_columns(pl.lit(figures["basis"].sort()[0]).alias("basis"))
                made = pl.concat([made, _made(total, f"the sum of {listed(codes)}, which make up {question.code}")])
    return made


def _periods(question: _Question, start: date | None, end: date | None) -> list[Span]:
    parts = {term.part for term in question.measure.terms}
    held = [one for one in question.store.files if parts & set(one.parts)]
    return sorted(
        {
            period
            for one in held
            for period in one.periods
            if (start is None or period[1] >= start) and (end is None or period[0] <= end)
        }
    )


def _one_basis(figures: pl.DataFrame) -> pl.DataFrame:
    """Each organisation once: as the first basis that has a value, for a code may report as two things."""
    order = pl.col("basis").replace_strict({one.value: at for at, one in enumerate(Basis)}, return_dtype=pl.Int32)
    ranked = figures.sort(pl.col("value").is_null(), order)
    return ranked.unique(["org", "start", "end"], keep="first", maintain_order=True)


def _made(total: pl.DataFrame, how: str) -> pl.DataFrame:
    lack = pl.col("lacking").list.join(", ").alias("lack")
    return total.with_columns(pl.lit(how).alias("made"), lack).drop("lacking", "several")


def _period(periods: Sequence[Span], month: Span) -> Span | None:
    """The month itself, else the shortest period that ends in it, else the shortest that contains it."""
    if month in periods:
        return month
    ending = [one for one in periods if month[0] <= one[1] <= month[1]]
    containing = [one for one in periods if one[0] <= month[0] and month[1] <= one[1]]
    for found in (ending, containing):
        if found:
            return min(found, key=lambda one: (one[1] - one[0], -one[1].toordinal()))
    return None
