"""Savings schemes: the board by stage with ratings, what they come to against the target, and one scheme by month."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from trigpoint.charts.finance.look import ACTUAL, BUDGET, FORECAST, RATINGS, TOTAL, UNRATED
from trigpoint.charts.finance.months import Bars, board, labels, months_spec
from trigpoint.charts.finance.panels import Panel, panels_spec
from trigpoint.charts.finance.pounds import Pounds
from trigpoint.charts.frame import clean, short
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.row import Badge, Frame, Lines, Mark, Row
from trigpoint.charts.strands import Strand
from trigpoint.finance.words import NOTHING, gbp_exact, gbp_words, share_words
from trigpoint.rounding import total
from trigpoint.wording import capital, count, plural

if TYPE_CHECKING:
    from trigpoint.finance.schemes.result import SchemeBook, SchemeYear

__all__ = ["scheme_months_picture", "schemes_picture"]

MOST_SCHEMES = 24
_ORDER = ("idea", "outline", "assessed", "approved", "live", "closed")


def schemes_picture(book: SchemeBook) -> Picture:
    """Above, what all schemes come to (plan, plan without double counting, risk-adjusted, forecast) against the target;
    beneath, each scheme by its stage: an empty box is the year's plan, a hollow diamond what it is worth by its
    probability, a solid point the forecast. Before the words stands its rating as a letter in a shape: R in a
    square, A in a diamond, G in a circle.

    Of more than twenty-four schemes the largest are drawn; the table has all, with tail, exit rate and the reasons.
    """
    title = f"Savings schemes, {book.year.label}"
    chosen = sorted(book.schemes, key=lambda one: (-abs(one.part_year_gbp), one.scheme.id))[:MOST_SCHEMES]
    finding = _finding(book)
    alt = f"Board of {count(len(book.schemes), 'scheme')}. {finding}"
    panels = [_whole(book), _board(chosen, book.schemes)] if book.schemes else []
    key = "Box: plan of the year. Hollow diamond: risk-adjusted. Point: forecast."
    key += f" The {MOST_SCHEMES} largest of {len(book.schemes)} are drawn." if len(book.schemes) > MOST_SCHEMES else ""
    spec = panels_spec(panels, title=title, finding=finding, key=key, description=alt,
                       empty="There is no scheme to draw")  # fmt: skip
    headers = ("Scheme", "Stage", "Rating", "Probability", "Full year", "This year’s plan", "Counted", "Risk-adjusted",
               "Actual to date", "Forecast", "Tail", "Exit rate", "Note")  # fmt: skip
    table = DataTable(f"{title}: every scheme", headers, (*map(_cells, book.schemes), *_total_cells(book)))
    return marked(Picture(spec, finding, alt, table), illustrative=book.illustrative or _invented(book.schemes))


def _invented(schemes: Sequence[SchemeYear]) -> bool:
    return any(one.scheme.stated.illustrative for one in schemes)


def name_of(one: SchemeYear) -> str:
    """The scheme's name on paper, or its id."""
    return short(one.scheme.stated.name or one.scheme.id, 90)


def _whole(book: SchemeBook) -> Panel:
    sums = [("Plan of the year", book.part_year_gbp), ("Counted once", book.counted_gbp),
            ("Risk-adjusted", book.risk_adjusted_gbp), ("Forecast", book.forecast_gbp)]  # fmt: skip
    if book.counted_gbp == book.part_year_gbp:
        del sums[1]
    pounds = Pounds.of([*(amount for _, amount in sums), book.target_gbp])
    target = pounds.at(book.target_gbp)
    lines = (Lines(target, f"Target {pounds.words(book.target_gbp)}", (5, 3)),) if target is not None else ()
    frame = Frame(pounds.ticks, "", lines=lines, from_zero=True, around=pounds.around)
    rows = [_sum_row(name, amount, book.target_gbp, pounds) for name, amount in sums]
    return "All schemes", rows, frame


def _sum_row(name: str, amount: Decimal, target: Decimal | None, pounds: Pounds) -> Row:
    value = pounds.at(amount)
    share = f", {_part(Fraction(amount) / Fraction(target))} of target" if target else ""
    bar = (0.0, value, FORECAST.colour if name == "Forecast" else TOTAL) if value is not None else None
    return Row(name, f"{pounds.words(amount)}{share}", bar, hatched=name == "Risk-adjusted", strong=name == "Forecast")


