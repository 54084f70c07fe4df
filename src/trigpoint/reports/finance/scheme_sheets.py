"""Sheets of the schemes and the risks, with their sums as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from trigpoint.finance.book.book import MONTHS_OF_YEAR, Recurrence, RiskKind
from trigpoint.finance.money import to_pence
from trigpoint.finance.risks.result import RiskPosition, WeightedRisk
from trigpoint.finance.schemes.plan import months_in_effect
from trigpoint.finance.schemes.result import SchemeBook, SchemeYear
from trigpoint.reports.finance.gathered import Gathered
from trigpoint.reports.finance.input_sheets import closing
from trigpoint.reports.finance.ledger import Column, Ledger, Worked, Workings
from trigpoint.wording import capital

_MONTHS = tuple(capital(month) for month in MONTHS_OF_YEAR)
_FULL, _TWELVE = Decimal(12), 12
_MONEY = ("Full-year effect", "This year", "Net of investment", "Tail", "Exit rate", "Risk-adjusted", "Forecast")


def schemes_sheet(sheets: Workings, told: Gathered) -> None:
    """Each scheme and year: what was entered, and part-year effect, tail, exit rate, risk-adjusted and forecast."""
    months = scheme_months_sheet(sheets, told)
    columns = (
        Column("Year", 9.0), Column("Scheme", 34.0), Column("Id", 22.0), Column("Recurrent", 15.0),
        Column("Stage", 11.0),
        Column("Probability", 11.0, "rate"), Column("Months", 9.0, "plain"), Column("Investment", 15.0, "pence"),
        Column("Full-year effect", 16.0, "pence"),
        *(Column(name, 16.0, "pence", computed=True) for name in _MONEY[1:]),
        Column("Counted once", 16.0, "pence"), Column("Rating", 10.0), Column("Lead", 24.0),
        Column("Source", 44.0), Column("Mark", 12.0),
    )  # fmt: skip
    about = "Savings are positive. Months in effect of twelve; a non-recurrent saving falls whole into its year."
    more = "Forecasts are summed on the sheet Scheme months: actual, then the rest of the plan at the expected ratio."
    ledger = Ledger(sheets, "Schemes", "Schemes", (about, more), columns, freeze=2)
    for book in told.schemes:
        first = ledger.next_row
        for one in book.schemes:
            _scheme(ledger, one, months)
        _sums(ledger, book, first)
        ledger.blank()


def _scheme(ledger: Ledger, one: SchemeYear, months: dict[tuple[str, str], str]) -> None:
    at, scheme, year = ledger.next_row, one.scheme, one.year
    cells = {name: ledger.cell(name, at, here=True) for name in (*_MONEY, "Months", "Probability", "Investment")}
    recurrent = ledger.cell("Recurrent", at, here=True)
    effect = months_in_effect(scheme, year)
    once = scheme.recurrence is Recurrence.NON_RECURRENT
    part = f'=ROUND({cells["Full-year effect"]}*IF({recurrent}="recurrent",{cells["Months"]}/12,{cells["Months"]}>0),2)'
    computed = to_pence(scheme.full_year_effect_gbp * (Decimal(effect > 0) if once else Decimal(effect) / _FULL))
    if abs(computed - one.part_year_gbp) > Decimal("0.005"):
        part = f"={months[scheme.id, year.label]}" if (scheme.id, year.label) in months else ""
    paid = f'IF({recurrent}="recurrent",{cells["Months"]}/12,{cells["Months"]}>0)'
    net = f"={cells['This year']}-ROUND({cells['Investment']}*{paid},2)"
    whole = f"ROUND({cells['Full-year effect']},2)"
    ledger.row(
        year.label,
        (scheme.stated.name or scheme.id) + ("" if scheme.identified else " (unidentified)"),
        scheme.id,
        scheme.recurrence.value,
        scheme.stage,
        scheme.probability,
        Decimal(effect),
        scheme.investment_gbp,
        scheme.full_year_effect_gbp,
        Worked(one.part_year_gbp, part),
        Worked(one.net_gbp, net),
        Worked(one.tail_gbp, f'=IF({recurrent}="recurrent",{whole}-{cells["This year"]},0)'),
        Worked(one.exit_gbp, f'=IF({recurrent}="recurrent",IF({cells["Months"]}>0,{whole},0),0)'),
        Worked(one.risk_adjusted_gbp, f"=ROUND({cells['This year']}*{cells['Probability']},2)"),
        Worked(one.forecast_gbp, f"={months[f'{scheme.id} forecast', year.label]}"),
        one.counted_gbp,
        one.rag or scheme.rag,
        scheme.lead,
        *closing(scheme.stated),
    )


def _sums(ledger: Ledger, book: SchemeBook, first: int) -> None:
    if not book.schemes:
        return
    last = ledger.next_row - 1

    def summed(name: str, value: Decimal) -> Worked:
        return Worked(value, f"=SUM({ledger.block(name, first, last, here=True)})")

    values = (book.part_year_gbp, book.net_gbp, book.tail_gbp, book.exit_gbp, book.risk_adjusted_gbp, book.forecast_gbp)
    cells = [summed(name, value) for name, value in zip(_MONEY[1:], values, strict=True)]
    words = (book.year.label, "All schemes", "", "", "", None, None, None)
    ledger.row(*words, book.full_year_gbp, *cells, book.counted_gbp, "", "", "", "")


def scheme_months_sheet(sheets: Workings, told: Gathered) -> dict[tuple[str, str], str]:
    """Plan, actual and forecast of each scheme by month; returns the cells of their year totals."""
    columns = (
        Column("Year", 9.0), Column("Scheme", 24.0), Column("Series", 10.0), Column("Expected ratio", 12.0, "plain"),
        *(Column(month, 13.0, "pence") for month in _MONTHS), Column("Year total", 16.0, "pence", computed=True),
    )  # fmt: skip
    about = "The forecast of a month that is known is its actual. A forecast of one's own has a reason on its scheme."
    ledger = Ledger(sheets, "Scheme months", "Schemes by month", (about,), columns, freeze=3)
    found = {}
    for book in told.schemes:
        for one in book.schemes:
            for series, name in enumerate(("plan", "actual", "forecast")):
                values = [month[series] for month in one.months]
                if all(value is None for value in values):
                    continue
                at = _month_row(ledger, one, name, values)
                key = one.scheme.id if name == "plan" else f"{one.scheme.id} {name}"
                found[key, one.year.label] = ledger.cell("Year total", at)
    return found


def _month_row(ledger: Ledger, one: SchemeYear, name: str, values: Sequence[Decimal | None]) -> int:
    at = ledger.next_row
    first, last = (ledger.cell(_MONTHS[end], at, here=True) for end in (0, -1))
    total = sum((value for value in values if value is not None), Decimal(0))
    ratio = one.expected_ratio if name == "forecast" else None
    padded = [*values, *([None] * (_TWELVE - len(values)))]
    return ledger.row(one.year.label, one.scheme.id, name, ratio, *padded, Worked(total, f"=SUM({first}:{last})"))


def risks_sheet(sheets: Workings, told: Gathered) -> None:
    """Each risk and mitigation with its expected size, then gross, weighted, mitigated, net and the cases."""
    columns = (
        Column("Year", 9.0), Column("Risk", 44.0), Column("Id", 26.0), Column("Kind", 12.0),
        Column("Size", 17.0, "pence"),
        Column("Counted size", 17.0, "pence"), Column("Probability", 12.0, "rate"),
        Column("Expected", 18.0, "pence", computed=True), Column("Why not counted", 44.0), Column("Owner", 24.0),
        Column("Source", 44.0), Column("Mark", 12.0),
    )  # fmt: skip
    about = "Sizes are positive. Counted is what is left to pay for a mitigation: nothing pays for two things."
    more = "Cases are surpluses: the plan's surplus less what happens. Likely counts what is above 50%."
    ledger = Ledger(sheets, "Risks", "Risks and mitigations", (about, more), columns)
    for position in told.risks:
        first = ledger.next_row
        for one in position.risks:
            _risk(ledger, one)
        _cases(ledger, position, first, ledger.next_row - 1)
        _drawn(ledger, told, position)
        ledger.blank()


def correlations_sheet(sheets: Workings, told: Gathered) -> None:
    """The risks that are told to go together, by whose correlations the outturn is drawn; no sheet where none are."""
    if not told.book.correlations:
        return
    columns = (
        Column("Risk", 44.0), Column("Id", 26.0), Column("Goes with", 44.0), Column("Its id", 26.0),
        Column("Correlation", 12.0, "plain"), Column("Basis", 44.0), Column("Source", 44.0), Column("Mark", 12.0),
    )  # fmt: skip
    about = "How closely two risks go together, -1 to 1, in the draws; pairs that do not stand here are independent."
    ledger = Ledger(sheets, "Correlations", "Risks that go together", (about,), columns)
    names = {one.id: one.stated.name for one in told.book.risks}
    for one in told.book.correlations:
        pair = (names.get(one.first) or one.first, one.first, names.get(one.second) or one.second, one.second)
        ledger.row(*pair, one.value, one.stated.note, *closing(one.stated))


def _risk(ledger: Ledger, one: WeightedRisk) -> None:
    at, risk = ledger.next_row, one.risk
    counted = one.counted_gbp if one.counted else Decimal(0)
    formula = f"=ROUND({ledger.cell('Counted size', at, here=True)}*{ledger.cell('Probability', at, here=True)},2)"
    ledger.row(
        risk.year.label,
        risk.stated.name or risk.id,
        risk.id,
        risk.kind.value,
        risk.gbp,
        counted,
        risk.probability,
        Worked(one.weighted_gbp, formula),
        one.reason,
        risk.owner,
        *closing(risk.stated),
    )


def _cases(ledger: Ledger, position: RiskPosition, first: int, last: int) -> None:
    blocks = {
        name: ledger.block(name, first, last, here=True) for name in ("Kind", "Counted size", "Probability", "Expected")
    }
    rows: dict[str, int] = {}

    def of(values: str, kind: RiskKind, *more: str) -> str:
        tests = "*".join((f'({blocks["Kind"]}="{kind.value}")', *more, "1"))
        return f"SUMPRODUCT({tests},{blocks[values]})"

    def put(name: str, value: Decimal | None, formula: str) -> None:
        if value is not None:
            cells = (position.year.label, name, "", "", None, None, None, Worked(value, formula), "", "", "", "")
            rows[name] = ledger.row(*cells)

    def at(name: str) -> str:
        return ledger.cell("Expected", rows[name], here=True)

    likely = f"({blocks['Probability']}>0.5)"
    size, expected = "Counted size", "Expected"
    put("All risks at their size", position.gross_gbp, f"={of(size, RiskKind.RISK)}")
    put("Risks weighted", position.weighted_gbp, f"={of(expected, RiskKind.RISK)}")
    put("Mitigations weighted", position.mitigated_gbp, f"={of(expected, RiskKind.MITIGATION)}")
    put("Net risk", position.net_gbp, f"={at('Risks weighted')}-{at('Mitigations weighted')}")
    if position.planned_surplus_gbp is None:
        return
    put("Planned surplus", position.planned_surplus_gbp, "")
    planned = at("Planned surplus")
    put("Surplus, best case", position.best_gbp, f"={planned}+{of(size, RiskKind.MITIGATION)}")
    moved = f"{of(size, RiskKind.MITIGATION, likely)}-{of(size, RiskKind.RISK, likely)}"
    put("Surplus, likely case", position.likely_gbp, f"={planned}+{moved}")
    put("Surplus, risk-adjusted", position.risk_adjusted_gbp, f"={planned}-{at('Net risk')}")
    put("Surplus, worst case", position.worst_gbp, f"={planned}-{at('All risks at their size')}")


def _drawn(ledger: Ledger, told: Gathered, position: RiskPosition) -> None:
    """What the draws give: no formula repeats them, so they stand as they are."""
    draws = told.draws.get(position.year)
    if draws is None:
        return
    rows: list[tuple[str, Decimal | None, str]] = [(f"Mean of {draws.draws:,} draws", draws.mean_gbp, "pence")]
    rows += [(f"{at:.1%} of draws are below", gbp, "pence") for at, gbp in draws.quantiles_gbp]
    rows.append(("Probability of the control total", draws.probability, "rate"))
    for name, value, kind in rows:
        if value is not None:
            words = (position.year.label, name, "", "", None, None, None)
            ledger.row(*words, Worked(value, kind=kind), f"Drawn with seed {draws.seed}", "", "", "")
