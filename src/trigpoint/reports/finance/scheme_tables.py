"""Schemes, risks and their draws as printed tables."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.risks.result import RiskDraws, RiskPosition
from trigpoint.finance.schemes.result import SchemeBook, SchemeYear
from trigpoint.finance.words import NOTHING, MoneyForm, gbp_whole
from trigpoint.reports.blocks import Table
from trigpoint.reports.finance.words import (
    STAR,
    amounts,
    column,
    money_form,
    named,
    number,
    share,
    whole_share,
    wide_form,
    yes_no,
)
from trigpoint.wording import capital, listed


def schemes_table(book: SchemeBook) -> Table:
    """Each scheme's year, and the sums: full and part-year effect, risk-adjusted, forecast, tail, stage and rating.

    Each column adds up as it is printed.
    """
    columns = tuple(zip(*(_values(one) for one in book.schemes), strict=True))
    form = wide_form(value for values in columns for value in values)
    printed = zip(*(column(values, form) for values in columns), strict=True)
    names = [*(_names(one) for one in book.schemes), ("All schemes", "", "", "")]
    rows = tuple((*name, *cells) for name, cells in zip(names, printed, strict=False))
    headers = (
        "Scheme", "Stage", "Rating", "Likely", "Full year", "This year", "Weighted", "Forecast", "Tail",
    )  # fmt: skip
    widths = (22, 9, 9, 8, 11, 11, 11, 11, 8)
    return Table(f"Schemes {book.year}{STAR if book.illustrative else ''}", headers, rows, widths)


def scheme_table(one: SchemeYear) -> Table:
    """One scheme in one year, with the reasons of its rating and forecast."""
    lines: list[tuple[str, Decimal | None]] = [
        ("Full-year effect", one.scheme.full_year_effect_gbp),
        ("Part-year effect", one.part_year_gbp),
        ("Net of investment", one.net_gbp),
        ("Risk-adjusted", one.risk_adjusted_gbp),
        ("Counted once, without double counting", one.counted_gbp),
        ("Plan to date", one.plan_to_date_gbp),
        ("Actual to date", one.actual_to_date_gbp),
        ("Forecast", one.forecast_gbp),
        ("Tail into the next year", one.tail_gbp),
        ("Recurrent rate at the year’s end", one.exit_gbp),
    ]
    told = [(name, value) for name, value in lines if value is not None]
    rows = [*zip((name for name, _ in told), amounts([value for _, value in told]), strict=True)]
    words = (
        ("Stage", capital(one.scheme.stage)),
        ("Rating", ": ".join(part for part in (capital(one.rag or one.scheme.rag), one.rag_reason) if part)),
        ("Reason of the forecast", one.forecast_reason),
        ("Lead", one.scheme.lead),
        ("Rests on the activity of", listed(list(one.scheme.activity))),
        ("Saves on the contract", one.scheme.contract),
        ("Deliverable", one.scheme.deliverable),
        ("Measure", one.scheme.measure),
        *((f"Gate: {gate.name or gate.gate}", gate.sentence or yes_no(gate.passed)) for gate in one.gates),
    )
    rows += [(name, text) for name, text in words if text]
    return Table(f"{named(one.scheme.id, one.scheme.stated)}, {one.year}", ("Item", "Amount"), tuple(rows), (45, 55))


def _names(one: SchemeYear) -> tuple[str, ...]:
    scheme = one.scheme
    name = named(scheme.id, scheme.stated) + ("" if scheme.identified else " (unidentified)")
    return name, capital(scheme.stage), capital(one.rag or scheme.rag) or NOTHING, whole_share(scheme.probability)


def _values(one: SchemeYear) -> tuple[Decimal, ...]:
    return (
        one.scheme.full_year_effect_gbp,
        one.part_year_gbp,
        one.risk_adjusted_gbp,
        one.forecast_gbp,
        one.tail_gbp,
    )


def scheme_sums_table(book: SchemeBook) -> Table:
    """What the schemes come to against the plan's target, net, without double counting, and at the year's end."""
    lines: list[tuple[str, Decimal | None]] = [
        ("Target of the plan", book.target_gbp),
        ("Full-year effect", book.full_year_gbp),
        ("Part-year effect", book.part_year_gbp),
        ("Net of investment", book.net_gbp),
        ("Counted once, without double counting", book.counted_gbp),
        ("Risk-adjusted", book.risk_adjusted_gbp),
        ("Forecast", book.forecast_gbp),
        ("Without a scheme yet", book.unidentified_gbp),
        ("Tail into the next year", book.tail_gbp),
        ("Recurrent rate at the year’s end", book.exit_gbp),
    ]
    told = [(name, value) for name, value in lines if value is not None]
    rows = tuple((name, gbp_whole(value)) for name, value in told)
    return Table(f"What the schemes come to, {book.year}", ("Item", "Amount"), rows, (70, 30))


def stages_table(book: SchemeBook) -> Table:
    """How many schemes stand at each stage, and what they save this year."""
    printed = amounts([gbp for _, _, gbp in book.by_stage])
    rows = tuple(
        (capital(stage), str(number), words)
        for (stage, number, _), words in zip(book.by_stage, printed, strict=True)
    )  # fmt: skip
    return Table(f"Schemes by stage, {book.year}", ("Stage", "Schemes", "Part-year effect"), rows, (40, 20, 40))


def gates_table(book: SchemeBook) -> Table:
    """The gates that a scheme's stage asks for and that it has not passed."""
    rows = tuple(
        (named(one.scheme.id, one.scheme.stated), gate.name or gate.gate, gate.sentence or "not passed")
        for one in book.schemes
        for gate in one.gates
        if not gate.passed
    )
    return Table(f"Gates not passed, {book.year}", ("Scheme", "Gate", "Standing"), rows, (26, 24, 50))


