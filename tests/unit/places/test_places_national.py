"""The shipped organisations hold together: every code is known, every day in order, no figure counted twice."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.places import (
    Extent,
    PlaceKind,
    constituents,
    load_memberships,
    load_national,
    load_successions,
    match,
)
from trigpoint.places.capitals import readable
from trigpoint.places.national import pack_rows

CODES = sorted(place.code for place in load_national())
DAYS = st.dates(date(2013, 4, 1), date(2026, 12, 31))


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(CODES), DAYS, st.booleans())
def test_constituents_existed_and_stand_once(code: str, at: date, locations: bool):
    found = constituents(code, at, locations=locations)
    if found is None:
        return
    assert found
    assert list(found) == sorted(set(found))
    assert all(load_national()[one].existed(at) for one in found)


@settings(max_examples=300, deadline=None)
@given(DAYS)
def test_no_commissioner_is_part_of_two_boards(at: date):
    boards = [place.code for place in load_national().at(max(at, date(2022, 7, 1))) if place.kind is PlaceKind.ICB]
    parts = [one for code in boards for one in constituents(code, at, locations=True) or ()]
    assert not [code for code, times in Counter(parts).items() if times > 1]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CODES), DAYS)
def test_whole_successors_have_their_predecessors_among_their_constituents(code: str, at: date):
    """A slow second way: go forward from every organisation of the day, and see whether it ends in this one."""
    national = load_national()
    place = national[code]
    found = constituents(code, at)
    if found is None or place.kind is PlaceKind.ICB or place.existed(at):
        return
    forward = set()
    for other in national.at(at):
        step = other
        while step.successor and step.code != code and step.valid_to and step.valid_to < place.valid_from:
            step = national[step.successor]
        if step.code == code:
            forward.add(other.code)
    assert set(found) == forward


def test_memberships_do_not_overlap_and_have_known_codes():
    national = load_national()
    rows = sorted(load_memberships().rows, key=lambda row: (row.child, row.valid_from))
    for row in rows:
        assert row.child in national, row
        assert row.parent in national, row
        assert row.valid_to is None or row.valid_from <= row.valid_to, row
        child = national[row.child]
        assert child.valid_to is None or (row.valid_to is not None and row.valid_to <= child.valid_to), row
    for first, second in pairwise(rows):
        if first.child == second.child:
            assert (first.valid_to or date.max) < second.valid_from, (first, second)


def test_the_register_and_the_memberships_agree_on_the_last_parent():
    memberships = load_memberships()
    for place in load_national():
        last = date(2026, 12, 31) if place.valid_to is None else place.valid_to
        parent = memberships.parent(place.code, last)
        if parent is not None:
            assert place.parent == parent, place


def test_successions_agree_with_the_register():
    national = load_national()
    for one in load_successions():
        assert one.successor in national, one
        if one.predecessor not in national:
            continue
        closed = national[one.predecessor].valid_to
        assert closed is not None, one
        assert closed < one.day, one
        if one.extent is Extent.WHOLE:
            assert national[one.predecessor].successor == one.successor
            assert one.day == closed + timedelta(1)
        else:
            assert not national[one.predecessor].successor
    whole = {one.predecessor for one in load_successions() if one.extent is Extent.WHOLE}
    assert whole >= {place.code for place in national if place.successor}


@pytest.mark.parametrize("pack", ["national.csv", "memberships.csv", "successions.csv", "boundary_changes.csv"])
def test_every_row_names_its_source(pack: str):
    rows = list(pack_rows(pack))
    assert rows
    assert all(row["source"] for row in rows)


def test_no_name_is_in_capitals():
    assert not [place.name for place in load_national() if place.name == place.name.upper()]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Dudley CCG", "05C"),
        ("NHS Essex Integrated Care Board", "D7T5G"),
        ("NHS Black Country Integrated Care Board", "QUA"),
        ("University Hospitals Bristol and Weston NHS Foundation Trust", "RA7"),
    ],
)
def test_names_are_matched(name: str, code: str):
    found = match(name, load_national())
    assert found.place is not None
    assert found.place.code == code


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("GUY'S AND ST THOMAS' NHS FOUNDATION TRUST", "Guy's and St Thomas' NHS Foundation Trust"),
        ("THE DUDLEY GROUP NHS FOUNDATION TRUST", "The Dudley Group NHS Foundation Trust"),
        ("NHS STAFFORDSHIRE AND STOKE-ON-TRENT ICB - 05D", "NHS Staffordshire and Stoke-on-Trent ICB - 05D"),
        ("LONDON - H&J COMMISSIONING HUB", "London - H&J Commissioning Hub"),
        ("DR MCKENZIE & PARTNERS", "Dr McKenzie & Partners"),
        ("O'BRIEN MEDICAL CENTRE", "O'Brien Medical Centre"),
        ("NHS Dudley CCG", "NHS Dudley CCG"),
        ("  THE   SURGERY ", "The Surgery"),
        ("", ""),
    ],
)
def test_readable(given_name: str, expected: str):
    assert readable(given_name) == expected
