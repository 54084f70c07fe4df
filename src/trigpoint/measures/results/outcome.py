"""The results of a whole book: computed once, told measure by measure when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from trigpoint.errors import InputError
from trigpoint.measures.book.book import MeasureBook
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.results.arrays import Series
from trigpoint.measures.results.calculation import Calculated, calculated
from trigpoint.measures.results.cells import Key
from trigpoint.measures.results.comparing import Peers, grouped, peer_key, peers_of, standing_among
from trigpoint.measures.results.ladders import ladder
from trigpoint.measures.results.result import Direction, IndicatorResult, InequalityResult, MeasureResult
from trigpoint.measures.results.sentences import also_words, finding_of
from trigpoint.measures.results.summary import SummaryRow, summary_row
from trigpoint.measures.results.telling import (
    Periods,
    horizon_of,
    numbers_told,
    so_far,
    standings,
)
from trigpoint.measures.results.trends import recent_trends
from trigpoint.periods.calendar import FinancialYear
from trigpoint.places.matching import match
from trigpoint.plans.model import Plan
from trigpoint.plans.tables import nearest


class Results:
    """Every measure of a book. Values, intervals, targets and control charts are computed together when it is made;
    a :class:`MeasureResult` is put into words when it is asked for, once, so that page, chart, table and paper show the
    same object.
    """

    def __init__(self, made: Calculated) -> None:
        self._made = made
        self._measures: dict[int, MeasureResult] = {}
        self._peers: dict[tuple[str, ...], Peers | None] = {}
        self._indicators: dict[str, IndicatorResult] = {}

    @property
    def book(self) -> MeasureBook:
        """The book that these are the results of."""
        return self._made.book

    @property
    def plan(self) -> Plan | None:
        """The plan that the book belongs to, where one was given."""
        return self._made.plan

    def __len__(self) -> int:
        return len(self._by_indicator)

    def __iter__(self) -> Iterator[IndicatorResult]:
        return (self.indicator(indicator) for indicator in self._by_indicator)

    def __contains__(self, indicator: object) -> bool:
        return indicator in self._by_indicator

    @cached_property
    def _by_indicator(self) -> Mapping[str, tuple[Series, ...]]:
        found: dict[str, list[Series]] = {definition.id: [] for definition in self.book.definitions}
        for series in self._made.series:
            found[series.key.indicator].append(series)
        return {indicator: tuple(several) for indicator, several in found.items()}

    @cached_property
    def _trends(self) -> Mapping[int, Direction]:
        return recent_trends(self._made.series, self._made.arrays)

    @cached_property
    def home(self) -> str:
        """The code of the plan's organisation, "" where it is not known."""
        organisation = self.plan.organisation if self.plan else ""
        place = match(organisation, self.book.places).place if organisation else None
        return place.code if place is not None else ""

    @cached_property
    def _last_year(self) -> FinancialYear | None:
        return FinancialYear.of(self._made.ends) if self._made.ends else None

    @cached_property
    def _invented_targets(self) -> frozenset[Key]:
        return frozenset(Key(aim.indicator, aim.place, aim.group) for aim in self.book.aims if aim.illustrative)

    def _several(self, indicator: str) -> tuple[Series, ...]:
        if indicator not in self._by_indicator:
            near = nearest(indicator, tuple(self._by_indicator))
            remedy = f"did you mean “{near}”?" if near else "name one that the measures are listed with"
            raise InputError(f"there is no measure “{indicator}”", remedy=remedy)
        return self._by_indicator[indicator]

    def measure(self, indicator: str, place: str = "", group: str = "") -> MeasureResult:
        """One indicator in one place (its code; the main place by default) for one group.

        Raises InputError for an unknown indicator, and for a place or group without figures or targets of it.
        """
        several = self._several(indicator)
        found = self._main(indicator) if not place and not group else None
        if found is None:
            code = place or (main.key.place if (main := self._main(indicator)) else "")
            found = self._made.by_key.get(Key(indicator, code, group))
        if found is None:
            known = list(dict.fromkeys(each.key.place for each in several))
            what = f"“{indicator}” has no figures of “{place or 'any place'}”{f' for {group}' if group else ''}"
            remedy = f"it has those of {', '.join(known[:5])}" if known else "enter some"
            raise InputError(what, remedy=remedy)
        return self._told(found)

    def _main(self, indicator: str) -> Series | None:
        """The series of the place that the plan is of; without one, of the first place that no other contains."""
        several = self._several(indicator)
        everyone = [series for series in several if not series.key.group] or list(several[:1])
        own = [series for series in everyone if series.key.place == self.home]
        places = self.book.places

        def contained(series: Series) -> tuple[int, bool]:
            depth = len(places.ancestors(series.key.place)) if series.key.place in places else 0
            return depth, series.cells is None

        return next(iter(own), None) or min(everyone, key=contained, default=None)

    def _told(self, series: Series) -> MeasureResult:
        if series.at not in self._measures:
            self._measures[series.at] = self._tell(series)
        return self._measures[series.at]

    def _tell(self, series: Series) -> MeasureResult:
        made, standing = self._made, standings(series)
        spc, peers = made.charts.of(series), self._peers_of(series)
        among = standing_among(peers, series) if peers is not None else None
        numbers = numbers_told(series, horizon_of(series, self._last_year))
        periods = Periods(series, made.arrays, numbers)
        latest = periods[series.last - numbers.start] if series.last is not None else None
        return MeasureResult(
            series.definition,
            series.place,
            series.key.group,
            periods,
            latest,
            standing[0],
            spc,
            so_far(series),
            self._trends.get(series.at, Direction.CANNOT),
            among,
            finding_of(standing[0].finding, also_words(series.definition, standing), spc, among),
            self._problems_of(series),
            standing,
            series.cells.derived if series.cells else "",
            self._invented(series),
        )

    def _problems_of(self, series: Series) -> tuple[str, ...]:
        cells, goals, chart = series.cells, series.goals, self._made.charts.problems.get(series.at)
        told = (*(cells.problems if cells else ()), *(goals.problems if goals else ()), *((chart,) if chart else ()))
        return tuple(dict.fromkeys(told))

    @property
    def problems(self) -> tuple[str, ...]:
        """What could not be used of figures and targets: a sentence each, headed by measure, place and group."""
        return tuple(
            f"{', '.join(filter(None, (each.definition.label, each.place.name, each.key.group)))}: {problem}"
            for each in self._made.series
            for problem in self._problems_of(each)
        )

    def _invented(self, series: Series) -> bool:
        """Whether a figure of the series, or a target entered for it, is illustrative."""
        figures = series.cells.rows.values() if series.cells else ()
        return series.key in self._invented_targets or any(row.illustrative for row in figures)

    def _peers_of(self, series: Series) -> Peers | None:
        key = peer_key(series, series.definition.comparison, self.book.places)
        return None if key is None else self._peers_by(key, series.definition)

    def _peers_by(self, key: tuple[str, ...], definition: Definition) -> Peers | None:
        if key not in self._peers:
            for other, members in grouped(self._by_indicator[definition.id], self.book.places).items():
                self._peers[other] = peers_of(definition, members)
        return self._peers.setdefault(key, None)

    def indicator(self, indicator: str) -> IndicatorResult:
        """One indicator whole: its main place first, then its parts; funnels and the ladder where there are any.

        Raises InputError for an unknown indicator, with the nearest known one.
        """
        if indicator not in self._indicators:
            self._several(indicator)
            self._indicators[indicator] = self._whole(indicator)
        return self._indicators[indicator]

    def _whole(self, indicator: str) -> IndicatorResult:
        definition, main = self.book.by_id[indicator], self._main(indicator)
        several = self._by_indicator[indicator]
        parts = [each for each in several if not each.key.group and each is not main]
        groups = [each for each in several if main and each.key.group and each.key.place == main.key.place]
        told = self._told(main) if main is not None else None
        funnels = tuple(
            peers.funnel
            for key in grouped([each for each in several if not each.key.group], self.book.places)
            if (peers := self._peers_by(key, definition)) is not None and peers.funnel is not None
        )
        return IndicatorResult(
            definition,
            told,
            tuple(self._told(each) for each in parts),
            tuple(self._told(each) for each in groups if each is not main),
            funnels,
            self.inequality(indicator),
            told.finding if told is not None else "Nothing was entered yet.",
        )

    def inequality(self, indicator: str, place: str = "") -> InequalityResult | None:
        """The ladder of an indicator in one place (its code; the main place by default), ``None`` where it has none."""
        main, definition = self._main(indicator), self.book.by_id[indicator]
        if definition.inequality is None or (main is None and not place):
            return None
        code = place or (main.key.place if main else "")
        keys = [Key(indicator, code, group) for group in definition.inequality.groups]
        return ladder(definition, [self._made.by_key.get(key) for key in keys], self._made.arrays)

    def summary(
        self, *, place: str = "", tag: str = "", committee: str = "", objective: str = ""
    ) -> tuple[SummaryRow, ...]:
        """The integrated performance table: one row a measure, of its main place or of ``place`` (a code or a name).

        ``tag`` and ``objective`` keep the measures that have them; ``committee`` those of the objectives which that
        committee of the plan oversees. The rows are made of the same objects as :meth:`measure`.
        """
        return tuple(self.rows(place=place, tag=tag, committee=committee, objective=objective))

    def rows(self, *, place: str = "", tag: str = "", committee: str = "", objective: str = "") -> Iterator[SummaryRow]:
        """As :meth:`summary`, one row at a time."""
        code = self.code_of(place) if place else ""
        wanted = self._objectives(committee) if committee else None
        for indicator, several in self._by_indicator.items():
            definition = self.book.by_id[indicator]
            if tag and tag.lower() not in (each.lower() for each in definition.tags):
                continue
            if (objective and definition.objective != objective) or (
                wanted is not None and definition.objective not in wanted
            ):
                continue
            series = self._made.by_key.get(Key(indicator, code, "")) if code else self._main(indicator)
            if series is not None and several:
                yield summary_row(self._told(series))

    def code_of(self, place: str) -> str:
        """The code of a place by its code, name or alias. Raises InputError with the nearest place where it is none."""
        if place in self.book.places or any(series.key.place == place for series in self._made.series):
            return place
        found = match(place, self.book.places)
        if found.place is None or not found.sure:
            near = f"did you mean “{found.candidates[0][0].name}”?" if found.candidates else "see places.csv"
            raise InputError(f"there is no place “{place}”", remedy=near)
        return found.place.code

    def _objectives(self, committee: str) -> frozenset[str]:
        """The objectives that a committee of the plan oversees."""
        if self.plan is None:
            return frozenset()
        return frozenset(
            each.id for each in self.plan.objectives if committee.lower() in map(str.lower, each.committees)
        )