def _part(share: Fraction) -> str:
    """A share in per cent; what is nearly whole is not printed as if it were."""
    words = share_words(share, 0)
    return (
        words if words != "100%" or share == 1 else share_words(share, 1 if abs(share - 1) >= Fraction(1, 2000) else 3)
    )


def _stage(one: SchemeYear) -> str:
    return clean(one.scheme.stage).lower() or "no stage"


def _place(stage: str) -> tuple[int, str]:
    return (_ORDER.index(stage), "") if stage in _ORDER else (len(_ORDER), stage)


def _board(chosen: Sequence[SchemeYear], schemes: Sequence[SchemeYear]) -> Panel:
    pounds = Pounds.of([amount for one in chosen for amount in (one.part_year_gbp, one.forecast_gbp)])
    rows: list[Row] = []
    for stage in sorted({_stage(one) for one in chosen}, key=_place):
        own = [one for one in chosen if _stage(one) == stage]
        whole = [one for one in schemes if _stage(one) == stage]
        planned = gbp_words(total(one.part_year_gbp for one in whole))
        rows.append(Row(f"{capital(short(stage, 24))}: {count(len(whole), 'scheme')}, {planned}", strong=True))
        rows += [_row(one, pounds) for one in own]
    frame = Frame(pounds.ticks, "", words="Rating; forecast of plan", from_zero=True, around=pounds.around)
    return "Each scheme, by stage", rows, frame


def rating(one: SchemeYear) -> str:
    """The rating as its owner or the computation gives it: red, amber, green, or nothing."""
    return clean(one.rag or one.scheme.rag).lower()


def _row(one: SchemeYear, pounds: Pounds) -> Row:
    plan, forecast, weighted = (pounds.at(a) for a in (one.part_year_gbp, one.forecast_gbp, one.risk_adjusted_gbp))
    marks = [Mark(weighted, "diamond", BUDGET.colour, hollow=True)] if weighted is not None else []
    if forecast is not None:
        marks.append(Mark(forecast, "circle", FORECAST.colour))
    words = f"{pounds.words(one.forecast_gbp)} of {pounds.words(one.part_year_gbp)}"
    words += "" if one.scheme.identified else ", not identified"
    tip = f"{name_of(one)}: {words}, risk-adjusted {pounds.words(one.risk_adjusted_gbp)}"
    outline = (0.0, plan) if plan is not None else None
    badge = Badge(*RATINGS.get(rating(one), UNRATED))
    return Row(name_of(one), words, outline=outline, marks=tuple(marks), badge=badge, tip=tip)


def _finding(book: SchemeBook) -> str:
    if not book.schemes:
        return f"There is no savings scheme in {book.year.label}."
    said = f"{count(len(book.schemes), 'scheme')} {plural(len(book.schemes), 'plans', 'plan')} to save"
    said += f" {gbp_words(book.part_year_gbp)} in {book.year.label}"
    said += f", {gbp_words(book.risk_adjusted_gbp)} risk-adjusted; the forecast is {gbp_words(book.forecast_gbp)}"
    if book.brought_gbp:
        said += f", and earlier schemes add {gbp_words(book.brought_gbp)}"
    if book.target_gbp is not None:
        gap = book.forecast_gbp + book.brought_gbp - book.target_gbp
        apart = f"{gbp_words(gap.copy_abs())} {'above' if gap > 0 else 'below'}" if gap else "exactly"
        said += f", {apart} the target of {gbp_words(book.target_gbp)}"
    if not book.unidentified_gbp:
        return f"{said}."
    return f"{said}. Of the plan {gbp_words(book.unidentified_gbp)} is not identified."


def _cells(one: SchemeYear) -> tuple[str, ...]:
    scheme = one.scheme
    notes = [clean(one.rag_reason), clean(one.forecast_reason), "" if scheme.identified else "Not identified"]
    notes += [clean(gate.sentence) for gate in one.gates if not gate.passed]
    return (
        name_of(one), capital(_stage(one)), capital(rating(one)) or "Not rated", share_words(scheme.probability, 0),
        gbp_exact(scheme.full_year_effect_gbp), gbp_exact(one.part_year_gbp), gbp_exact(one.counted_gbp),
        gbp_exact(one.risk_adjusted_gbp), gbp_exact(one.actual_to_date_gbp), gbp_exact(one.forecast_gbp),
        gbp_exact(one.tail_gbp), gbp_exact(one.exit_gbp), " ".join(note for note in notes if note),
    )  # fmt: skip


