"""The part of a paper on measures with figures of their own: the performance table, one picture, the exceptions.

Loaded only for a plan that has such figures: the calculation needs libraries that other papers do without.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from trigpoint.charts.committee import MOST_MEASURES, committee_picture
from trigpoint.charts.course import course_picture
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.spc import measure_spc_picture
from trigpoint.charts.upright import NOTHING
from trigpoint.errors import InputError
from trigpoint.measures.book.printed import PRINTED
from trigpoint.measures.results import Results
from trigpoint.measures.results.result import MeasureResult
from trigpoint.measures.results.sentences import VARIATION_WORDS
from trigpoint.measures.results.summary import summary_row
from trigpoint.measures.spc.control import Variation
from trigpoint.measures.standing import Judgement
from trigpoint.places.model import ENGLAND
from trigpoint.reports.blocks import Block, Figure, Heading, Paragraph, Points, Table, Tone
from trigpoint.reports.committee import WHOLE_PLAN, Remit
from trigpoint.wording import capital, count, verb

ILLUSTRATIVE = (
    "The figures of measures marked * are illustrative: some or all of them were invented to demonstrate the paper "
    "and are no record."
)
MOST_CHARTS = 6
MOST_POINTS = 13  # a year and the month that it is compared with
MOST_ROWS = 60
_CONCERNS = (Variation.CONCERN_HIGH, Variation.CONCERN_LOW)
_NO_CHART = "No control chart"


@dataclass(frozen=True)
class Measured:
    """The measures of a committee that have figures, and how many have none yet; exceptions stand first."""

    remit: Remit
    results: Results

    @cached_property
    def _wanted(self) -> tuple[str, ...]:
        """Ids in the order of the plan's objectives; a table that the plan prints has a section of its own."""
        order = {row.id: at for at, row in enumerate(self.remit.objectives)}
        rows = [row for row in self.results.book.definitions if PRINTED not in row.tags]
        own = [row for row in rows if row.objective in order or not self.remit.committee]
        return tuple(row.id for row in sorted(own, key=lambda row: order.get(row.objective, len(order))))

    @cached_property
    def measures(self) -> tuple[MeasureResult, ...]:
        """What is missed with special cause of concern, what is missed, what is of concern, then the rest."""
        found = (self._measure(key) for key in self._wanted)
        return tuple(sorted((each for each in found if each is not None and each.latest), key=_rank))

    def _measure(self, key: str) -> MeasureResult | None:
        try:
            return self.results.measure(key)
        except InputError:  # defined, and nothing entered
            return None

    @property
    def without_figures(self) -> int:
        """How many measures are defined and not yet counted."""
        return len(self._wanted) - len(self.measures)

    @cached_property
    def missed(self) -> frozenset[str]:
        """The measures whose latest figure misses its target."""
        return frozenset(each.definition.id for each in self.measures if _is_missed(each))

    @cached_property
    def worrying(self) -> tuple[MeasureResult, ...]:
        """The measures that show special cause of concern."""
        return tuple(each for each in self.measures if _is_concern(each))

    @cached_property
    def exceptions(self) -> tuple[MeasureResult, ...]:
        """The measures that are missed or of concern."""
        return tuple(each for each in self.measures if _is_missed(each) or _is_concern(each))

    @cached_property
    def invented(self) -> frozenset[str]:
        """The measures of which any figure or target was invented."""
        book = self.results.book
        told = frozenset(row.indicator for rows in (book.actuals, book.aims) for row in rows if row.illustrative)
        return told & {each.definition.id for each in self.measures}

    def name(self, measure: MeasureResult) -> str:
        """What a measure is called: with England where only its figure is known, with a sign where any is invented."""
        of = f", {measure.place.name}" if measure.place.code == ENGLAND != self.results.home else ""
        return f"{measure.definition.label}{of}{' *' if measure.definition.id in self.invented else ''}"


def _is_missed(measure: MeasureResult) -> bool:
    return measure.standing.judgement is Judgement.MISSED


def _is_concern(measure: MeasureResult) -> bool:
    return measure.spc is not None and measure.spc.variation in _CONCERNS


def _rank(measure: MeasureResult) -> int:
    return 3 - 2 * _is_missed(measure) - _is_concern(measure)


