"""Laws of the checks on any document and any plan."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategies import plans
from trigpoint.checks import Severity, check, find_rule, of_draft, of_plan
from trigpoint.checks.alike import alike_pairs
from trigpoint.checks.words import likeness, plain
from trigpoint.documents import interpret, parse_text
from trigpoint.errors import InputError
from trigpoint.periods import find_dates
from trigpoint.plans.model import Deliverable, Milestone, Objective, Plan, SuccessMeasure

BITS = st.sampled_from(
    [
        "By Q2", "2026/27", "and", "2026/27", "TBC", "As above", "reduced by 5", "12.8%", "£8.8m", "(CIP)", "5 principles:",
        "- a", "1. Agree", "b) Costs", "Must do 1 - Care", "Total", "1,098", "XXXX", "?", ".", "Kingsmouth", "increase",
        "from £1m to £2m", "Priorities\tKey deliverables\tSuccess measure\t2026/27 actions", "\t", "\n", "\n\n", "<p>x</p>",
        "NHSE England", "the the", "[", "(", "“", "e.g.", "to be determined", "Mental Capacity Act 2006", "\u2028", "🙂",
    ]
)  # fmt: skip
DOCUMENTS = st.lists(st.one_of(BITS, st.text(max_size=12)), max_size=40).map(" ".join)


@given(DOCUMENTS)
@settings(max_examples=150, deadline=None)
def test_any_document_is_checked_and_every_line_exists(words: str) -> None:
    try:
        draft = interpret(parse_text(words.encode("utf-8", "ignore"), "any.txt"))
    except InputError:
        return
    found = check(of_draft(draft))
    assert all(finding.line is None or 1 <= finding.line <= len(draft.document.blocks) for finding in found)
    assert list(found) == sorted(found, key=lambda each: (each.where.get("file", ""), each.line or 0, each.rule))
    assert all(isinstance(finding.severity, Severity) and finding.message for finding in found)


@given(plans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_plan_is_checked_the_same_way_twice(plan: Plan) -> None:
    assert check(of_plan(plan)) == check(of_plan(plan))


WORDS = st.sets(st.sampled_from("abcdefghij"), min_size=1, max_size=6).map(frozenset)


@given(st.lists(WORDS, max_size=25), st.sampled_from([0.5, 0.75, 0.8, 1.0]))
def test_alike_pairs_are_those_of_comparing_all_with_all(sets: list[frozenset[str]], at_least: float) -> None:
    slow = {(i, j) for j in range(len(sets)) for i in range(j) if likeness(sets[i], sets[j]) >= at_least}
    assert set(alike_pairs(sets, at_least)) == slow


@given(st.lists(st.integers(min_value=0, max_value=10**6), min_size=2, max_size=8), st.integers(-40, 40))
def test_a_total_is_rounding_or_mismatch_or_right(parts: list[int], apart: int) -> None:
    total = sum(parts) + apart
    rows = "".join(f"Area {index}\t{part}\t{part}\n" for index, part in enumerate(parts))
    document = f"Area\tQuits\tSmokers\n{rows}Grand Total\t{total}\t{total}\n"
    draft = interpret(parse_text(document.encode(), "any.txt"))
    spoke = {rule for rule in ("TOTAL_ROUNDING", "TOTAL_MISMATCH") if check(of_draft(draft), rules=[find_rule(rule)])}
    if total < 0:
        return
    tolerance = Decimal(len(parts) + 1) / 2
    if not apart or (abs(apart) > tolerance and min(parts) <= total <= max(parts)):
        assert spoke == set(), "right, or the mean of its parts"
    else:
        assert spoke == {"TOTAL_ROUNDING" if abs(apart) <= tolerance else "TOTAL_MISMATCH"}


@settings(deadline=None)  # the machine may be busy
@given(
    st.lists(
        st.sampled_from(["Reduced mortality rate", "To be determined", "As above", "Plan agreed"]),
        min_size=1,
        max_size=5,
    )
)
def test_markup_and_spaces_change_nothing(texts: list[str]) -> None:
    head = "Plan 2026/27 – 2027/28\n\nPriorities\tKey deliverables\t2026/27 actions\t2027/28 actions\tSuccess measure\n"

    def told(dress: Callable[[str], str]) -> list[tuple[str, int | None, str]]:
        rows = "".join(
            f"Care {index}\tClinic {index}\tBuild it\tRun it\t{dress(text)}\n" for index, text in enumerate(texts)
        )
        draft = interpret(parse_text((head + rows).encode(), "any.txt"))
        return [(each.rule, each.line, plain(each.fragment)) for each in check(of_draft(draft))]

    bare = told(lambda text: text)
    assert told(lambda text: f"<p>{text}</p>") == bare
    assert told(lambda text: f"  {text.replace(' ', '  ')} ") == bare


def _big_plan(objectives: int) -> Plan:
    return Plan(
        "Plan", "A place", ("2026/27", "2027/28"),
        objectives=tuple(Objective(f"o{n}", "t", str(n), f"Objective {n}") for n in range(objectives)),
        deliverables=tuple(
            Deliverable(f"d{n}", f"o{n}", f"The clinic of place {n} will open with {n} rooms") for n in range(objectives)
        ),
        milestones=tuple(
            Milestone(f"m{n}-{k}", f"o{n}", f"d{n}", f"By June 2026, room {k} of place {n} is built", column="2026/27")
            for n in range(objectives) for k in range(4)
        ),
        measures=tuple(SuccessMeasure(f"s{n}", f"o{n}", f"d{n}", f"{n} patients seen in place {n}") for n in range(objectives)),
    )  # fmt: skip


class Counting:
    """Counts the calls of a function that rules lean on: work is counted, never timed."""

    def __init__(self, function: Callable[..., object]) -> None:
        self.function = function
        self.calls = 0

    def __call__(self, *arguments: object, **named: object) -> object:
        self.calls += 1
        return self.function(*arguments, **named)


@pytest.mark.parametrize(
    ("place", "function", "rule"),
    [
        ("trigpoint.checks.alike.likeness", likeness, "DUPLICATE_DELIVERABLE"),
        ("trigpoint.checks.rules.measures.plain", plain, "CIRCULAR_MEASURE"),
        ("trigpoint.checks.rules.duplicates.plain", plain, "DUPLICATE_TEXT"),
        ("trigpoint.checks.dated.find_dates", find_dates, "DATE_OUTSIDE_COLUMN"),
    ],
)
@pytest.mark.parametrize("objectives_grow", [True, False])
def test_work_grows_with_the_plan_and_not_with_its_square(
    monkeypatch: pytest.MonkeyPatch, place: str, function: Callable[..., object], rule: str, objectives_grow: bool
) -> None:
    counts = []
    for size in (200, 800):
        counting = Counting(function)
        monkeypatch.setattr(place, counting)
        plan = _big_plan(size)
        if not objectives_grow:
            plan = replace(
                plan,
                objectives=plan.objectives[:1],
                deliverables=tuple(replace(row, objective="o0") for row in plan.deliverables),
                milestones=tuple(replace(row, objective="o0") for row in plan.milestones),
                measures=tuple(replace(row, objective="o0") for row in plan.measures),
            )
        check(of_plan(plan), rules=[find_rule(rule)])
        counts.append(counting.calls)
    assert counts[0] > 0
    assert counts[1] <= 6 * counts[0], "four times the plan, about four times the work"
