"""Matching in large plans: what is compared stays few, and nothing that is plainly the same is lost."""

from __future__ import annotations

import random

import pytest

from trigpoint.plans import matching
from trigpoint.plans.diff_words import Edit, word_changes
from trigpoint.plans.matching import Row, match_rows

WORDS = [f"word{number}" for number in range(3000)]


def sentences(count: int, seed: int) -> list[list[str]]:
    order = random.Random(seed)
    return [[order.choice(WORDS) for _ in range(12)] for _ in range(count)]


def rows(words: list[list[str]], prefix: str) -> list[Row]:
    return [Row(f"{prefix}{number}", " ".join(text), "o1") for number, text in enumerate(words)]


def test_a_large_plan_with_new_ids_and_new_words_is_found_again_by_its_rare_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matching, "_ALL_PAIRS", 0)
    texts = sentences(800, seed=1)
    reworded = [[*text[:5], "anew", *text[6:]] for text in texts]
    shuffled = list(range(800))
    random.Random(2).shuffle(shuffled)
    pairs = match_rows(rows(texts, "d"), rows([reworded[index] for index in shuffled], "x"))
    assert {one: shuffled[other] for one, other in pairs.items()} == {index: index for index in range(800)}


def test_the_pairs_compared_grow_with_the_rows_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_ALL_PAIRS", 0)
    compared = 0
    similarity = matching._similarity

    def counting(*arguments: object) -> float:
        nonlocal compared
        compared += 1
        return similarity(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(matching, "_similarity", counting)
    size = 1600
    match_rows(rows(sentences(size, seed=3), "d"), rows(sentences(size, seed=4), "x"))
    assert 0 < compared <= size * matching._KEY_WORDS * matching._COMMON < size * size


def test_rows_without_words_are_matched_by_id_alone() -> None:
    before = [Row("d1", "", "o1"), Row("d2", "", "o1")]
    after = [Row("d3", "", "o1"), Row("d2", "", "o1")]
    assert match_rows(before, after) == {1: 1}


def test_very_long_texts_are_shown_whole() -> None:
    before, after = "a " * 3000, "b " * 3000
    assert [piece.edit for piece in word_changes(before, after)] == [Edit.REMOVED, Edit.ADDED]
