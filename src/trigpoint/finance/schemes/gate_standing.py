"""Where a scheme stands at the gates that its stage claims."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from trigpoint.finance.book.book import GateDecision, Scheme
from trigpoint.finance.schemes.gates import Gate, GateRules
from trigpoint.finance.schemes.result import GateStanding
from trigpoint.finance.words import gbp_whole

PASSED = "passed"


def gate_standings(
    decisions: Iterable[GateDecision], scheme: Scheme, rules: GateRules
) -> tuple[tuple[GateStanding, ...], tuple[str, ...]]:
    """The gates that a scheme's stage claims, in order, and what besides is to be told of its stage and decisions.

    A gate is passed where its latest decision (by its day, and further down the file on one day) says so, and whoever
    decided may decide on so much. Who has no recorded limit is believed, and told.
    """
    own = [one for one in decisions if one.scheme == scheme.id]
    remarks = [f"a decision is of a gate “{one.gate}”, which is none" for one in own if rules.gate(one.gate) is None]
    stage = rules.stage(scheme.stage)
    if stage is None:
        known = ", ".join(one.id for one in rules.stages)
        return (), (*remarks, f"its stage “{scheme.stage}” is none of {known}")
    gates = [gate for one in stage.gates if (gate := rules.gate(one)) is not None]
    return tuple(_standing(gate, own, scheme, rules) for gate in gates), tuple(remarks)


def _standing(gate: Gate, own: list[GateDecision], scheme: Scheme, rules: GateRules) -> GateStanding:
    made = [one for one in own if rules.gate(one.gate) == gate]
    if not made:
        words = f"its stage is {scheme.stage}, and no decision says that it was {gate.name}"
        return GateStanding(gate.id, gate.name, passed=False, sentence=f"{words}.")
    latest = max(enumerate(made), key=lambda pair: (pair[1].stated.on or date.min, pair[0]))[1]
    if latest.decision.strip().casefold() != PASSED:
        words = f"its stage is {scheme.stage}, yet the latest decision on “{gate.name}” is {latest.decision}"
        return GateStanding(gate.id, gate.name, passed=False, sentence=f"{words}.")
    return _within_delegation(gate, latest, scheme, rules)


def _within_delegation(gate: Gate, latest: GateDecision, scheme: Scheme, rules: GateRules) -> GateStanding:
    """A passed gate, unless whoever passed it may not decide on so much."""
    if not gate.delegated:
        return GateStanding(gate.id, gate.name, passed=True)
    if not latest.by.strip():
        return GateStanding(gate.id, gate.name, passed=True, sentence=f"{gate.name}: nobody is named who decided.")
    body = rules.body(latest.by)
    if body is None:
        words = f"{gate.name} by {latest.by}, for whom no limit of delegation is recorded"
        return GateStanding(gate.id, gate.name, passed=True, sentence=f"{words}.")
    amount = rules.limited_gbp(scheme)
    if body.limit_gbp is not None and amount > body.limit_gbp:
        words = f"{latest.by} may decide on {gbp_whole(body.limit_gbp)}, and it is of {gbp_whole(amount)}"
        return GateStanding(gate.id, gate.name, passed=False, sentence=f"{words}.")
    return GateStanding(gate.id, gate.name, passed=True)