def measured_blocks(of: Measured) -> Iterator[Block]:
    """The section on the committee's measures; where it has none, a sentence that says so."""
    yield Heading("The committee’s measures" if of.remit.committee else "The plan’s measures")
    if not of.measures:
        yield Paragraph(_nothing(of))
        return
    picture = committee_picture(of.measures, title=of.remit.committee or WHOLE_PLAN)
    yield Paragraph(picture.finding)
    if of.invented:
        yield Paragraph(ILLUSTRATIVE, Tone.NOTICE)
    yield from _performance(of)
    few = f", the first {MOST_MEASURES} of {len(of.measures):,}" if len(of.measures) > MOST_MEASURES else ""
    yield Figure(picture, f"The measures in one picture{few}{_invented_words(bool(of.invented))}", tabled=True)
    yield from _exceptions(of)


def _nothing(of: Measured) -> str:
    if not of.without_figures:
        return "No measure with figures serves an objective of this committee."
    return f"Nothing has been entered yet for {count(of.without_figures, 'measure')} of this committee."


def _invented_words(invented: bool) -> str:
    return " (illustrative figures)" if invented else ""


def _performance(of: Measured) -> Iterator[Block]:
    shown = of.measures[:MOST_ROWS]
    if len(shown) < len(of.measures):
        yield Paragraph(
            f"The first {len(shown)} of {len(of.measures):,} are shown, what is missed or of concern first."
        )
    headers = ("Measure", "Latest", "Target", "Variation", "Assurance", "What it says")
    rows = tuple(_row(each, of) for each in shown)
    yield Table("Latest figure of each measure, what is missed or of concern first", headers, rows,
                (20, 14, 9, 15, 15, 27))  # fmt: skip
    if of.without_figures:
        yield Paragraph(f"Nothing has been entered yet for {count(of.without_figures, 'more measure')}.")


def _row(measure: MeasureResult, of: Measured) -> tuple[str, ...]:
    row = summary_row(measure)
    return (
        of.name(measure),
        f"{row.latest} ({row.period})" if row.period else row.latest,
        row.target or NOTHING,
        capital(VARIATION_WORDS[row.variation]) if row.variation else _NO_CHART,
        capital(row.assurance.value) if row.assurance else NOTHING,
        row.sentence,
    )


def _exceptions(of: Measured) -> Iterator[Block]:
    if not of.exceptions:
        yield Paragraph("No measure is missed, and none shows special cause of concern.")
        return
    shown = of.exceptions[:MOST_CHARTS]
    if len(shown) < len(of.exceptions):
        rest = len(of.exceptions) - len(shown)
        told = f"{count(rest, 'more measure')} {verb(rest, 'is', 'are')} missed or of concern"
        yield Paragraph(f"The charts of {len(shown)} measures follow; {told} and told in the table alone.")
    for measure in shown:
        yield from _chart(measure, of)


def _chart(measure: MeasureResult, of: Measured) -> Iterator[Block]:
    """The measure's control chart, or its course where it is not put on one."""
    drawn = measure_spc_picture(measure)
    kind = "control chart" if drawn else "course against target"
    picture = _shortened(drawn or course_picture(measure))
    label = measure.definition.label
    yield Heading(of.name(measure), level=3)
    yield Paragraph(_finding(measure, picture))
    yield Figure(picture, f"{label}: {kind}{_invented_words(measure.definition.id in of.invented)}")
    cautions = (*measure.problems, *(measure.spc.warnings if measure.spc else ()))
    if cautions:
        yield Points(cautions)


def _finding(measure: MeasureResult, picture: Picture) -> str:
    """How it stands and what the control chart says; of a measure without one these are the same words."""
    return " ".join(dict.fromkeys(part for part in (measure.standing.finding, picture.finding) if part))


def _shortened(picture: Picture) -> Picture:
    """The picture with a table of its last known points, without the columns that are empty in all of them."""
    table = picture.table
    known = [at for at, row in enumerate(table.rows) if row[1] != NOTHING]
    end = known[-1] + 1 if known else len(table.rows)
    rows = table.rows[max(0, end - MOST_POINTS) : end]
    kept = [at for at, _ in enumerate(table.headers) if at < 2 or any(row[at] not in ("", NOTHING) for row in rows)]
    caption = table.caption
    if len(rows) < len(table.rows):
        caption = f"{caption.rpartition(':')[0]}: the last {count(len(rows), 'point')}"
    return replace(
        picture, table=DataTable(caption, _cells(table.headers, kept), tuple(_cells(row, kept) for row in rows))
    )


def _cells(row: Sequence[str], kept: Sequence[int]) -> tuple[str, ...]:
    return tuple(row[at] for at in kept)
