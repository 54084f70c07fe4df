"""Any finance book that the files can say comes back from its files and from its workbook, to the last digit."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from trigpoint.finance.book.book import (
    Allocation,
    AllocationPart,
    Contract,
    ContractLine,
    Correlation,
    Driver,
    FinanceBook,
    FinanceSettings,
    GateDecision,
    GrowthAssumption,
    OrganisationType,
    PeerRate,
    PeerVariable,
    Quantity,
    Recurrence,
    Risk,
    RiskKind,
    Scheme,
    SchemeMonths,
    Series,
    Severity,
    SpendGroup,
    SpendLine,
)
from trigpoint.finance.book.reading import read_texts
from trigpoint.finance.book.template import read_template, template_workbook
from trigpoint.finance.book.writing import texts_of
from trigpoint.finance.contracts.reading import read_mechanism
from trigpoint.finance.money import spread
from trigpoint.periods import FinancialYear
from trigpoint.plans.cells import CellError
from trigpoint.tabular.exact_amounts import decimal_share_text, decimal_text, exact_number, exact_share
from trigpoint.tabular.money_cells import float_money_text, money_cell, money_text
from trigpoint.tabular.stated import Stated

LETTERS = string.ascii_letters + string.digits + " &'-=+@,;:\"%£é–/()"
WORDS = st.text(LETTERS, max_size=12).map(str.strip)
SAID = WORDS.map(lambda word: word or "x")
IDS = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,8}", fullmatch=True)
FILE_IDS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
YEARS = (FinancialYear(2017), FinancialYear(2018))
WITH_BEFORE = st.sampled_from([FinancialYear(2016), *YEARS])
PENCE = st.integers(-(10**13), 10**13).map(lambda pence: Decimal(pence).scaleb(-2))
SIZES = st.integers(0, 10**13).map(lambda pence: Decimal(pence).scaleb(-2))
PRICES = SIZES | st.decimals(0, 10**6, places=4, allow_nan=False)
COUNTS = st.decimals(0, 10**9, places=3, allow_nan=False)
PARTS = st.integers(0, 10**4).map(lambda part: Decimal(part).scaleb(-4)) | st.decimals(0, 1, places=12)
RATES = st.integers(-(10**4) + 1, 10**5).map(lambda rate: Decimal(rate).scaleb(-4))
MONTHLY = st.tuples(*[PENCE] * 12)
GROUPS = st.none() | st.sampled_from(SpendGroup)
DAYS = st.none() | st.dates(date(2010, 1, 1), date(2026, 12, 31))
FEW: dict[str, Any] = {"max_size": 3}
MECHANISM = 'kind = "cap_collar"\nplanned_gbp = 176400000\ncap = "2%"\ncollar = "2%"\nshare = "50%"\nname = "{}"\n'
RULES = 'framework = "nhs-2017-19"\n\n[[rules]]\nid = "net_qipp"\ndenominator = "recurrent_allocation"\n'


def stated() -> st.SearchStrategy[Stated]:
    return st.builds(Stated, WORDS, WORDS, WORDS, DAYS, WORDS, st.booleans())


def unnamed() -> st.SearchStrategy[Stated]:
    """For tables without a column of names."""
    return st.builds(Stated, st.just(""), WORDS, WORDS, DAYS, WORDS, st.booleans())


def unique(rows: list[Any], *names: str) -> tuple[Any, ...]:
    return tuple({tuple(getattr(row, name) for name in names): row for row in rows}.values())


def first_of(rows: list[Any], key: Callable[[Any], object]) -> tuple[Any, ...]:
    return tuple({key(row): row for row in rows}.values())


@st.composite
def lines(draw: st.DrawFn, known: int, contracts: list[str]) -> SpendLine:
    year, series = draw(WITH_BEFORE), draw(st.sampled_from(Series))
    actual = 12 if year < YEARS[0] else known if year == YEARS[0] else 0
    if series is Series.ACTUAL and not actual:
        series = Series.BUDGET
    values: tuple[Decimal | None, ...] = draw(MONTHLY)
    if series is Series.ACTUAL:
        values = (*values[:actual], *[None] * (12 - actual))
    total = sum((one for one in values if one is not None), Decimal(0))
    group, kind = draw(st.sampled_from(SpendGroup)), draw(st.sampled_from(Recurrence))
    contract = draw(st.sampled_from(["", *contracts]))
    return SpendLine(draw(IDS), year, group, kind, series, values, total, contract, draw(stated()))


@st.composite
def schemes(draw: st.DrawFn, identity: str, contracts: list[str]) -> Scheme:
    year = draw(WITH_BEFORE)
    at = draw(st.integers(0, 11))
    weights = draw(st.lists(st.integers(0, 50), min_size=12 - at, max_size=12 - at))
    shares = (*[Decimal(0)] * at, *(one / 100 for one in spread(Decimal(100), [Decimal(w) for w in weights])))
    profile = shares if sum(weights) and draw(st.booleans()) else ()
    return Scheme(
        identity, year, draw(SIZES), year.months[at], draw(st.sampled_from(Recurrence)),
        draw(st.sampled_from(["idea", "outline", "live"])), draw(PARTS), draw(SIZES), draw(st.booleans()),
        draw(st.booleans()), draw(GROUPS), draw(st.sampled_from(["", "red", "amber", "green"])), draw(WORDS),
        draw(WORDS), draw(WORDS), profile, draw(st.lists(IDS, unique=True, **FEW).map(tuple)),
        draw(st.sampled_from(["", *contracts])), draw(WORDS), draw(WORDS), draw(stated()),
    )  # fmt: skip


@st.composite
def scheme_months(draw: st.DrawFn, ids: list[str], known: int) -> SchemeMonths:
    year, series = draw(st.sampled_from(YEARS)), draw(st.sampled_from([Series.BUDGET, Series.FORECAST, Series.ACTUAL]))
    actual = known if year == YEARS[0] else 0
    if series is Series.ACTUAL and not actual:
        series = Series.FORECAST
    values: tuple[Decimal | None, ...] = draw(MONTHLY)
    if series is Series.ACTUAL:
        values = (*values[:actual], *[None] * (12 - actual))
    return SchemeMonths(draw(st.sampled_from(ids)), year, series, values, draw(SAID), draw(unnamed()))


@st.composite
def risks(draw: st.DrawFn) -> Risk:
    low, value, high = sorted(draw(st.tuples(SIZES, SIZES, SIZES)))
    spread_out = draw(st.booleans())
    severity = draw(st.sampled_from(Severity)) if spread_out else Severity.POINT
    return Risk(
        draw(IDS), draw(WITH_BEFORE), draw(st.sampled_from(RiskKind)), value, draw(PARTS),
        low if spread_out else None, high if spread_out else None, severity, draw(st.booleans()), draw(GROUPS), "",
        draw(WORDS), draw(stated()),
    )  # fmt: skip


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    printed, unit = draw(
        st.one_of(
            st.tuples(RATES.map(lambda rate: f"{rate.scaleb(2):f}%"), st.just("share")),
            st.tuples(PENCE.map(money_text), st.just("gbp")),
            st.tuples(st.sampled_from(["£5.3m", "(1,200)", "1.2bn"]), st.just("gbp")),
            st.tuples(st.integers(1, 10**7).map(str), st.sampled_from(["people", "number", "gbp per head"])),
        )
    )
    value = exact_share(printed) if unit == "share" else money_cell(printed).gbp
    name = draw(st.sampled_from(["planned_surplus", "contingency", "own_figure", "population", "net_qipp"]))
    if unit == "gbp" and 0 < abs(value) < 1:
        printed, value = "0", Decimal(0)
    return Quantity(draw(WITH_BEFORE), name, value, unit, printed, draw(SAID), draw(stated()))


@st.composite
def books(draw: st.DrawFn) -> FinanceBook:
    known = draw(st.integers(0, 12))
    contract_ids, scheme_ids = draw(st.lists(IDS, unique=True, **FEW)), draw(st.lists(IDS, unique=True, **FEW))
    mechanisms = {
        name: replace(read_mechanism(MECHANISM.format(name), f"{name}.toml"), id=name)
        for name in draw(st.lists(FILE_IDS, unique=True, **FEW))
    }
    contracts = tuple(
        Contract(
            one, draw(WITH_BEFORE), draw(WORDS), draw(SAID), draw(st.sampled_from(sorted(mechanisms))),
            draw(st.none() | PENCE), draw(st.none() | PENCE), draw(GROUPS), draw(stated()),
        )
        for one in (contract_ids if mechanisms else [])
    )  # fmt: skip
    ids = [one.id for one in contracts]
    found_risks = unique(draw(st.lists(risks(), **FEW)), "id", "year")
    pairs = {
        frozenset((a.id, b.id)): (a.id, b.id)
        for a in found_risks
        for b in found_risks
        if a.id != b.id and a.year == b.year
    }
    growth = st.builds(
        lambda year, group, driver, amount, kind, said: GrowthAssumption(year, group, driver, *amount, kind, said),
        st.sampled_from(YEARS), GROUPS, st.sampled_from(Driver),
        st.tuples(RATES, st.none()) | st.tuples(st.none(), PENCE), st.sampled_from(Recurrence), stated(),
    )  # fmt: skip
    allocations = st.builds(
        Allocation, IDS, WITH_BEFORE, st.sampled_from(AllocationPart), st.sampled_from(Recurrence), PENCE, stated()
    )
    flat = (Decimal("0.25"),) * 4 + (Decimal(0),) * 8
    line = st.builds(
        ContractLine, st.sampled_from(ids or ["x"]), IDS, SAID, COUNTS, PRICES, st.booleans(),
        st.sampled_from([(), flat]), st.just(()), stated(), st.none() | PRICES,
    )  # fmt: skip
    gates = st.builds(
        GateDecision, st.sampled_from(scheme_ids or ["x"]), st.sampled_from(["outline", "approved"]),
        st.sampled_from(["passed", "refused", "deferred"]), WORDS, unnamed(),
    )  # fmt: skip
    peers = st.builds(
        PeerRate, SAID, SAID, PRICES, st.none() | st.integers(1, 10**7).map(Decimal), st.none() | SIZES,
        st.none() | COUNTS, st.booleans(), st.none() | WITH_BEFORE, stated(),
    )  # fmt: skip
    variables = st.builds(PeerVariable, SAID, SAID, PENCE, COUNTS, unnamed())
    rules = draw(st.sampled_from(["", RULES]))
    chosen = FinanceSettings(
        draw(WORDS), draw(st.sampled_from(OrganisationType)), draw(st.sampled_from(["nhs-2017-19", "nhs-2026-29"])),
        YEARS, known, draw(st.integers(1, 10**6)), draw(st.integers(0, 2**40)), draw(st.booleans()),
    )  # fmt: skip
    few = FEW if scheme_ids else {"max_size": 0}
    closely = RATES.filter(lambda rate: abs(rate) <= 1)
    return FinanceBook(
        chosen,
        unique(draw(st.lists(allocations, **FEW)), "id", "year"),
        unique(draw(st.lists(lines(known, ids), **FEW)), "id", "year", "series", "group", "recurrence"),
        first_of(draw(st.lists(growth, **FEW)), lambda g: (g.year, g.group, g.driver, g.recurrence, g.stated.name)),
        unique(draw(st.lists(quantities(), **FEW)), "year", "name", "place"),
        tuple(draw(schemes(one, ids)) for one in scheme_ids),
        unique(draw(st.lists(scheme_months(scheme_ids, known), **few)), "scheme", "year", "series"),
        first_of(draw(st.lists(gates, **few)), lambda g: (g.scheme, g.gate, g.decision, g.stated.on)),
        found_risks,
        tuple(Correlation(*pair, draw(closely), draw(unnamed())) for pair in pairs.values()),
        contracts,
        unique(draw(st.lists(line, **FEW)), "contract", "id") if ids else (),
        mechanisms,
        unique(draw(st.lists(peers, **FEW)), "measure", "organisation", "year"),
        unique(draw(st.lists(variables, **FEW)), "organisation", "variable"),
        rules_toml=rules,
        tolerances_toml=draw(st.sampled_from(["", '[tolerances]\nCONTRACT_VALUE = "5%"\n'])),
    )  # fmt: skip


def unplaced(value: Any) -> Any:
    """A value without where it was read."""
    if isinstance(value, tuple):
        return tuple(map(unplaced, value))
    if isinstance(value, dict):
        return {name: unplaced(one) for name, one in value.items()}
    if hasattr(value, "stated"):
        return replace(value, stated=replace(value.stated, file="", row=None))
    return value


def parts(book: FinanceBook) -> dict[str, Any]:
    """The parts of a book; its own rules are read from the file beside them."""
    kept = {name: unplaced(getattr(book, name)) for name in FinanceBook.__slots__ if name != "rules"}
    return kept | {"mechanisms": {name: (one.curve, one.terms) for name, one in book.mechanisms.items()}}


def assert_same(back: FinanceBook, book: FinanceBook) -> None:
    told, given_ = parts(back), parts(book)
    for name, part in given_.items():
        if isinstance(part, tuple) and name not in ("mechanisms",):
            assert told[name] == part, name
    assert told == given_


@settings(max_examples=40, deadline=None, phases=[Phase.generate])
@given(books())
def test_a_finance_book_comes_back_from_its_texts(book: FinanceBook) -> None:
    back = read_texts(texts_of(book))
    assert [str(one) for one in back.problems] == []
    assert back.book is not None
    assert_same(back.book, book)


@settings(max_examples=12, deadline=None, phases=[Phase.generate])
@given(books())
def test_a_finance_template_gives_its_book_back(book: FinanceBook) -> None:
    back = read_template(template_workbook(book), "plan.xlsx")
    assert [str(one) for one in back.problems] == []
    again = read_texts(back.texts).book
    assert again is not None
    assert_same(again, book)


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=6) | PENCE)
def test_money_cells_give_an_amount_back_to_the_last_digit(gbp: Decimal) -> None:
    found = money_cell(money_text(gbp))
    assert found.gbp == gbp
    assert not found.spelled


@given(RATES | PARTS)
def test_money_cells_beside_give_shares_and_numbers_back(value: Decimal) -> None:
    assert exact_number(decimal_text(value)) == value
    assert exact_share(decimal_share_text(value)) == value


@given(st.integers(0, 10**9), st.sampled_from([0, 3, 6]), st.booleans(), st.sampled_from(["", ",", " "]))
def test_money_cells_read_every_plain_spelling_of_an_amount(whole: int, power: int, negative: bool, mark: str) -> None:
    """Against the obvious: the amount is made, and then spelled."""
    exact = Decimal(whole).scaleb(-2)
    pounds, pence = divmod(whole, 100)
    digits = f"{pounds:,}".replace(",", mark) + f".{pence:02d}"
    spelled = f"£{digits}{ {0: '', 3: 'k', 6: 'm'}[power] }"
    cell = f"({spelled})" if negative else spelled
    gbp = -exact.scaleb(power) if negative else exact.scaleb(power)
    if abs(gbp) <= Decimal(10) ** 12:
        assert money_cell(cell).gbp == gbp


@given(st.text(max_size=40) | st.text("£$€()+-−0123456789.,kmbn cr%", max_size=20))
def test_money_cells_never_fail_but_with_a_remedy(cell: str) -> None:
    try:
        found, said = money_cell(cell), ("read", "as it is")
    except CellError as error:
        found, said = None, (error.what, error.remedy)
    assert all(said)
    assert found is None or money_cell(money_text(found.gbp)).gbp == found.gbp


@given(st.integers(-(10**13), 10**13))
def test_money_cells_of_a_spreadsheet_are_the_penny_that_was_meant(pence: int) -> None:
    exact = Decimal(pence).scaleb(-2)
    assert Decimal(float_money_text(float(exact))) == exact
    assert Decimal(float_money_text(float(exact) + 3e-8 * (1 if abs(pence) < 10**9 else 0))) == exact
