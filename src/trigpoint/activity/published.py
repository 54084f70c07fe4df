"""Published statistics as a baseline: histories for outturns and back-tests, and a whole book of any trust."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from trigpoint.activity.assumptions import filters
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.ramp import Ramp, Shape
from trigpoint.activity.assumptions.uncertain import Uncertain
from trigpoint.activity.book.book import COUNTS, ActivityBook, PodName, Settings
from trigpoint.activity.outturn.history import History
from trigpoint.activity.outturn.sources import histories_of_frame, history_of_figures
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month
from trigpoint.places.national import load_national
from trigpoint.places.succession import area_changes
from trigpoint.releases.figures import PublishedFigure, figures_frame, measure, series
from trigpoint.releases.figures.asking import known_code
from trigpoint.releases.measure import PublishedMeasure, Statistic
from trigpoint.releases.observation import Basis
from trigpoint.releases.store import Store
from trigpoint.tabular.stated import Stated
from trigpoint.wording import count, listed, verb

A_AND_E = ("ae-attendances-type-1", "ae-attendances", "ae-emergency-admissions-via-ae")
"""What a trust's book holds unless other measures are named: attendances of type 1 and of all types, and emergency
admissions via A&E. All types hold type 1: these series stand beside each other and are never added."""
_NAMED = 3


@dataclass(frozen=True, slots=True)
class PublishedSeries:
    """Histories of published counts, one an organisation and measure (its id is the label), and what to know of them.

    ``notes`` tell in sentences of months that are missing or suppressed, of organisations that ended or took over
    others, and of measures that an organisation has no figure of.
    """

    histories: tuple[History, ...]
    notes: tuple[InputError, ...] = ()


def histories_of_published(
    store: Store, measures: Sequence[str] = A_AND_E, *, orgs: Sequence[str] | None = None
) -> PublishedSeries:
    """Monthly histories of published counts, for ``trigpoint activity fot`` and ``backtest``.

    ``orgs`` are codes or names; without them every provider in the files. A named trust that came of a merger is the
    sum of those before it, month by month, as ``trigpoint data show`` adds them; without names each is taken as the
    files have it. Raises ``InputError`` for an unknown measure or name, for a measure that is no monthly count, and
    where the files hold none of it.

    >>> A_AND_E[0]
    'ae-attendances-type-1'
    """
    asked = [_counted(name) for name in measures]
    if not asked:
        raise InputError("no measure is named", remedy="`trigpoint data measures` lists them")
    if orgs is None:
        histories = _everybody(store, asked)
        notes: list[InputError] = []
    else:
        codes = list(dict.fromkeys(known_code(store, org) for org in orgs))
        found = [(one, code, _figures(store, one, code)) for one in asked for code in codes]
        histories = tuple(history_of_figures(figures, label=one.id) for one, _, figures in found if figures)
        notes = [_nothing(store, one, code) for one, code, figures in found if not figures]
    if not histories:
        names = listed([one.id for one in asked])
        who = f" of {listed(list(orgs))}" if orgs else ""
        raise InputError(f"the files here have no monthly figures of {names}{who}", remedy=_ADD)
    return PublishedSeries(histories, (*notes, *_told(histories)))


_ADD = "add the files of the months with `trigpoint data add`"


def published_book(
    store: Store,
    orgs: Sequence[str],
    *,
    year: FinancialYear | None = None,
    months_known: int = 5,
    measures: Sequence[str] = A_AND_E,
    years: int = 2,
    growth: Mapping[str, Uncertain] | Uncertain | None = None,
    draws: int = 4_000,
    seed: int = 2_017,
) -> ActivityBook:
    """The book of trusts of which only published figures are at hand, ready for ``run_model``.

    Each measure is a point of delivery, with its id for a code. ``year`` is the base year, of which ``months_known``
    are taken as known and the rest is forecast; the latest that has so many months of every series, unless given.
    Published months after them are kept for the back-test and for plan against actual. All other trusts in the files
    are the book's peers, so that the outturn is the one that ``trigpoint activity fot`` forecasts. ``growth`` is a rate
    a year for all, or one for each measure; without it do nothing is the forecast outturn. Months that are missing or
    suppressed have no row: ``published_notes`` says which and why. Raises ``InputError`` as
    ``histories_of_published``, and where no year can be the base.
    """
    found = histories_of_published(store, measures, orgs=orgs).histories
    own = {(one.organisation, one.label) for one in found}
    others = _everybody(store, [_counted(name) for name in measures])
    peers = _counts(one for one in others if (one.organisation, one.label) not in own)
    base = year or latest_base(found, months_known)
    settings = Settings(base, tuple(base + step for step in range(1, years + 1)), months_known, draws=draws, seed=seed)
    labels = tuple(dict.fromkeys(one.label for one in found))
    pods = tuple(map(_pod, labels))
    return ActivityBook(settings, _counts(found), growth=_growth(growth, labels), pods=pods, peers=peers)


def published_notes(store: Store, orgs: Sequence[str], measures: Sequence[str] = A_AND_E) -> tuple[InputError, ...]:
    """What is to be known of a trust's published figures: see ``PublishedSeries.notes``."""
    return histories_of_published(store, measures, orgs=orgs).notes