def risks_table(position: RiskPosition) -> Table:
    """Each risk and mitigation with its size, probability and expected size."""
    form = money_form(value for one in position.risks for value in (one.risk.gbp, one.weighted_gbp))
    rows = [
        (
            named(one.risk.id, one.risk.stated),
            capital(one.risk.kind.value),
            form.words(one.risk.gbp),
            whole_share(one.risk.probability),
            form.words(one.weighted_gbp),
            yes_no(one.counted) if one.counted or not one.reason else f"no: {one.reason}",
        )
        for one in position.risks
    ]
    headers = ("Risk", "Kind", "Size", "Probability", "Expected", "Counted")
    mark = STAR if position.illustrative else ""
    return Table(f"Risks and mitigations {position.year}{mark}", headers, tuple(rows), (30, 12, 15, 11, 15, 17))


def risk_sums_table(position: RiskPosition) -> Table:
    """Gross, weighted, mitigated and net; and the outturn surplus of each case."""
    lines: list[tuple[str, Decimal | None]] = [
        ("All risks at their size", position.gross_gbp),
        ("Risks weighted by probability", position.weighted_gbp),
        ("Mitigations weighted by probability", position.mitigated_gbp),
        ("Net risk", position.net_gbp),
        ("Planned surplus", position.planned_surplus_gbp),
        ("Surplus, best case", position.best_gbp),
        ("Surplus, likely case", position.likely_gbp),
        ("Surplus, risk-adjusted", position.risk_adjusted_gbp),
        ("Surplus, worst case", position.worst_gbp),
    ]
    told = [(name, value) for name, value in lines if value is not None]
    rows = zip((name for name, _ in told), amounts([value for _, value in told]), strict=True)
    return Table(f"Net risk and cases, {position.year}", ("Item", "Amount"), tuple(rows), (70, 30))


def correlations_table(book: FinanceBook, position: RiskPosition) -> Table:
    """The year's risks that are told to go together, as the draws take them; no rows where none are."""
    names = {one.risk.id: named(one.risk.id, one.risk.stated) for one in position.risks}
    rows = tuple(
        (names[one.first], names[one.second], number(one.value), one.stated.note or one.stated.source)
        for one in book.correlations
        if one.first in names and one.second in names
    )
    headers = ("Risk", "Goes with", "Correlation", "Basis")
    return Table(f"Risks that go together, {position.year}", headers, rows, (32, 28, 12, 28))


def draws_table(draws: RiskDraws) -> Table:
    """The drawn outturn surplus: mean, quantiles, and the probability of the control total."""
    values = [draws.mean_gbp, *(gbp for _, gbp in draws.quantiles_gbp)]
    names = ["Mean", *(f"{share(at)} of draws are below" for at, _ in draws.quantiles_gbp)]
    rows = list(zip(names, map(gbp_whole, values), strict=True))
    if draws.probability is not None:
        error = f" ± {share(2 * draws.probability_error, 2)}" if draws.probability_error else ""
        total = amounts([draws.control_total_gbp])[0]
        rows.append((f"Probability of the control total ({total})", f"{share(draws.probability, 1)}{error}"))
    return Table(f"Outturn surplus {draws.year} over {draws.draws:,} draws", ("Item", "Amount"), tuple(rows), (60, 40))


def movers_table(draws: RiskDraws) -> Table:
    """What moves the outturn most: its mean where a risk happens and where it does not."""
    form = MoneyForm(0, "", 0)  # drawn: no penny of it is certain
    rows = tuple(
        (
            one.name or one.risk,
            form.words(one.if_it_happens_gbp),
            form.words(one.if_not_gbp),
            form.change(one.swing_gbp),
            share(one.share, 1),
        )
        for one in draws.movers
    )
    headers = ("Risk", "Surplus if it happens", "Surplus if not", "Swing", "Of the variance")
    return Table(f"What moves the outturn most, {draws.year}", headers, rows, (32, 19, 18, 17, 14))
