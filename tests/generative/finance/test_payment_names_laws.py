"""Free text in tables of terms is never a term, and a list pays the same as the text that people would write for it."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.finance.contracts.mechanism import Mechanism
from trigpoint.finance.contracts.reading import mechanism_of, mechanism_text, read_mechanism, stated_activity

names = st.text(st.sampled_from("ab wtp1250 =:;,%£@.-+x()[]{}/|>\"'\n"), max_size=30) | st.text(max_size=30)
shares = st.integers(0, 100).map(lambda part: Decimal(part) / 100)
amounts = st.integers(0, 10**9).map(lambda pence: Decimal(pence) / 100)


def paid(mechanism: Mechanism) -> tuple[object, ...]:
    return mechanism.curve, mechanism.settled, mechanism.planned_gbp, mechanism.price_gbp, stated_activity(mechanism)


@given(st.lists(st.tuples(names, shares), min_size=1, max_size=4))
def test_a_measures_name_changes_nothing(told: list[tuple[str, Decimal]]) -> None:
    rows = [{"weight": "0.2", "baseline": 10, "target": 5, "achieved": 10 - 5 * reached} for _, reached in told]
    plain = mechanism_of("outcomes", {"pool": "2.5m", "measures": rows})
    named = [{"name": name, **row, "note": name} for (name, _), row in zip(told, rows, strict=True)]
    assert paid(mechanism_of("outcomes", {"pool": "2.5m", "measures": named})) == paid(plain)
    again = read_mechanism(mechanism_text(mechanism_of("outcomes", {"pool": "2.5m", "measures": named})), "a.toml")
    assert paid(again) == paid(plain)


@given(st.lists(st.tuples(names, st.integers(0, 10**6), amounts), min_size=1, max_size=4))
def test_a_lines_name_changes_nothing_and_its_text_is_worth_the_same(told: list[tuple[str, int, Decimal]]) -> None:
    worth = sum((units * price for _, units, price in told), Decimal(0))
    named = [{"name": name, "units": units, "price": price} for name, units, price in told]
    rows = [[units, price] for _, units, price in told]
    text = "; ".join(f"{units} x {price}" for _, units, price in told)
    for lines in (named, rows, text):
        made = mechanism_of("cost_per_case", {"lines": lines})
        assert stated_activity(made) == worth
        assert paid(read_mechanism(mechanism_text(made), "a.toml")) == paid(made)


@given(names, st.lists(st.tuples(st.integers(1, 9), shares), min_size=1, max_size=4), shares)
def test_tiers_are_the_same_as_tables_as_rows_and_as_text(
    name: str, slices: list[tuple[int, Decimal]], rest: Decimal
) -> None:
    tables: list[dict[str, object]] = []
    rows, texts, reached = [], [], 0
    for width, rate in slices:
        low, reached = reached, reached + width
        tables.append({"name": name, "from": f"{low}%", "to": f"{reached}%", "rate": rate})
        rows.append([f"{low}-{reached}%", rate])
        texts.append(f"{low}-{reached}%@{rate}")
    tables.append({"note": name, "from": f"{reached}%", "rate": rest})
    rows.append(["rest", rest])
    texts.append(f">{reached}%@{rest}")
    made = [
        mechanism_of("tiered", {"plan": "10m", "over": told, "under": told}) for told in (tables, rows, " ".join(texts))
    ]
    assert [paid(one) for one in made] == [paid(made[0])] * 3
    assert paid(read_mechanism(mechanism_text(made[0]), "a.toml")) == paid(made[0])
