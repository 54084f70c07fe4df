"""Coverage depends on what the rows say, not on their order; terms match as a slow search by hand does."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.frameworks import known_frameworks, load_framework
from trigpoint.measures import half_up, parse_rule
from trigpoint.measures.coverage import Coverage, coverage_of
from trigpoint.measures.coverage.words import TextIndex, recognised, term, words_of
from trigpoint.periods.calendar import FinancialYear
from trigpoint.plans.model import Comparator, Deliverable, Objective, Plan, Target, Theme

WORDS = ("waits", "wait", "four", "4", "hours", "hour", "dementia", "diagnosis", "crisis", "standard", "A&E")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
PARTS = ("4_hour*", "4", "hour*", "wait", "wait*", "crisis", "dementia_diagnos*", "!crisis", "!wait*", "ae")


def slowly(pattern: str, text: str) -> bool:
    """Whether the words of every wanted phrase can be laid on the text, and those of no unwanted one."""
    numbers = {"four": "4", "A&E": "ae"}
    words = [numbers.get(word, word) for word in text.split()]

    def there(phrase: str) -> bool:
        wanted = phrase.split("_")
        return any(
            all(
                word == want or (want[-1] == "*" and word[: len(want) - 1] == want[:-1])
                for want, word in zip(wanted, words[start:], strict=False)
            )
            for start in range(len(words))
            if len(words) - start >= len(wanted)
        )

    parts = pattern.split()
    return all(there(part) for part in parts if part[0] != "!") and not any(
        there(part[1:]) for part in parts if part[0] == "!"
    )


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" ".join), TEXTS)
def test_a_term_matches_as_a_slow_search_does(pattern: str, text: str) -> None:
    found = bool(term(pattern).words_in(words_of(text)))
    only_unwanted = all(part.startswith("!") for part in pattern.split())
    assert found is (slowly(pattern, text) and not only_unwanted)


PATTERNS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map(" ".join)


@given(st.lists(PATTERNS, max_size=4), st.lists(TEXTS, max_size=6))
def test_searching_many_texts_at_once_finds_what_searching_each_does(terms: list[str], texts: list[str]) -> None:
    each = {number: recognised(terms, text) for number, text in enumerate(texts)}
    assert TextIndex(texts).found(terms) == {number: words for number, words in each.items() if words}


ITEMS = st.lists(
    st.tuples(TEXTS, st.sampled_from(("", "2017/18", "2018-12-31", "2020/21")), st.integers(0, 100)), max_size=8
)


def plan_of(rows: list[tuple[str, str, int]], seed: int) -> Plan:
    items = [
        Deliverable(f"d{number}", "o1", text, targets=(Target(text, Decimal(value), "%", Comparator.AT_LEAST, at),))
        for number, (text, at, value) in enumerate(rows)
    ]
    random.Random(seed).shuffle(items)
    themes = (Theme("t1", "7", "Mental health"),)
    return Plan(
        "Plan",
        "Place",
        ("2017/18",),
        "nhs-2017-19",
        themes=themes,
        objectives=(Objective("o1", "t1", "1", "A"),),
        deliverables=tuple(items),
    )


def told(found: Coverage) -> list[tuple[str, str, frozenset[str], frozenset[str]]]:
    return [
        (
            row.standard.id,
            row.answer.value,
            frozenset(each.item for each in row.evidence),
            frozenset(each.finding for each in row.comparisons if each.difference.value != "for another year"),
        )
        for row in found.standards
    ]


@settings(max_examples=25, deadline=None)
@given(ITEMS, st.integers(0, 99))
def test_the_order_of_rows_does_not_matter(rows: list[tuple[str, str, int]], seed: int) -> None:
    assert told(coverage_of(plan_of(rows, 0))) == told(coverage_of(plan_of(rows, seed)))


@settings(max_examples=25, deadline=None)
@given(ITEMS, TEXTS)
def test_one_more_row_never_takes_an_answer_away(rows: list[tuple[str, str, int]], text: str) -> None:
    order = {"not answered": 0, "answered in words": 1, "answered with a target": 2}
    less = coverage_of(plan_of(rows, 0)).standards
    more = coverage_of(plan_of([*rows, (text, "", 1)], 0)).standards
    assert all(order[a.answer.value] <= order[b.answer.value] for a, b in zip(less, more, strict=True))


@given(st.decimals(0, 100, places=1))
def test_the_rules_of_the_current_round_are_what_they_say(baseline: Decimal) -> None:
    framework = load_framework("nhs-2026-29")
    year = FinancialYear(2026)
    given_ = f"{baseline}%"
    waits = framework.standard("rtt-incomplete-within-18-weeks-provider-2026-27").rule
    tests = framework.standard("dm01-waiting-over-6-weeks-system-2026-27").rule
    assert parse_rule(waits, baseline=given_).value_at(year) == max(Fraction(baseline) + 7, 65)
    assert parse_rule(tests, baseline=given_).value_at(year) == min(Fraction(baseline) - 3, 20)
    fewer = parse_rule("reduce by 10% from baseline", baseline=str(baseline)).value_at(year)
    assert fewer is not None
    assert half_up(fewer, 2) == half_up(Fraction(baseline) * Fraction(9, 10), 2)


def test_every_term_of_every_pack_can_match_something() -> None:
    for name, kind in product(known_frameworks(), ("standards", "requirements")):
        for row in getattr(load_framework(name), kind):
            for text in row.terms:
                wanted = " ".join(
                    part.replace("_", " ").replace("*", "") for part in text.split() if not part.startswith("!")
                )
                assert term(text).words_in(words_of(wanted)), (name, row.id, text)
