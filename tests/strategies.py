"""Hypothesis strategies for whole plans: every field, hostile texts, nothing that a workspace may not hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st

from trigpoint.frameworks import known_frameworks
from trigpoint.periods.calendar import CalendarYear, FinancialYear, Month, Quarter, RollingYears
from trigpoint.plans.model import (
    ActivityAssumption,
    Baseline,
    Comparator,
    Deliverable,
    FinanceLine,
    IndicatorRow,
    IndicatorTable,
    Lead,
    Link,
    Milestone,
    Objective,
    Plan,
    Polarity,
    Progress,
    Risk,
    RiskScore,
    Scope,
    SuccessMeasure,
    Target,
    Theme,
    TrajectoryRule,
    Update,
)
from trigpoint.plans.provenance import Provenance, Verdict

T = TypeVar("T")

# What breaks careless files: quotes, separators, line ends, formulas, escapes, mark-up, blanks, other scripts.
_NASTY = (
    "=1+1", "+44", "-5% a year", "@sum", "'", "''=x", "'quoted'", '"', 'say ""so""', "a,b", "a; b", "a\\; b", "\\",
    "line\nbreak", "carriage\rreturn", "\r\n", "\t tab", "  edges  ", ";", "; ", "é œ – ’", "مرحبا", "🏥", "＝1",
    "<script>alert(1)</script>", "{{ 7 * 7 }}", "&amp;", "\u00a0", "\u2028", "None", "yes", "0", "2.0", "#N/A",
)  # fmt: skip
_CHARACTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Cn"),
    include_characters="\t\n\r",
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",  # direction overrides are refused
)


def texts(min_size: int = 0) -> st.SearchStrategy[str]:
    """Any text that may stand in a plan."""
    return st.one_of(st.sampled_from(_NASTY), st.text(_CHARACTERS, min_size=min_size, max_size=30))


WORDS = texts()
SOME_WORDS = texts(1).filter(str.strip)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=None, min_value=-(10**12), max_value=10**12).map(
    lambda value: (
        Decimal(format(value, "f")) if abs(value.as_tuple().exponent) <= 12 else value.quantize(Decimal("0.01"))
    )
)
DATES = st.dates(date(1990, 1, 1), date(2060, 12, 31))
_YEARS = st.integers(1990, 2060)
YEAR_LABELS = _YEARS.map(lambda year: FinancialYear(year).label)
PERIODS = st.one_of(
    YEAR_LABELS,
    st.builds(lambda year, number: Quarter(FinancialYear(year), number).label, _YEARS, st.integers(1, 4)),
    st.builds(lambda year, number: Month(year, number).label, _YEARS, st.integers(1, 12)),
    _YEARS.map(lambda year: CalendarYear(year).label),
    _YEARS.map(lambda year: RollingYears(year, year + 2).label),
)
MOMENTS = st.one_of(st.just(""), PERIODS, DATES.map(date.isoformat))
TARGETS = st.lists(st.builds(Target, WORDS, NUMBERS, WORDS, st.sampled_from(Comparator), MOMENTS), max_size=2).map(
    tuple
)
BASELINES = st.one_of(
    st.none(),
    st.builds(Baseline, SOME_WORDS, st.none() | NUMBERS, WORDS),
    st.builds(Baseline, st.just(""), NUMBERS, WORDS),
)


LEADS = st.lists(st.builds(Lead, WORDS, WORDS, st.booleans()), max_size=2).map(tuple)
SCORES = st.none() | st.builds(RiskScore, st.none() | NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS, WORDS)
_RISK_WORDS = (
    "title", "text", "mitigation", "number", "category", "cause", "effect", "objective", "committee", "scale",
    "controls", "assurances", "gaps", "actions", "status",
)  # fmt: skip
PROVENANCES = st.builds(
    Provenance,
    item=SOME_WORDS,
    field=WORDS,
    document=WORDS,
    digest=WORDS,
    place=WORDS,
    words=WORDS,
    sureness=st.integers(0, 100).map(lambda share: share / 100),
    verdict=st.sampled_from([Verdict.ACCEPTED, Verdict.CORRECTED]),
    by=SOME_WORDS,
    on=DATES,
)


def _ids(prefix: str) -> st.SearchStrategy[list[str]]:
    return st.integers(0, 4).map(lambda count: [f"{prefix}{number}" for number in range(count)])


def _rows(draw: st.DrawFn, prefix: str, row: type[T], **fields: st.SearchStrategy[object]) -> tuple[T, ...]:
    return tuple(draw(st.builds(row, id=st.just(key), **fields)) for key in draw(_ids(prefix)))


@st.composite
def indicator_rows(draw: st.DrawFn) -> tuple[IndicatorRow, ...]:
    """Series of numbers, no two of one area and name."""
    keys = draw(st.lists(st.tuples(WORDS, WORDS), max_size=3, unique=True))
    values = st.dictionaries(st.just("") | PERIODS | WORDS, NUMBERS, max_size=3)
    return tuple(IndicatorRow(area, series, draw(values)) for area, series in keys)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A whole plan whose ids are unique and whose references hold."""
    themes = _rows(draw, "t", Theme, number=WORDS, title=WORDS)
    objectives = _rows(
        draw,
        "o",
        Objective,
        theme=st.sampled_from(["", *(row.id for row in themes)]),
        number=WORDS,
        title=WORDS,
        leads=LEADS,
        committees=st.lists(texts(1), max_size=3).map(tuple),
        baseline=BASELINES,
        summary=WORDS,
    )
    parts: dict[str, tuple[object, ...]] = {}
    if objectives:
        parts = _parts(draw, [row.id for row in objectives])
    indicators = _rows(
        draw,
        "i",
        IndicatorTable,
        title=SOME_WORDS,
        unit=WORDS,
        kind=st.sampled_from(["", "percentage", "rate", "count"]),
        polarity=st.sampled_from(Polarity),
        decimals=st.integers(0, 9),
        objective=st.sampled_from(["", *(row.id for row in objectives)]),
        source=WORDS,
        note=WORDS,
        rows=indicator_rows(),
    )
    rule = st.builds(TrajectoryRule, st.sampled_from([row.id for row in indicators] or [""]), WORDS, WORDS, SOME_WORDS)
    return Plan(
        title=draw(SOME_WORDS),
        organisation=draw(WORDS),
        years=tuple(draw(st.lists(YEAR_LABELS, max_size=2))),
        framework=draw(st.sampled_from(["", *known_frameworks()])),
        edition=draw(WORDS),
        as_at=draw(st.none() | DATES),
        notice=draw(WORDS),
        themes=themes,
        objectives=objectives,
        **parts,  # type: ignore[arg-type]
        indicators=indicators,
        trajectories=tuple(draw(st.lists(rule, max_size=2))) if indicators else (),
        risks=_rows(
            draw,
            "r",
            Risk,
            amount_gbp=st.none() | NUMBERS,
            leads=LEADS,
            **dict.fromkeys(("inherent", "current", "target"), SCORES),
            **dict.fromkeys(_RISK_WORDS, WORDS),
        ),
        finance=_rows(
            draw, "f", FinanceLine, group=WORDS, name=WORDS, period=WORDS, value=NUMBERS, unit=WORDS, requirement=WORDS
        ),
        activity=_rows(
            draw, "a", ActivityAssumption, kind=WORDS, pod=WORDS, name=WORDS, period=WORDS, value=NUMBERS, unit=WORDS
        ),
    )


