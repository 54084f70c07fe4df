"""Properties of matching and grouping that hold for all names."""

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.places import How, Place, PlaceKind, Places, match, variants
from trigpoint.places.names import likeness, take_apart

WORDS = st.sampled_from(
    [
        "Dudley",
        "Dudly",
        "North",
        "South",
        "Netherton",
        "Lye",
        "&",
        "and",
        ",",
        "Locality",
        "CCG",
        "NHS",
        "1",
        "2",
        "Wollescote",
    ]
)
NAMES = st.one_of(st.text(max_size=30), st.lists(WORDS, max_size=5).map(" ".join))
REGISTERS = st.lists(
    st.tuples(NAMES.filter(str.strip), st.sampled_from(PlaceKind)),
    max_size=6,
    unique_by=lambda pair: " ".join(pair[0].split()).casefold(),
).map(lambda pairs: Places(tuple(Place(f"code-{number}", name, kind) for number, (name, kind) in enumerate(pairs))))


@given(NAMES, NAMES)
def test_likeness_is_symmetric_and_whole_for_a_name_itself(first, second):
    one, other = take_apart(first), take_apart(second)
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == (1 if one.words else 0)


@given(NAMES, REGISTERS)
def test_any_name_is_answered(name, places):
    found = match(name, places)
    scores = [score for _, score in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert 0 <= found.score <= 1
    assert found.sure == (found.place is not None and found.how in {How.EXACT, How.ALIAS, How.NORMALISED})
    if found.place is not None:
        assert found.candidates[0] == (found.place, found.score)


@given(REGISTERS)
def test_a_place_is_found_by_its_own_name_and_code_for_sure(places):
    for place in places:
        for words in (place.name, place.code, f"  {place.name} "):
            found = match(words, places)
            assert (found.place, found.how, found.score, found.sure) == (place, How.EXACT, 1.0, True)


@given(NAMES, REGISTERS, st.randoms(use_true_random=False))
def test_the_order_of_the_register_does_not_matter(name, places, random):
    rows = list(places.rows)
    random.shuffle(rows)
    assert match(name, Places(tuple(rows))).place == match(name, places).place


@given(st.lists(NAMES, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_names_does_not_matter_to_variants(names, random):
    groups = variants(names)
    shuffled = names + names[:2]
    random.shuffle(shuffled)
    assert variants(shuffled) == groups
    spellings = [name for group in groups for name in group]
    assert len(spellings) == len(set(spellings))
    assert set(spellings) <= set(names)
