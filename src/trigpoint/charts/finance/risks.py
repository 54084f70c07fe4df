"""Risks and mitigations: gross, weighted and net; and the outturn as drawn, with what moves it most."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from trigpoint.charts.finance.look import FORECAST, LESS, MORE, TOTAL
from trigpoint.charts.finance.panels import Panel, panels_spec
from trigpoint.charts.finance.pounds import Pounds
from trigpoint.charts.frame import clean, short
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.row import Frame, Lines, Mark, Row
from trigpoint.charts.rows import rows_spec
from trigpoint.finance.book.book import RiskKind
from trigpoint.finance.words import gbp_exact, gbp_words, share_words
from trigpoint.wording import capital, count

if TYPE_CHECKING:
    from trigpoint.finance.risks.result import Mover, RiskDraws, RiskPosition, WeightedRisk

__all__ = ["risks_picture", "tornado_picture"]

MOST_RISKS = 20
MOST_MOVERS = 12


def risks_picture(position: RiskPosition) -> Picture:
    """Risks to the right, mitigations to the left: an empty box is the whole size, the filled part what is expected of
    it (risks solid, mitigations hatched), at the right size × probability; then the net. Beneath, the outturn surplus
    at best, as likely, risk-adjusted and at worst, against the plan's and against breaking even.

    A mitigation that is not counted has its box alone and says so. The twenty largest are drawn; the table has all.
    """
    title = f"Risks and mitigations, {position.year.label}"
    chosen = sorted(position.risks, key=lambda one: (-one.risk.gbp, one.risk.id))[:MOST_RISKS]
    finding = _finding(position)
    alt = f"Bar chart of risks and mitigations. {finding}"
    panels = [_sizes(position, chosen), *_cases(position)] if position.risks else []
    key = "Box: whole size. Filled: size × probability."
    key += f" The {MOST_RISKS} largest of {len(position.risks)} are drawn." if len(position.risks) > MOST_RISKS else ""
    spec = panels_spec(panels, title=title, finding=finding, key=key, description=alt,
                       empty="There is no risk and no mitigation")  # fmt: skip
    headers = ("Name", "Kind", "Size", "Probability", "Expected", "Counted", "Owner")
    table = DataTable(f"{title}: every one", headers, (*map(_cells, position.risks), *_totals(position)))
    invented = position.illustrative or any(one.risk.stated.illustrative for one in position.risks)
    return marked(Picture(spec, finding, alt, table), illustrative=invented)


def _name(one: WeightedRisk) -> str:
    return clean(one.risk.stated.name or one.risk.id)


def _sizes(position: RiskPosition, chosen: Sequence[WeightedRisk]) -> Panel:
    pounds = Pounds.of([*(one.risk.gbp for one in chosen), position.net_gbp])
    rows: list[Row] = []
    for kind, heading in ((RiskKind.RISK, "Risks"), (RiskKind.MITIGATION, "Mitigations")):
        own = [one for one in chosen if one.risk.kind is kind]
        rows += [Row(heading, strong=True), *(_row(one, pounds) for one in own)] if own else []
    net = pounds.at(position.net_gbp)
    words = f"{pounds.change(position.net_gbp)} expected"
    rows.append(Row("Net of mitigations", words, (0.0, net or 0.0, TOTAL), strong=True))
    frame = Frame(pounds.ticks, "", words="Size × probability", lines=(Lines(0.0, ""),), signed=True,
                  from_zero=True, around=pounds.around)  # fmt: skip
    return "What each could cost (+) or give back (−)", rows, frame


def _row(one: WeightedRisk, pounds: Pounds) -> Row:
    sign = 1 if one.risk.kind is RiskKind.RISK else -1
    gross, weighted = pounds.at(sign * one.risk.gbp), pounds.at(sign * one.weighted_gbp.copy_abs())
    size, chance = pounds.words(one.risk.gbp), share_words(one.risk.probability, 0)
    part = 0 < one.counted_gbp < one.risk.gbp
    begin = f"{pounds.words(one.counted_gbp)} of {size}" if part else size
    words = f"{begin} × {chance} = {pounds.words(one.weighted_gbp.copy_abs())}"
    if not one.counted:
        words = f"{size}, not counted{f' ({clean(one.reason)})' if 0 < len(one.reason) < 40 else ''}"
    bar = (0.0, weighted, MORE if sign > 0 else LESS) if weighted and one.counted else None
    outline = (0.0, gross) if gross else None
    return Row(_name(one), words, bar, outline=outline, hatched=sign < 0, tip=f"{_name(one)}: {words}")


def _cases(position: RiskPosition) -> list[Panel]:
    plan = position.planned_surplus_gbp
    cases = [("Best", position.best_gbp, "triangle-up"), ("Likely", position.likely_gbp, "square"),
             ("Risk-adjusted", position.risk_adjusted_gbp, "circle"),
             ("Worst", position.worst_gbp, "triangle-down")]  # fmt: skip
    if plan is None:
        return []
    pounds = Pounds.of([plan, *(amount for _, amount, _ in cases)])
    rows = []
    for name, amount, shape in cases:
        value, begin = pounds.at(amount), pounds.at(plan)
        marks = (Mark(value, shape, FORECAST.colour),) if value is not None else ()
        link = (begin, value) if begin is not None and value is not None else None
        change = f" ({pounds.change(amount - plan)})" if amount is not None and amount != plan else ""
        rows.append(Row(name, f"{pounds.words(amount)}{change}", link=link, marks=marks))
    at = pounds.at(plan)
    lines = [Lines(0.0, "Break even", (2, 3))] if at else []
    lines += [Lines(at, f"Planned {pounds.words(plan)}")] if at is not None else []
    frame = Frame(pounds.ticks, "", words="Outturn", lines=tuple(lines), around=pounds.around)
    return [("Outturn surplus in each case", rows, frame)]


def _finding(position: RiskPosition) -> str:
    risks = [one for one in position.risks if one.risk.kind is RiskKind.RISK]
    if not position.risks:
        return f"There is no risk and no mitigation in {position.year.label}."
    said = f"{count(len(risks), 'risk')} of {gbp_words(position.gross_gbp)} in all, {gbp_words(position.weighted_gbp)}"
    said += f" by probability; mitigations are expected to give back {gbp_words(position.mitigated_gbp.copy_abs())}"
    net = position.net_gbp
    left = f"{gbp_words(net.copy_abs())} {'of risk' if net >= 0 else 'to spare'}"
    said = f"{capital(said)}, which leaves {left}."
    if position.risk_adjusted_gbp is None or position.planned_surplus_gbp is None:
        return said
    surplus, plan = gbp_words(position.risk_adjusted_gbp), gbp_words(position.planned_surplus_gbp)
    return f"{said} Risk-adjusted, the planned surplus of {plan} becomes {surplus}."


def _cells(one: WeightedRisk) -> tuple[str, ...]:
    risk = one.risk
    counted = "Yes" if one.counted else f"No: {clean(one.reason)}".rstrip(": ")
    return (_name(one), capital(risk.kind.value), gbp_exact(risk.gbp), share_words(risk.probability, 0),
            gbp_exact(one.weighted_gbp), counted, clean(risk.owner))  # fmt: skip


def _totals(position: RiskPosition) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("All risks", "Sum", gbp_exact(position.gross_gbp), "", gbp_exact(position.weighted_gbp), "", "")
    ]
    rows.append(("Mitigations counted", "Sum", "", "", gbp_exact(position.mitigated_gbp), "", ""))
    rows.append(("Net", "Sum", "", "", gbp_exact(position.net_gbp), "", ""))
    cases = (("Planned surplus", position.planned_surplus_gbp), ("Best case", position.best_gbp),
             ("Likely case", position.likely_gbp), ("Risk-adjusted", position.risk_adjusted_gbp),
             ("Worst case", position.worst_gbp))  # fmt: skip
    rows += [(name, "Outturn", gbp_exact(amount), "", "", "", "") for name, amount in cases if amount is not None]
    return rows if position.risks else []


def tornado_picture(draws: RiskDraws) -> Picture:
    """What moves the outturn surplus most, the largest at the top: the mean surplus over the draws in which it happens
    (solid) and over those in which it does not (hollow); at the right the swing, and its share of the variance.

    The line is the mean of all draws. The twelve largest are drawn, the table has all.
    """
    title = f"What moves the outturn most, {draws.year.label}"
    movers = draws.movers
    pounds = Pounds.of([draws.mean_gbp, *(end for one in movers for end in (one.if_it_happens_gbp, one.if_not_gbp))])
    rows = [_mover_row(one, pounds) for one in movers[:MOST_MOVERS]]
    finding = _mover_in_words(draws)
    alt = f"Tornado chart. {finding}"
    mean = pounds.at(draws.mean_gbp)
    lines = [Lines(mean, f"Mean {pounds.words(draws.mean_gbp)}")] if mean is not None else []
    control = pounds.at(draws.control_total_gbp)
    if control is not None:
        lines.append(Lines(control, f"Control total {pounds.words(draws.control_total_gbp)}", (5, 3)))
    frame = Frame(pounds.ticks, "Mean outturn surplus", words="Swing, share of variance", lines=tuple(lines),
                  around=pounds.around)  # fmt: skip
    key = f"Solid: where it happens; hollow: where it does not. From {draws.draws:,} draws."
    key += f" The {MOST_MOVERS} largest of {len(movers)} are drawn." if len(movers) > MOST_MOVERS else ""
    spec = rows_spec(rows, frame, title=title, finding=finding, key=key, description=alt,
                     empty="No risk moves the outturn")  # fmt: skip
    headers = ("Risk or mitigation", "Where it happens", "Where it does not", "Swing", "Share of variance")
    table = DataTable(f"{title}: every risk and mitigation", headers, tuple(map(_mover_cells, movers)))
    return marked(Picture(spec, finding, alt, table), illustrative=draws.illustrative)


def _mover_name(one: Mover) -> str:
    return short(one.name or one.risk, 90)


def _mover_row(one: Mover, pounds: Pounds) -> Row:
    happens, otherwise = pounds.at(one.if_it_happens_gbp), pounds.at(one.if_not_gbp)
    words = f"{pounds.change(one.swing_gbp)}, {share_words(one.share, 0)}"
    if happens is None or otherwise is None:
        return Row(_mover_name(one), words)
    colour = MORE if happens < otherwise else LESS
    marks = (Mark(otherwise, "circle", colour, hollow=True), Mark(happens, "circle", colour))
    means = f"{pounds.words(one.if_it_happens_gbp)} where it happens, else {pounds.words(one.if_not_gbp)}"
    tip = f"{_mover_name(one)}: {means}"
    return Row(_mover_name(one), words, pale=(happens, otherwise, colour), marks=marks, tip=tip)


def _mover_in_words(draws: RiskDraws) -> str:
    if not draws.movers:
        return f"{draws.year.label}: no risk moves the outturn."
    top = draws.movers[0]
    means = f"{gbp_words(top.if_it_happens_gbp)} where it happens, {gbp_words(top.if_not_gbp)} where it does not"
    share = f"; {share_words(top.share, 0)} of the outturn’s variance goes with it" if top.share else ""
    return f"“{_mover_name(top)}” moves the outturn of {draws.year.label} most: {means}{share}."


def _mover_cells(one: Mover) -> tuple[str, ...]:
    amounts: tuple[Decimal, ...] = (one.if_it_happens_gbp, one.if_not_gbp, one.swing_gbp)
    return (_mover_name(one), *map(gbp_exact, amounts), share_words(one.share))
