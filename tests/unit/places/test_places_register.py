"""The register: parents, children, successors, and mistakes told all at once."""

from datetime import date

import pytest

from trigpoint.errors import InputErrors
from trigpoint.places import Place, PlaceKind, Places, load_shipped, read_places, register

CCG, LOCALITY = PlaceKind.CCG, PlaceKind.LOCALITY
OLD = Place("old", "Old CCG", CCG, valid_from=date(2013, 4, 1), valid_to=date(2016, 3, 31), successor="mid")
MID = Place("mid", "Mid CCG", CCG, valid_from=date(2016, 4, 1), valid_to=date(2020, 3, 31), successor="new")
NEW = Place("new", "New CCG", CCG, valid_from=date(2020, 4, 1))


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2015, 1, 1), "old"),
        (date(2016, 3, 31), "old"),
        (date(2016, 4, 1), "mid"),
        (date(2026, 1, 1), "new"),
        (date(2010, 1, 1), None),
    ],
)
def test_current_follows_mergers_to_the_day(day: date, code: str | None):
    found = register([OLD, MID, NEW]).current("old", day)
    assert (found and found.code) == code


def test_ancestors_children_and_places_of_a_day():
    north = Place("n", "North", LOCALITY, parent="old")
    practice = Place("p", "Surgery", PlaceKind.PRACTICE, parent="n", valid_to=date(2015, 3, 31))
    places = register([OLD, MID, NEW, north, practice])
    assert [place.code for place in places.ancestors("p")] == ["n", "old"]
    assert places.children("n") == (practice,)
    assert places.children("n", at=date(2015, 4, 1)) == ()
    assert places.children("p") == ()
    assert [place.code for place in places.at(date(2015, 4, 1))] == ["old", "n"]
    assert len(places) == 5
    assert "n" in places
    assert "x" not in places
    with pytest.raises(KeyError):
        places.current("x", date(2015, 1, 1))


def test_a_cycle_that_slipped_past_the_checks_ends():
    places = Places((Place("a", "A", CCG, parent="b", successor="b"), Place("b", "B", CCG, parent="a", successor="a")))
    assert [place.code for place in places.ancestors("a")] == ["b"]
    assert places.current("a", date(2020, 1, 1)) is not None


def test_every_mistake_is_told_with_its_line():
    rows = [
        Place("a", "A", CCG, parent="nowhere"),
        Place("a", "A again", CCG),
        Place("b", "B", CCG, successor="c"),
        Place("c", "C", CCG, successor="b"),
        Place("d", "D", CCG, parent="d"),
        Place("e", "E", CCG, valid_from=date(2020, 1, 1), valid_to=date(2019, 1, 1), successor="lost"),
    ]
    with pytest.raises(InputErrors) as error:
        register(rows, file="my places.csv")
    told = str(error.value).splitlines()
    assert len(told) == 7
    for line, words in [(2, "parent “nowhere”"), (3, "stands already on line 2"), (4, "its own successor")]:
        assert any(f"my places.csv, line {line}: " in text and words in text for text in told)
    for line, words in [
        (5, "its own successor"),
        (6, "its own ancestor"),
        (7, "before it begins"),
        (7, "successor “lost”"),
    ]:
        assert any(f"my places.csv, line {line}: " in text and words in text for text in told)


def test_rows_are_read_with_their_mistakes_told_at_once():
    rows = [
        {"code": "a", "name": "A", "kind": "CCG", "aliases": "Alpha; ; Al", "valid_from": "2013-04-01"},
        {"code": "", "name": "B", "kind": "town"},
        {"code": "c", "name": "", "kind": "ccg", "valid_to": "31/03/2020"},
    ]
    place = read_places(rows[:1])["a"]
    assert (place.aliases, place.valid_from, place.valid_to) == (("Alpha", "Al"), date(2013, 4, 1), None)
    with pytest.raises(InputErrors) as error:
        read_places(rows)
    told = str(error.value)
    assert told.count("\n") == 3
    for words in (
        "line 3: the place has no code",
        "line 3: “town” is no kind of place",
        "line 4: the place has no name",
    ):
        assert words in told
    assert "line 4: valid_to “31/03/2020” is no date; write it as 2021-03-31" in told


def test_a_row_cut_short_is_a_mistake_and_no_crash():
    with pytest.raises(InputErrors, match="no name"):
        read_places([{"code": "a", "name": None, "kind": None}])


@pytest.mark.parametrize(
    ("code", "day", "current"),
    [
        ("05C", date(2017, 4, 1), "05C"),
        ("05C", date(2021, 4, 1), "D2P2L"),
        ("06D", date(2020, 3, 31), "06D"),
        ("06D", date(2020, 4, 1), "18C"),
        ("RYK", date(2025, 1, 1), None),
    ],
)
def test_shipped_organisations_over_time(code: str, day: date, current: str | None):
    found = load_shipped().current(code, day)
    assert (found and found.code) == current


def test_shipped_organisations_have_their_board_and_region():
    assert [place.code for place in load_shipped().ancestors("05C")] == ["QUA", "Y60"]
    assert {place.code for place in load_shipped().children("QGH", at=date(2017, 4, 1)) if place.kind is CCG} == {
        "05F",
        "05J",
        "05T",
        "06D",
    }