def months_from_april(histories: Sequence[History], year: FinancialYear) -> int:
    """How many months of a year every series has, from April on without a gap.

    >>> months_from_april([History("RNA", "", Month(2017, 4), (1.0,) * 20)], FinancialYear(2018))
    8
    """
    return min((_leading(one, year) for one in histories), default=0)


def latest_base(histories: Sequence[History], months_known: int) -> FinancialYear:
    """The latest year whose first ``months_known`` months every series has, or else most of the series.

    Raises ``InputError`` where no series has them in any year.

    >>> latest_base([History("RNA", "", Month(2017, 4), (1.0,) * 20)], 5)
    FinancialYear(first=2018)
    """
    firsts = [FinancialYear.of(one.first.start).first for one in histories]
    lasts = [FinancialYear.of((one.first + max(len(one.values) - 1, 0)).start).first for one in histories]
    years = [FinancialYear(at) for at in range(min(firsts), max(lasts) + 1)]
    able = {year: sum(_has(one, year, months_known) for one in histories) for year in years}
    most = max(able.values())
    if not most:
        what = f"no year has its first {count(months_known, 'month')} in the files"
        raise InputError(what, remedy=_ADD)
    return max(year for year, number in able.items() if number == most)


def back_test_years(histories: Sequence[History]) -> tuple[FinancialYear, ...]:
    """Years that a back-test can forecast: whole in some series that has the year before whole too."""
    found: set[FinancialYear] = set()
    for one in histories:
        first = FinancialYear.of(one.first.start).first
        last = FinancialYear.of((one.first + max(len(one.values) - 1, 0)).start).first
        whole = [FinancialYear(at) for at in range(first, last + 1) if _has(one, FinancialYear(at), 12)]
        found |= {year for year in whole if year - 1 in whole}
    return tuple(sorted(found))


def _has(history: History, year: FinancialYear, months: int) -> bool:
    return _leading(history, year) >= months


def _leading(history: History, year: FinancialYear) -> int:
    return next((at for at, value in enumerate(history.year(year)) if value is None), 12)


def _counted(name: str) -> PublishedMeasure:
    asked = measure(name)
    if asked.statistic is not Statistic.COUNT:
        what = f"{asked.id} is no count of activity, it is a {asked.statistic.value}"
        raise InputError(what, remedy=f"take a count, such as {listed(A_AND_E)}")
    return asked


def _figures(store: Store, asked: PublishedMeasure, code: str) -> tuple[PublishedFigure, ...]:
    """The figures of whole months; those of quarters or years are no activity of a month."""
    given = series(store, asked.id, code)
    return tuple(one for one in given if (one.start, one.end) == (Month.of(one.start).start, Month.of(one.start).end))


def _everybody(store: Store, asked: Sequence[PublishedMeasure]) -> tuple[History, ...]:
    """All providers at once, from one reading of the files."""
    parts = {term.part for one in asked for term in one.terms}
    frame = figures_frame(store.observations(parts=parts), asked).filter(
        pl.col("basis") == Basis.PROVIDER.value,
        pl.col("start") == pl.col("start").dt.month_start(),
        pl.col("end") == pl.col("start").dt.month_end(),
    )
    if frame.is_empty():
        return ()
    return histories_of_frame(frame, organisation="org", label="measure", month="start", reason="marker")


