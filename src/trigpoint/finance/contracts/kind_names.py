"""What people call the kinds of mechanisms."""

from __future__ import annotations

from trigpoint.finance.contracts.mechanism import MechanismKind

_WORDS = {
    MechanismKind.API: "aligned payment and incentive",
    MechanismKind.AMBULANCE: "three-part ambulance contract",
    MechanismKind.CAP_COLLAR: "cap and collar",
    MechanismKind.TIERED: "tiered corridor",
    MechanismKind.GAIN_LOSS: "gain and loss share",
    MechanismKind.OUTCOMES: "outcome-linked payment",
    MechanismKind.CQUIN: "CQUIN",
    MechanismKind.READMISSIONS: "readmissions withheld",
}


def kind_words(kind: MechanismKind) -> str:
    """A mechanism's kind as people call it.

    >>> kind_words(MechanismKind.CAP_COLLAR), kind_words(MechanismKind.COST_PER_CASE)
    ('cap and collar', 'cost per case')
    """
    return _WORDS.get(kind, kind.value.replace("_", " "))
