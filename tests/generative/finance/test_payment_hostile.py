"""Whatever a file of terms holds, it is a mechanism that pays, or one sentence a mistake."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.errors import InputError, InputErrors
from trigpoint.finance.contracts.mechanism import Mechanism, MechanismKind
from trigpoint.finance.contracts.payment import payment
from trigpoint.finance.contracts.reading import mechanism_of, mechanism_text, read_mechanism
from trigpoint.finance.contracts.vocabulary import TERMS

CELLS = st.one_of(
    st.sampled_from([
        "10m", "£10.0m", "2%", "0.02", "1", "0", "-3%", "(5)", "70", "yes", "passed", "0-2%@100 2-5%@50 >5%@20", "[]",
        ">2%@50", "0.4; 0.6", "0.5 1 2 3; 0.5 3 1 2", "w=1 b=0 t=1 a=2", "1050 x 1800; 600@2,000", "18m + 10.2m", "nan",
        "0.000000000001", "9999999999999", "1e9", "1e-9", "33.3333333333%", "£", "%", "x", ";", "=", "0-0%@1", "%@",
    ]),
    st.text(max_size=30),
    st.text(alphabet="0123456789.,%£m-+@x=>; ()kwbta", max_size=25),
)  # fmt: skip
WORDS = ["w", "b", "t", "a", "weight", "rate", "to", "from", "met", "units", "price", "name"]
VALUES = st.one_of(
    CELLS, st.integers(-10, 10**15), st.booleans(), st.decimals(), st.none(), st.lists(CELLS, max_size=4),
    st.lists(st.lists(CELLS, max_size=4), max_size=3),
    st.lists(st.dictionaries(st.sampled_from(WORDS), CELLS), max_size=3),
)  # fmt: skip


def attempt(make: Callable[[], Mechanism]) -> tuple[Mechanism | None, tuple[InputError, ...]]:
    """What is made, or the mistakes told; anything else that breaks off is a failure."""
    try:
        return make(), ()
    except InputErrors as refusal:
        return None, refusal.errors


@st.composite
def written(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    kind = draw(st.sampled_from(list(MechanismKind)))
    names = [*TERMS[kind], *(word for words in TERMS[kind].values() for word in words.split())]
    return kind.value, draw(st.dictionaries(st.one_of(st.sampled_from(names), st.text(max_size=8)), VALUES, max_size=7))


@given(written(), st.integers(0, 10**9))
@settings(max_examples=400, deadline=None)
def test_terms_are_a_mechanism_or_sentences(told: tuple[str, dict[str, object]], activity: int) -> None:
    kind, terms = told
    mechanism, mistakes = attempt(lambda: mechanism_of(kind, terms, "mine.toml"))
    if mechanism is None:
        assert mistakes
        assert all(error.what and error.remedy and "\n" not in str(error) for error in mistakes)
        return
    paid = payment(mechanism, Decimal(activity if mechanism.price_gbp is None else activity % 10))
    assert paid.gbp == sum(gbp for _, gbp in paid.parts)
    assert paid.gbp == paid.gbp.quantize(Decimal("0.01"))
    assert read_mechanism(mechanism_text(mechanism), "mine.toml") == mechanism


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_a_mechanism_or_sentences(text: str) -> None:
    mechanism, mistakes = attempt(lambda: read_mechanism(text, "mine.toml"))
    assert bool(mistakes) == (mechanism is None)