def _counts(histories: Iterable[History]) -> pl.DataFrame:
    rows = [
        (one.organisation, one.label, (one.first + at).start, value)
        for one in histories
        for at, value in enumerate(one.values)
        if value is not None
    ]
    return pl.DataFrame(rows, schema=COUNTS, orient="row")


def _pod(label: str) -> PodName:
    asked = measure(label)
    line = "E.M.12" if label.startswith("ae-attendances") else ""
    return PodName(label, asked.name, line, asked.unit)


def _growth(given: Mapping[str, Uncertain] | Uncertain | None, labels: Sequence[str]) -> tuple[Growth, ...]:
    if given is None:
        return ()
    rates = dict.fromkeys(labels, given) if isinstance(given, Uncertain) else dict(given)
    strangers = [label for label in rates if label not in labels]
    if strangers:
        what = f"growth is given for {listed(strangers)}, which is not in the book"
        raise InputError(what, remedy=f"it holds {listed(list(labels))}")
    return tuple(
        Growth(
            f"growth-{label}",
            GrowthKind.TREND,
            GrowthForm.RATE,
            rate,
            where=filters.Filter((filters.Condition("pod", filters.Asked.IN, (label,)),)),
            ramp=Ramp(shape=Shape.STEP),
            stated=Stated(name="Growth a year", source="given with the run"),
        )
        for label, rate in rates.items()
    )


def _nothing(store: Store, asked: PublishedMeasure, code: str) -> InputError:
    name = store.name_of(code) or code
    return InputError(f"the files here have no monthly {asked.id} of {name}", remedy=_ADD)


def _told(histories: Sequence[History]) -> list[InputError]:
    """Gaps of each series, and what became of each organisation while its figures were counted."""
    notes: list[InputError] = []
    spans: dict[str, tuple[Month, Month]] = {}
    latest = max(_last(one) for one in histories)
    for one in histories:
        notes += _gaps(one)
        first, last = spans.get(one.organisation, (one.first, _last(one)))
        spans[one.organisation] = min(first, one.first), max(last, _last(one))
    for code, (first, last) in spans.items():
        notes += _fate(code, first, last, latest)
    return notes


def _last(history: History) -> Month:
    return history.first + max(len(history.values) - 1, 0)


def _gaps(history: History) -> list[InputError]:
    by_reason: dict[str, list[Month]] = {}
    for at, value in enumerate(history.values):
        if value is None:
            month = history.first + at
            by_reason.setdefault(history.why_missing(month), []).append(month)
    notes = []
    for reason, months in by_reason.items():
        number = len(months)
        named = listed([month.label for month in months])
        span = f"{count(number, 'month')} from {months[0].label} to {months[-1].label}"
        what = (
            f"{history.name}: {named if number <= _NAMED else span} {verb(number, 'has', 'have')} no figure ({reason})"
        )
        notes.append(InputError(what, remedy=_ADD if reason == "missing" else None))
    return notes


def _fate(code: str, first: Month, last: Month, latest: Month) -> list[InputError]:
    """That an organisation ended, and that it took over or gave away services while it was counted."""
    place = load_national().find(code)
    if place is None:
        return []
    notes = []
    if place.valid_to is not None and place.valid_to < latest.end and last < latest:
        ended = f"{place.valid_to.day} {place.valid_to:%B %Y}"
        after = load_national().find(place.successor) if place.successor else None
        gone = f"; {after.name} ({after.code}) took over" if after is not None else ""
        remedy = f"ask for {after.code}" if after is not None else None
        notes.append(InputError(f"{code}: {place.name} ended on {ended}, and its series with it{gone}", remedy=remedy))
    for change in area_changes(code, first.start, last.end):
        day = f"{change.day.day} {change.day:%B %Y}"
        what = f"{code}: {place.name} {change.what} on {day}: months before and after it are not of the same services"
        notes.append(InputError(what))
    return notes
