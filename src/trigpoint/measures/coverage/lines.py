"""The financial plan and the activity plan as rows that may answer a planning round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trigpoint.measures.coverage.comparison import shown_value
from trigpoint.measures.coverage.coverage import Kind
from trigpoint.measures.coverage.passage import Passage
from trigpoint.plans.model import ActivityAssumption, Comparator, FinanceLine, Plan, Target


def lines_of(plan: Plan) -> Iterator[Passage]:
    """The lines of the financial plan, then the assumptions of the activity plan; years of one line are one row.

    A line's words are its name, the words of the rule that it answers, and its figures as printed.
    """
    finance: dict[tuple[str, str, str, str], list[FinanceLine]] = {}
    for line in plan.finance:
        finance.setdefault((line.group, line.name, line.unit, line.requirement), []).append(line)
    for (_, name, _, requirement), lines in finance.items():
        yield _passage(Kind.FINANCE, f"{name} ({requirement})" if requirement else name, lines)
    activity: dict[tuple[str, str, str, str], list[ActivityAssumption]] = {}
    for row in plan.activity:
        activity.setdefault((row.kind, row.pod, row.name, row.unit), []).append(row)
    for (kind, pod, name, _), rows in activity.items():
        yield _passage(Kind.ACTIVITY, f"Activity {kind}, {pod}: {name}", rows)


def _passage(kind: Kind, words: str, lines: Sequence[FinanceLine | ActivityAssumption]) -> Passage:
    figures = [
        f"{shown_value(line.value, line.unit)}{f' in {line.period}' if line.period else ''}"
        for line in lines
        if line.value is not None
    ]
    text = f"{words}: {', '.join(figures)}"
    # The target is found by the same words as its line: the name alone may leave out what the rule says.
    targets = tuple(Target(text, line.value, line.unit, Comparator.EQUAL, line.period) for line in lines)
    return Passage(kind, lines[0].id, "", "", text, targets)
