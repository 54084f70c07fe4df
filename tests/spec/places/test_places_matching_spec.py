"""Which place a name means, how that is found, and how sure it is."""

from datetime import date

import pytest

from trigpoint.places import How, Place, PlaceKind, Places, load_shipped, match, variants

LOCALITIES = Places(
    tuple(
        Place(code, name, PlaceKind.LOCALITY)
        for code, name in [
            ("dn", "Dudley & Netherton"),
            ("hq", "Halesowen & Quarry Bank"),
            ("kab", "Kingswinford, Amblecote & Brierley Hill"),
            ("scg", "Sedgley, Coseley & Gornal"),
            ("swl", "Stourbridge, Wollescote & Lye"),
            ("wd", "Worcester & Droitwich"),
            ("wf", "Wyre Forest"),
            ("w1", "Ward 1"),
            ("n", "North Malvern"),
        ]
    )
)

NAMES = [
    ("Dudley & Netherton", "dn", How.EXACT, True, "as it stands"),
    ("dudley  &  netherton", "dn", How.EXACT, True, "case and blanks do not count"),
    ("dn", "dn", How.EXACT, True, "its code"),
    ("Dudley and Netherton Locality", "dn", How.NORMALISED, True, "“and” for “&”, “Locality” left out"),
    ("Netherton, Dudley", "dn", How.NORMALISED, True, "the order of parts does not count"),
    ("Lye, Stourbridge & Wollescote localities", "swl", How.NORMALISED, True, "the order of parts does not count"),
    ("Stourbridge, Woollscote & Lye Locality", "swl", How.FUZZY, False, "one part misspelt"),
    ("Stourbridge, Woolecote & Lye", "swl", How.FUZZY, False, "one part misspelt"),
    ("Kingwinford, Amblecote & Brierley Hill Locality", "kab", How.FUZZY, False, "one letter lost"),
    ("Dudley North", None, How.NONE, False, "shares a word with Dudley & Netherton: ask"),
    ("Worcester City", None, How.NONE, False, "shares a word with Worcester & Droitwich: ask"),
    ("South Malvern", None, How.NONE, False, "north is not south"),
    ("Ward 2", None, How.NONE, False, "2 is not 1"),
    ("Rye", None, How.NONE, False, "three letters are too few to be misspelt"),
    ("Dudley CCG", None, How.NONE, False, "another kind of place"),
    ("", None, How.NONE, False, "nothing"),
    ("&, - !", None, How.NONE, False, "nothing"),
]


@pytest.mark.parametrize(("name", "code", "how", "sure", "why"), NAMES)
def test_locality(name: str, code: str | None, how: How, sure: bool, why: str):
    found = match(name, LOCALITIES)
    assert (found.place and found.place.code, found.how, found.sure) == (code, how, sure)


@pytest.mark.parametrize(
    ("name", "offered"),
    [("Dudley North", "dn"), ("Worcester City", "wd"), ("South Malvern", "n"), ("Woollscote", "swl")],
)
def test_below_the_threshold_the_likeliest_is_offered(name: str, offered: str):
    found = match(name, LOCALITIES)
    assert found.place is None
    assert found.candidates[0][0].code == offered
    assert "wf" not in [place.code for place, _ in found.candidates]


def test_the_score_tells_a_lost_letter_from_a_garbled_word():
    slight = match("Kingwinford, Amblecote & Brierley Hill", LOCALITIES)
    worse = match("Stourbridge, Woolecote & Lye", LOCALITIES)
    assert 1 > slight.score > worse.score > 0.9


def test_a_stricter_threshold_asks():
    assert match("Stourbridge, Woolecote & Lye", LOCALITIES, threshold=0.95).place is None


def test_two_places_alike_are_not_chosen_between():
    places = Places((Place("a", "Kingsford", PlaceKind.LOCALITY), Place("b", "Kingsfort", PlaceKind.LOCALITY)))
    found = match("Kingsfors", places)
    assert found.place is None
    assert {place.code for place, _ in found.candidates} == {"a", "b"}


ORGANISATIONS = [
    ("Dudley CCG", "05C", "“NHS” left out"),
    ("05C", "05C", "its code"),
    ("DCCG", "05C", "its alias"),
    ("Dudley MBC", "E08000027", "its alias"),
    ("Dudley Borough Council", "E08000027", "a kind of council"),
    ("Dudley Group FT", "RNA", "short for foundation trust"),
    ("Dudley Group of Hospitals NHS Foundation Trust", "RNA", "an older name"),
    ("Dudley and Walsall Mental Health Partnership NHS Trust", "RYK", "its earlier name"),
    ("Black Country Partnerships NHS Foundation Trust", "TAJ", "a plural too many"),
    ("Worcestershire Acute", "RWP", "cut short"),
    ("WMAS", "RYA", "its acronym"),
    ("Worcestershire CCG", None, "one of them, or all: ask"),
    ("North Worcestershire CCG", None, "there is no such organisation"),
    ("Walsall Council", None, "not the CCG of that name"),
    ("Dudley", None, "the council or the CCG: ask"),
]


@pytest.mark.parametrize(("name", "code", "why"), ORGANISATIONS)
def test_shipped_organisation(name: str, code: str | None, why: str):
    found = match(name, load_shipped())
    assert (found.place and found.place.code) == code


def test_only_places_of_the_day_are_matched_where_a_day_is_given():
    shipped = load_shipped()
    assert match("Wyre Forest CCG", shipped, at=date(2017, 4, 1)).place is not None
    assert match("Wyre Forest CCG", shipped, at=date(2023, 4, 1)).place is None


GROUPS = [
    (["Woollscote & Lye", "Woolecote & Lye", "Wollescote & Lye"], 1, "three spellings of one name"),
    (["Kingwinford Locality", "Kingswinford"], 1, "a letter lost, and “Locality” left out"),
    (
        ["Quality Performance & Resources Committee", "Quality, Performance & Resources Committee"],
        0,
        "a comma is no variant",
    ),
    (["Dudley & Netherton", "Dudley and Netherton Locality"], 0, "nor are “and” and “Locality”"),
    (["Dudley North", "Dudley South"], 0, "north is not south"),
    (["Dudley North", "Dudley & Netherton"], 0, "too far apart to be a spelling"),
    (["Phase 1", "Phase 2"], 0, "numbers tell things apart"),
    (["Worcester City", "Wyre Forest"], 0, "two places"),
    (["Eden Medical Group", "Medical Group", "Park Medical Group"], 0, "a word too many is another name"),
    ([], 0, "nothing"),
    (["", " ", "&"], 0, "nothing"),
]


@pytest.mark.parametrize(("names", "groups", "why"), GROUPS)
def test_variants(names: list[str], groups: int, why: str):
    found = variants(names)
    assert len(found) == groups
    assert all(len(group) > 1 for group in found)