def _parts(draw: st.DrawFn, objectives: list[str]) -> dict[str, tuple[object, ...]]:
    """What stands under objectives."""
    objective = st.sampled_from(objectives)
    commitment: dict[str, st.SearchStrategy[object]] = {
        "text": WORDS,
        "due": st.none() | DATES,
        "due_phrase": WORDS,
        "column": st.just("") | PERIODS,
        "scope": st.sampled_from(Scope),
        "area": WORDS,
        "targets": TARGETS,
        "number": WORDS,
        "detail": WORDS,
        "leads": LEADS,
        "partners": st.lists(texts(1), max_size=2).map(tuple),
    }
    deliverables = _rows(draw, "d", Deliverable, objective=objective, baseline=BASELINES, **commitment)
    # Pairs of an objective and one of its deliverables, or none.
    parents = [*((key, "") for key in objectives), *((row.objective, row.id) for row in deliverables)]

    def under(row: type[T], key: str, **fields: st.SearchStrategy[object]) -> T:
        parent, deliverable = draw(st.sampled_from(parents))
        return draw(
            st.builds(row, id=st.just(key), objective=st.just(parent), deliverable=st.just(deliverable), **fields)
        )

    milestones = tuple(under(Milestone, key, **commitment) for key in draw(_ids("m")))
    measures = tuple(under(SuccessMeasure, key, text=WORDS, targets=TARGETS) for key in draw(_ids("s")))
    link = st.builds(lambda parent, text: Link(parent[0], text, parent[1]), st.sampled_from(parents), SOME_WORDS)
    items = [row.id for row in (*deliverables, *milestones)]
    update = st.builds(
        Update,
        item=st.sampled_from(items or [""]),
        as_at=DATES,
        progress=st.sampled_from(Progress),
        done_on=st.none() | DATES,
        forecast=st.none() | DATES,
        note=WORDS,
        illustrative=st.booleans(),
        status=WORDS,
    )
    return {
        "deliverables": deliverables,
        "milestones": milestones,
        "measures": measures,
        "links": tuple(draw(st.lists(link, max_size=2))),
        "updates": tuple(draw(st.lists(update, max_size=3))) if items else (),
    }