def _total_cells(book: SchemeBook) -> list[tuple[str, ...]]:
    if not book.schemes:
        return []
    amounts = (book.full_year_gbp, book.part_year_gbp, book.counted_gbp, book.risk_adjusted_gbp)
    ends = (book.forecast_gbp, book.tail_gbp, book.exit_gbp)
    target = f"Target {gbp_exact(book.target_gbp)}" if book.target_gbp is not None else ""
    return [("All schemes", "", "", "", *map(gbp_exact, amounts), NOTHING, *map(gbp_exact, ends), target)]


def scheme_months_picture(scheme: SchemeYear) -> Picture:
    """One scheme by month: cumulative plan (broken), actual (solid) and forecast (dotted); beneath, what each month
    saves, solid where actual and hatched where forecast, with a stroke for its plan. The table has every month."""
    title = f"{name_of(scheme)}, {scheme.year.label}"
    months = scheme.months[:12]
    finding = _months_in_words(scheme)
    alt = f"Line chart of the scheme’s saving by month. {finding}"
    known = max((at + 1 for at, (_, actual, _) in enumerate(months) if actual is not None), default=0)
    here = [forecast if actual is None else actual for _, actual, forecast in months]
    plan, reached = _cumulative([month[0] for month in months]), _cumulative(here)
    pounds = Pounds.of([*plan, *reached])
    strands = _strands(plan, reached, known, pounds)
    bars = Bars(
        "Each month: saved (solid), forecast (hatched), plan (stroke)",
        here,
        [ACTUAL.colour if at < known else FORECAST.colour for at in range(len(months))],
        [at >= known for at in range(len(months))],
        [month[0] for month in months],
    )
    lines = (board(scheme.year, pounds, "Cumulative saving"), strands)
    spec = months_spec(lines, bars, title=title, finding=finding, key=clean(scheme.forecast_reason), description=alt)
    rows = [
        (label, gbp_exact(month[0]), gbp_exact(month[1]), gbp_exact(month[2]), gbp_exact(to_plan), gbp_exact(to_date))
        for label, month, to_plan, to_date in zip(labels(scheme.year), months, plan, reached, strict=False)
    ]
    headers = ("Month", "Plan", "Actual", "Forecast", "Plan, cumulative", "Actual or forecast, cumulative")
    table = DataTable(f"{title}: every month", headers, tuple(rows))
    return marked(Picture(spec, finding, alt, table), illustrative=scheme.scheme.stated.illustrative)


def _cumulative(amounts: Sequence[Decimal]) -> list[Decimal]:
    return [total(amounts[: at + 1]) for at in range(len(amounts))]


def _strands(plan: Sequence[Decimal], reached: Sequence[Decimal], known: int, pounds: Pounds) -> list[Strand]:
    if not plan:
        return []
    last = len(plan)
    planned, values = tuple(map(pounds.at, plan)), tuple(map(pounds.at, reached))
    ahead = tuple(value if at >= known - 1 else None for at, value in enumerate(values))
    done = tuple(value if at < known else None for at, value in enumerate(values))
    found = [Strand("Plan", planned, BUDGET, end=f"Plan {pounds.words(plan[-1])}", dots=frozenset(range(last)))]
    if known < last:
        words = f"Forecast {pounds.words(reached[-1])}"
        found.append(Strand("Forecast", ahead, FORECAST, end=words, dots=frozenset(range(known, last)), hollow=True))
    if known:
        words = "" if known < last else f"Actual {pounds.words(reached[-1])}"
        found.append(Strand("Actual", done, ACTUAL, end=words, dots=frozenset(range(known))))
    return found


def _months_in_words(one: SchemeYear) -> str:
    plan = f"{gbp_words(one.part_year_gbp)} planned for {one.year.label}"
    ahead = f"{name_of(one)}: {gbp_words(one.forecast_gbp)} of {plan} is forecast"
    if one.actual_to_date_gbp is None:
        return f"{ahead}; no month is actual yet."
    share = f" ({share_words(one.delivery_ratio, 0)})" if one.delivery_ratio is not None else ""
    saved = f"{gbp_words(one.actual_to_date_gbp)} of {gbp_words(one.plan_to_date_gbp)} planned so far is saved{share}"
    return f"{ahead}; {saved}."
