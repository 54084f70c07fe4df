"""Rules on what a risk register's rows hold: an owner, controls, a number of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.register import of_register, risk_place, shown
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Subject
from trigpoint.checks.words import plain
from trigpoint.plans.model import Risk
from trigpoint.wording import count

NOTHING = re.compile(
    r"(?:[-–—.?]+|n/?\.?a\.?|none(?: identified)?|nil|tbc|tbd|to be (?:confirmed|determined|agreed))?\.?", re.I
)


@rule("RISK_OWNER_MISSING", Severity.WARNING)
def risk_owner_missing(subject: Subject) -> Iterator[Objection]:
    """A risk has no owner.

    Named once for the register where no risk has one.

    Fires: a row with an empty owner. Does not: "Chief Finance Officer" without a name.
    Remedy: name the role that answers for it.
    """
    yield from _lacking(subject, lambda risk: bool(risk.leads), "owner", "No owner answers for this risk.")


@rule("RISK_CONTROL_MISSING", Severity.WARNING)
def risk_control_missing(subject: Subject) -> Iterator[Objection]:
    """A risk has neither controls nor mitigation nor an action.

    Then it is only watched. Named once for the register where no risk has any.

    Fires: an empty mitigation; "–". Does not: "Tolerate: reviewed each quarter".
    Remedy: write what is done about it, or that it is borne, and who decided so.
    """
    yield from _lacking(subject, _answered, "control", "Nothing is said to be done about this risk.")


def _answered(risk: Risk) -> bool:
    said = (risk.mitigation, risk.controls, risk.actions)
    return any(not NOTHING.fullmatch(text.strip()) for text in said)


def _lacking(subject: Subject, has: Callable[[Risk], bool], noun: str, message: str) -> Iterator[Objection]:
    """The risks of the register that lack something; the register itself where all do."""
    register = of_register(subject)
    without = [risk for risk in register if not has(risk)]
    if len(without) == len(register) > 1:
        first = register[0]
        told = f"None of the {count(len(register), 'risk')} has {'an' if noun[0] in 'aeiou' else 'a'} {noun}."
        yield Objection(told, subject.line(first.id), shown(first), None, risk_place(subject, first))
        return
    for risk in without:
        yield Objection(message, subject.line(risk.id), shown(risk), None, risk_place(subject, risk))


@rule("DUPLICATE_RISK", Severity.ERROR)
def duplicate_risk(subject: Subject) -> Iterator[Objection]:
    """Two risks have one number; or the same risk stands twice (warning).

    An action, a score or a minute that names the number then speaks of either.

    Fires: two risks numbered 7; "Loss of data" twice. Does not: "Loss of data" and "Loss of staff" under 7 and 8.
    Remedy: give one of them another number, or delete one.
    """
    numbers: dict[str, Risk] = {}
    words: dict[str, Risk] = {}
    for risk in subject.plan.risks:
        number, text = risk.number.strip().lower(), plain(f"{risk.title} {risk.text} {risk.cause} {risk.effect}")
        first = numbers.setdefault(number, risk) if number else risk
        same = words.setdefault(text, risk) if text else risk
        place = risk_place(subject, risk)
        if same is not risk:
            message = f"The same risk as {subject.spot(same.id)}."
            yield Objection(message, subject.line(risk.id), shown(risk), Severity.WARNING, place)
        elif first is not risk:
            message = f"{subject.spot(first.id).capitalize()} has the number {risk.number} as well."
            yield Objection(message, subject.line(risk.id), shown(risk), None, place)


@rule("RISK_GAP_UNANSWERED", Severity.INFO)
def risk_gap_unanswered(subject: Subject) -> Iterator[Objection]:
    """A gap in control or assurance is named, and no action answers it, in a register where others have actions.

    Fires: "No assurance on agency spend" beside an empty action. Does not: the same with an action; no gap.
    Remedy: write the action, its owner and its date.
    """
    risks = subject.plan.risks
    if not any(not NOTHING.fullmatch(risk.actions.strip()) for risk in risks):
        return
    for risk in risks:
        if not NOTHING.fullmatch(risk.gaps.strip()) and NOTHING.fullmatch(risk.actions.strip()):
            message = "A gap is named and no action answers it."
            yield Objection(message, subject.line(risk.id), shown(risk), None, risk_place(subject, risk))