def measure_results(book: MeasureBook, plan: Plan | None = None) -> Results:
    """Everything that a book's figures say, from one calculation.

    ``plan`` adds its organisation (the main place), its years (how far standards are told), its framework (the
    standards that a rule may name) and its committees. Figures of a place that enters none are added up from its parts;
    small numbers are hidden with what would give them away (``docs/measures.md``). A bad figure costs its own period a
    value, with the reason, and nothing else. Source of the methods: ``docs/methods-statistics.md``,
    ``docs/methods-spc.md``, ``docs/methods-funnels.md``.

    >>> from decimal import Decimal
    >>> from trigpoint.measures.book.book import Actual, Aim, AimKind
    >>> from trigpoint.measures.definitions.definition import PeriodType, Statistic
    >>> share = Definition("ae", "1", "A&E", Statistic.PROPORTION, PeriodType.MONTH, "%", multiplier=100)
    >>> actual = Actual("ae", "05C", "November 2017", Decimal(950), Decimal(1000))
    >>> target = Aim("ae", "05C", AimKind.PLAN, "November 2017", Decimal(92))
    >>> measure_results(MeasureBook((share,), (actual,), (target,))).measure("ae").finding
    'November 2017: 95.0%, 3.0 percentage points above the plan’s target of 92.0%.'
    """
    return Results(calculated(book, plan))
