"""Rules on the scores of a risk register: reckoned wrongly, off their scale, worse after controls than before."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.checks.register import of_register, risk_place, shown
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.scales import Reckoning, Scored, bounds, possible, reckoning, scores
from trigpoint.checks.subject import Subject
from trigpoint.plans.model import RiskStage

LARGEST_SCALE = 10
"""Scales with more marks than this are percentages or money: their products are anything."""


@rule("RISK_SCORE_MISMATCH", Severity.WARNING)
def risk_score_mismatch(subject: Subject) -> Iterator[Objection]:
    """A risk's score is not its likelihood times its impact, as the other scores of the register are.

    A register whose scores mostly add the two is judged by that. One whose scores mostly do neither has an index of
    its own: it is asked once, as info, to say how its scores come about.

    Fires: 3 × 4 = 15 among risks that multiply. Does not: 3 × 4 = 12; 3.3 × 1.7 = 6 (rounded).
    Remedy: correct the score or one of its two parts.
    """
    found = list(scores(subject.plan.risks))
    way = reckoning(found)
    if way is Reckoning.OWN:
        first = next(each for each in found if each.score.score is not None)
        message = "The scores are neither likelihood × impact nor their sum; say how they come about."
        yield Objection(message, subject.line(first.risk.id), _quote(first), Severity.INFO, _place(subject, first))
        return
    for each in found:
        reckoned = each.reckoned(way)
        if reckoned is not None and each.score.score is not None and not each.agrees(way):
            sign = "×" if way is Reckoning.PRODUCT else "+"
            message = (
                f"The score{each.name} is {number(each.score.score)}; "
                f"{number(each.score.likelihood)} {sign} {number(each.score.impact)} is {number(reckoned)}."
            )
            yield Objection(message, subject.line(each.risk.id), _quote(each), None, _place(subject, each))


@rule("RISK_SCORE_IMPOSSIBLE", Severity.ERROR)
def risk_score_impossible(subject: Subject) -> Iterator[Objection]:
    """A score that no likelihood and impact of the scale give.

    On a scale of 1 to 5 there is no 7, 13 or 30. Only whole marks that are multiplied are judged, and only where
    likelihood or impact is not printed: with both, see RISK_SCORE_MISMATCH.

    Fires: a score of 14 on a scale of 1 to 5. Does not: 15; 14 in a register with an index of its own.
    Remedy: correct the score.
    """
    found = list(scores(subject.plan.risks))
    if reckoning(found) is not Reckoning.PRODUCT:
        return
    for each in found:
        scale = bounds(each.risk)
        printed = each.score.score
        whole = each.score.likelihood is not None and each.score.impact is not None
        if scale is None or printed is None or whole or scale[1] > LARGEST_SCALE:
            continue
        if printed not in possible(*scale):
            message = f"No two marks from {scale[0]} to {scale[1]} make a score{each.name} of {number(printed)}."
            yield Objection(message, subject.line(each.risk.id), _quote(each), None, _place(subject, each))


@rule("RISK_OUTSIDE_SCALE", Severity.ERROR)
def risk_outside_scale(subject: Subject) -> Iterator[Objection]:
    """A likelihood or impact lies outside the scale of the register.

    Fires: a likelihood of 6 on a scale of 1 to 5. Does not: 5 on that scale; any mark where no scale is known.
    Remedy: correct the mark, or say which scale it is on.
    """
    for each in scores(subject.plan.risks):
        scale = bounds(each.risk)
        if scale is None:
            continue
        low, high = scale
        for name, mark in (("likelihood", each.score.likelihood), ("impact", each.score.impact)):
            if mark is not None and not low <= mark <= high:
                message = f"A {name}{each.name} of {number(mark)} on a scale of {low} to {high}."
                message = message.replace("A impact", "An impact")
                yield Objection(message, subject.line(each.risk.id), _quote(each), None, _place(subject, each))


@rule("RISK_RESIDUAL_ABOVE_INHERENT", Severity.WARNING)
def risk_residual_above_inherent(subject: Subject) -> Iterator[Objection]:
    """The score with controls is higher than the one without.

    Controls cannot make a risk worse: the two are swapped, or the risk has grown and its first score is out of date.

    Fires: 9 before controls and 12 with them. Does not: 12 before and 12 with (the controls do nothing yet).
    Remedy: correct or renew the score before controls.
    """
    yield from _rising(subject, RiskStage.INHERENT, RiskStage.CURRENT, "before controls", "with them")


@rule("RISK_TARGET_ABOVE_CURRENT", Severity.WARNING)
def risk_target_above_current(subject: Subject) -> Iterator[Objection]:
    """The score aimed at is higher than the one that holds.

    Fires: 8 today and a target of 12. Does not: 8 today and a target of 8, where the risk is to be borne.
    Remedy: correct the target; where it has been reached and passed, set a new one.
    """
    yield from _rising(subject, RiskStage.CURRENT, RiskStage.TARGET, "today", "is the target")


def _rising(
    subject: Subject, lower: RiskStage, upper: RiskStage, from_words: str, to_words: str
) -> Iterator[Objection]:
    """Risks whose score at one stage is higher than at the stage before."""
    for risk in subject.plan.risks:
        before, after = risk.score(lower), risk.score(upper)
        if before is None or after is None or before.score is None or after.score is None:
            continue
        if after.score > before.score:
            message = f"{number(before.score)} {from_words}, {number(after.score)} {to_words}."
            yield Objection(message, subject.line(risk.id), shown(risk), None, risk_place(subject, risk))


@rule("RISK_SCORE_MISSING", Severity.WARNING)
def risk_score_missing(subject: Subject) -> Iterator[Objection]:
    """A risk has no score, in a register where others have one.

    Words count as scores ("Possible × Major"). Info where only the score aimed at is missing.

    Fires: the one risk of ten without a score. Does not: risks told in words, none of them scored.
    Remedy: score it.
    """
    register = of_register(subject)
    for stage in (RiskStage.CURRENT, RiskStage.TARGET):
        without = [risk for risk in register if risk.score(stage) is None]
        if not without or len(without) * 2 > len(register):
            continue
        severity = Severity.INFO if stage is RiskStage.TARGET else None
        name = "target score" if stage is RiskStage.TARGET else "score"
        for risk in without:
            if stage is RiskStage.CURRENT and risk.inherent is not None:
                continue
            message = f"No {name}, where other risks have one."
            yield Objection(message, subject.line(risk.id), shown(risk), severity, risk_place(subject, risk))


def number(value: Decimal | None) -> str:
    """A mark or score as people write it: no trailing zeros, two decimals at most.

    >>> number(Decimal("12.0")), number(Decimal("3.3333333333"))
    ('12', '3.33')
    """
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _quote(each: Scored) -> str:
    return f"{shown(each.risk)} {number(each.score.score)}".strip()


def _place(subject: Subject, each: Scored) -> dict[str, str]:
    return risk_place(subject, each.risk)
