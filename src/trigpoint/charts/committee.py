"""All measures of one committee in one picture: a small panel each, with latest figure, target and both icons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from trigpoint.charts.committee_drawing import Panel, committee_spec
from trigpoint.charts.courses import course_of, measure_title
from trigpoint.charts.frame import clean
from trigpoint.charts.icons.drawing import ASSURANCE_ICONS, VARIATION_ICONS, assurance_words, variation_words
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.upright import NOTHING
from trigpoint.measures.results.result import MeasureResult
from trigpoint.measures.spc.control import Assurance, Variation
from trigpoint.measures.standing import Judgement
from trigpoint.wording import capital, count, listed, verb

__all__ = ["MOST_MEASURES", "committee_picture"]

MOST_MEASURES = 40
_CONCERN = frozenset({Variation.CONCERN_HIGH, Variation.CONCERN_LOW})
_IMPROVEMENT = frozenset({Variation.IMPROVEMENT_HIGH, Variation.IMPROVEMENT_LOW})


def committee_picture(results: Sequence[MeasureResult], *, title: str, columns: int = 3) -> Picture:
    """A grid of small charts, one for each measure, readable on one page: name, latest figure with its period, target,
    variation and assurance.

    The measures stand in the order given, row by row. Of more than 40 the first 40 are drawn, and the text alternative
    says so; the finding counts all and the table lists all. Each panel has its own scale. Points of special cause are
    marked by shape and colour as on the measure's own control chart, limits are a pale band, the target is broken.
    """
    shown = results[:MOST_MEASURES]
    one_place = len({(result.place.code, result.group) for result in results}) == 1
    name, finding = clean(title), _finding(results)
    drawn = f"{len(shown)} of {len(results)}" if len(shown) < len(results) else str(len(shown))
    alt = f"{drawn} small {'chart' if len(results) == 1 else 'charts'} of measures: {name}. {finding}"
    panels = [_panel(result, one_place) for result in shown]
    few = f"{drawn} are drawn." if len(shown) < len(results) else ""
    spec = committee_spec(panels, columns, title=name, finding=f"{finding} {few}".strip(), description=alt)
    headers = ("Measure", "Period", "Latest", "Target", "Standing", "Variation", "Assurance")
    table = DataTable(f"{name}: every measure", headers, tuple(_row(result) for result in results))
    picture = Picture(spec, finding, alt, table)
    return marked(picture, illustrative=any(result.illustrative for result in results))


def _finding(results: Sequence[MeasureResult]) -> str:
    if not results:
        return "No measure belongs here."
    variations = Counter(_variation(result) for result in results)
    assurances = Counter(_assurance(result) for result in results)
    missed = sum(result.standing.judgement is Judgement.MISSED for result in results)
    concern, improvement = (sum(variations[each] for each in kinds) for kinds in (_CONCERN, _IMPROVEMENT))
    hopeless = assurances[Assurance.CONSISTENTLY_MISS]
    counted = (
        (missed, "missed the target in the latest period"),
        (concern, f"{verb(concern, 'shows', 'show')} special cause of concern"),
        (improvement, f"{verb(improvement, 'shows', 'show')} special cause of improvement"),
        (hopeless, "cannot be expected to meet the target unless the process changes"),
    )
    told = [f"{number} {words}" for number, words in counted if number]
    whole = count(len(results), "measure")
    return f"{whole}: {listed(told)}." if told else f"{whole}, none of concern."


def _variation(result: MeasureResult) -> Variation:
    return result.spc.variation if result.spc else Variation.TOO_FEW


def _assurance(result: MeasureResult) -> Assurance:
    return result.spc.assurance if result.spc else Assurance.TOO_FEW


def _latest(result: MeasureResult) -> tuple[str, str]:
    return (clean(result.latest.period.label), clean(result.latest.shown)) if result.latest else (NOTHING, NOTHING)


def _panel(result: MeasureResult, one_place: bool) -> Panel:
    period, shown = _latest(result)
    course = course_of(result)
    target = f"target {course.text(result.standing.target)}" if result.standing.target is not None else "no target"
    under = f"{period}, {target}" if result.latest else "No figure yet"
    icons = (VARIATION_ICONS[_variation(result)], ASSURANCE_ICONS[_assurance(result)]) if result.spc else ()
    # Where all are of one place, its name in every panel would only push the measure's own aside.
    name = clean(result.definition.label) if one_place else measure_title(result, short=True)
    return Panel(name, shown, under, icons, course, result.spc)


def _row(result: MeasureResult) -> tuple[str, ...]:
    target = course_of(result).text(result.standing.target)
    words = (variation_words(_variation(result)), assurance_words(_assurance(result))) if result.spc else ("–", "–")
    return (measure_title(result), *_latest(result), target, capital(result.standing.judgement.value), *words)
