"""Which of two files that give the same figures is in force: a table to be read from above."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.published_files import TODAY, published

from trigpoint.releases.observation import Status
from trigpoint.releases.store import Outcome, open_store

JULY, AUGUST = date(2025, 7, 10), date(2025, 8, 14)
JUNE_OF = ("RNA", "RKB", "RRK", "RWP")
PROVISIONAL, PUBLISHED, REVISED, FINAL = Status.PROVISIONAL, Status.PUBLISHED, Status.REVISED, Status.FINAL


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        # published, revised, status             published, revised, status               what comes of the second
        ((JULY, None, PUBLISHED), (AUGUST, None, PUBLISHED), Outcome.REPLACED),  # the later publication
        ((AUGUST, None, PUBLISHED), (JULY, None, PUBLISHED), Outcome.KEPT_AS_OLDER),  # an older file added later
        ((JULY, None, PUBLISHED), (JULY, AUGUST, REVISED), Outcome.REPLACED),  # a revision of the same publication
        ((JULY, AUGUST, REVISED), (JULY, None, PUBLISHED), Outcome.KEPT_AS_OLDER),
        ((AUGUST, None, PROVISIONAL), (JULY, None, FINAL), Outcome.KEPT_AS_OLDER),  # the date goes before the status
        ((None, None, PROVISIONAL), (None, None, FINAL), Outcome.REPLACED),  # no dates: the status
        ((None, None, FINAL), (None, None, PROVISIONAL), Outcome.KEPT_AS_OLDER),
        ((JULY, None, PROVISIONAL), (None, None, REVISED), Outcome.REPLACED),  # one has no date: the status
        ((JULY, None, PUBLISHED), (None, None, PUBLISHED), Outcome.REPLACED),  # no sign: the one added later
        ((None, None, PUBLISHED), (None, None, PUBLISHED), Outcome.REPLACED),
    ],
)
def test_the_newer_of_two_editions_is_in_force(tmp_path: Path, first, second, outcome: Outcome) -> None:
    store = open_store(tmp_path)
    for name, value, (day, revised, status) in (("first.csv", 100.0, first), ("second.csv", 105.0, second)):
        figures = [("calls", org, "", 6, value) for org in JUNE_OF]
        added = store.add(published(name, figures, day=day, revised=revised, status=status), TODAY)
    assert added.outcome is outcome
    expected = 105.0 if outcome is Outcome.REPLACED else 100.0
    assert store.observations()["value"].to_list() == [expected] * 4
    assert len(store.files) == 2
    assert {one.file for one in store.files if not one.in_force} == {
        "first.csv" if outcome is Outcome.REPLACED else "second.csv"
    }


def test_the_same_content_again_writes_nothing(tmp_path: Path) -> None:
    store, file = open_store(tmp_path), published("a.csv", [("calls", "RNA", "", 6, 1.0)])
    store.add(file, TODAY)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert store.add(file, TODAY).outcome is Outcome.UNCHANGED
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_changed_is_said_and_the_largest_difference_named(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.add(published("a.csv", [("calls", "RNA", "", 6, 12_345.0), ("calls", "RKB", "", 6, 7.0)], day=JULY), TODAY)
    newer = [("calls", "RNA", "", 6, 12_400.0), ("calls", "RWP", "", 6, 3.0)]
    added = store.add(published("b.csv", newer, day=AUGUST), TODAY)
    (change,) = added.changes
    assert (change.changed, change.added, change.gone) == (1, 1, 1)
    assert change.largest == ("RNA calls 12,345 → 12,400",)
    assert store.observations()["org"].to_list() == ["RNA", "RWP"]


def test_a_month_twice_with_different_figures_and_no_sign_is_said(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.add(published("a.csv", [("calls", "RNA", "", 6, 1.0)]), TODAY)
    added = store.add(published("b.csv", [("calls", "RNA", "", 6, 2.0)]), TODAY)
    assert "June 2025 was given twice with different figures, and nothing says which is newer" in added.notes[-1]
    assert "RNA calls 1 → 2" in added.notes[0]


def test_periods_that_only_the_older_has_stay_in_force(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.add(published("a.csv", [("calls", "RNA", "", month, 1.0) for month in (4, 5, 6)], day=JULY), TODAY)
    store.add(published("b.csv", [("calls", "RNA", "", month, 2.0) for month in (6, 7)], day=AUGUST), TODAY)
    assert dict(
        store.observations().sort("start").select(store.observations()["start"].dt.month(), "value").rows()
    ) == {
        4: 1.0,
        5: 1.0,
        6: 2.0,
        7: 2.0,
    }


def test_files_that_complement_each_other_stand_side_by_side(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.add(published("male.csv", [("list", "M87001", "sex=male", 6, 10.0)]), TODAY)
    added = store.add(published("female.csv", [("list", "M87001", "sex=female", 6, 11.0)]), TODAY)
    assert added.outcome is Outcome.ADDED
    assert sorted(store.observations()["value"]) == [10.0, 11.0]


@pytest.mark.parametrize("whole_first", [True, False])
@pytest.mark.parametrize("said", [True, False], ids=["said to be an extract", "seen to be one"])
def test_an_extract_only_fills_what_the_whole_lacks(tmp_path: Path, whole_first: bool, said: bool) -> None:
    whole = published("all.csv", [("calls", org, "", 6, 1.0) for org in JUNE_OF], day=JULY)
    extract = published(
        "one.csv", [("calls", "RNA", "", 6, 9.0), ("calls", "NEW", "", 6, 5.0)], day=AUGUST, whole=not said
    )
    store = open_store(tmp_path)
    outcomes = {
        file.file: store.add(file, TODAY).outcome for file in ((whole, extract) if whole_first else (extract, whole))
    }
    assert dict(store.observations().sort("org").select("org", "value").rows()) == {
        "NEW": 5.0,
        "RKB": 1.0,
        "RNA": 1.0,
        "RRK": 1.0,
        "RWP": 1.0,
    }
    if whole_first:
        assert outcomes["one.csv"] is Outcome.BESIDE


def test_a_file_that_is_removed_leaves_all_as_if_it_had_not_been(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for name, value, day in (("a.csv", 1.0, JULY), ("b.csv", 2.0, AUGUST), ("c.csv", 3.0, date(2025, 7, 20))):
        store.add(published(name, [("calls", "RNA", "", 6, value)], day=day), TODAY)
    assert store.observations()["value"].to_list() == [2.0]
    store.remove(next(one.digest for one in store.files if one.file == "b.csv"))
    assert store.observations()["value"].to_list() == [3.0]
    assert [one.file for one in open_store(tmp_path).files] == ["a.csv", "c.csv"]
