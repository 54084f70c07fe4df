"""Sheets of contracts: lines, the slices of each payment curve, and payments as formulas of both."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from trigpoint.errors import InputError
from trigpoint.finance.contracts.mechanism import MechanismKind, Payment
from trigpoint.finance.contracts.result import ContractYear
from trigpoint.reports.finance.contract_tables import bearer_words, kind_name
from trigpoint.reports.finance.gathered import Gathered
from trigpoint.reports.finance.input_sheets import MARK, closing
from trigpoint.reports.finance.ledger import Column, Ledger, Worked, Workings, matching
from trigpoint.rounding import total


def contracts_sheet(sheets: Workings, told: Gathered) -> None:
    """Each contract at plan and at the forecast: activity, the payment of each slice of it, and what is settled."""
    lines = lines_sheet(sheets, told)
    curves = curves_sheet(sheets, told)
    columns = (
        Column("Year", 9.0), Column("Contract", 40.0), Column("Id", 22.0), Column("At", 10.0),
        Column("Mechanism", 26.0),
        Column("All lines", 18.0, "pence", computed=True), Column("Activity", 18.0, "pence", computed=True),
        Column("Moved by activity", 18.0, "pence", computed=True), Column("Settled", 18.0, "pence", computed=True),
        Column("Payment", 18.0, "pence", computed=True), Column("In its own terms", 18.0, "pence", computed=True),
        Column("One more £1", 12.0, "plain"), Column("Borne by", 18.0), Column("Mark", 12.0),
    )  # fmt: skip
    about = "Payment is ROUND(what activity moves + what is settled, 2). Terms and slices are on the sheet Curves."
    more = "Lines that are not variable stay at their planned value. “In its own terms” pays by the contract's wording."
    ledger = Ledger(sheets, "Contracts", "Contracts", (about, more), columns, freeze=3)
    for one in told.contracts:
        for at, payment in (("plan", one.at_plan), ("forecast", one.at_forecast)):
            _contract(ledger, one, at, payment, lines, curves)


def _contract(ledger: Ledger, one: ContractYear, at: str, paid: Payment, lines: Ledger, curves: Curves) -> None:
    row, contract = ledger.next_row, one.contract
    cells = {name: ledger.cell(name, row, here=True) for name in ("Activity", "Moved by activity", "Settled")}
    value = "Planned value" if at == "plan" else "Forecast value"
    own = (lines.block("Contract"), f'"{contract.id}"')
    every = total(line.planned_gbp if at == "plan" else line.forecast_gbp for line in one.lines)
    activity = _activity(one, at)
    base = one.mechanism.kind is MechanismKind.GAIN_LOSS
    conditions = (own,) if base else (own, (lines.block("Variable"), '"yes"'))
    moved = dict(paid.parts).get("activity")
    settled = paid.gbp - (moved if moved is not None else Decimal(0))
    found = f"={matching(lines.block(value), *conditions)}" if one.lines else ""
    terms = curves.own_terms(one, cells["Activity"])
    ledger.row(
        contract.year.label,
        contract.stated.name or contract.id,
        contract.id,
        at,
        kind_name(one.mechanism.kind),
        Worked(every, f"={matching(lines.block(value), own)}" if one.lines else ""),
        Worked(activity, found),
        Worked(moved, f"=ROUND({curves.paid(one, cells['Activity'])},2)") if moved is not None else None,
        Worked(settled, curves.settled(one)),
        Worked(paid.gbp, f"=ROUND(N({cells['Moved by activity']})+N({cells['Settled']}),2)"),
        Worked(paid.gbp, f"={terms}") if terms else None,
        paid.marginal_gbp,
        bearer_words(paid.borne_by),
        MARK if one.illustrative else "",
    )


def _activity(one: ContractYear, at: str) -> Decimal:
    """The value that the mechanism pays: of variable lines, and of all where a gain or loss is shared."""
    whole = one.mechanism.kind is MechanismKind.GAIN_LOSS
    if not one.lines:
        return one.mechanism.planned_gbp
    rows = [line for line in one.lines if line.line.variable or whole]
    return total(line.planned_gbp if at == "plan" else line.forecast_gbp for line in rows)


def lines_sheet(sheets: Workings, told: Gathered) -> Ledger:
    """The lines of every contract: units times price at plan and at the forecast."""
    columns = (
        Column("Contract", 22.0), Column("Line", 24.0), Column("Name", 32.0), Column("Point of delivery", 24.0),
        Column("Variable", 9.0), Column("Planned units", 14.0, "plain"), Column("Price", 14.0, "pence"),
        Column("Price paid", 14.0, "pence"),
        Column("Planned value", 18.0, "pence", computed=True), Column("Units to date", 14.0, "plain"),
        Column("Planned to date", 14.0, "plain"), Column("Forecast units", 16.0, "plain", computed=True),
        Column("Forecast value", 18.0, "pence", computed=True), Column("Variance", 16.0, "pence", computed=True),
        *(Column(name, 16.0) for name in ("Source", "Mark")),
    )  # fmt: skip
    about = "Forecast units: units to date, and the plan's remaining months at the rate of delivery so far."
    ledger = Ledger(sheets, "Contract lines", "Lines of contracts", (about,), columns)
    for one in told.contracts:
        for line in one.lines:
            at, row = ledger.next_row, line.line
            cell = {name: ledger.cell(name, at, here=True) for name in (
                "Planned units", "Price", "Price paid", "Planned value", "Units to date", "Planned to date",
                "Forecast units", "Forecast value")}  # fmt: skip
            rest = (
                f"({cell['Planned units']}-{cell['Planned to date']})*{cell['Units to date']}/{cell['Planned to date']}"
            )
            known = row.variable and line.units_to_date is not None and line.planned_units_to_date
            forecast = f"={cell['Units to date']}+{rest}" if known else f"={cell['Planned units']}"
            usual = known or line.forecast_units == row.planned_units
            ledger.row(
                one.contract.id,
                row.id,
                row.stated.name,
                row.pod,
                "yes" if row.variable else "no",
                row.planned_units,
                row.price_gbp,
                row.paid_price_gbp,
                Worked(line.planned_gbp, f"=ROUND({cell['Planned units']}*{cell['Price']},2)"),
                line.units_to_date,
                line.planned_units_to_date,
                Worked(line.forecast_units, forecast if usual else ""),
                Worked(line.forecast_gbp, f"=ROUND({cell['Forecast units']}*{cell['Price paid']},2)"),
                Worked(line.variance_gbp, f"={cell['Forecast value']}-{cell['Planned value']}"),
                *closing(row.stated),
            )
    return ledger


class Curves:
    """The sheet of mechanisms: their terms as written, their slices, and what is settled; with formulas that pay."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._slices: dict[str, list[int]] = {}
        self._settled: dict[str, list[int]] = {}
        self._terms: dict[str, dict[str, int]] = {}

    def write(self, one: ContractYear) -> None:
        """The rows of one contract's mechanism."""
        name, mechanism = one.contract.id, one.mechanism
        self._terms[name] = {
            term: self.ledger.row(name, "term", term, None, None, _number(written), None, written)
            for term, written in mechanism.terms.items()
        }
        curve = mechanism.curve
        edges = (Decimal(0), *curve.thresholds_gbp)
        ends = (*curve.thresholds_gbp, None)
        self._slices[name] = [self.ledger.row(name, "slice", "for no activity", None, None, None, curve.origin_gbp, "")]
        self._slices[name] += [
            self.ledger.row(name, "slice", f"slice {at}", low, high, rate, None, "")
            for at, (low, high, rate) in enumerate(zip(edges, ends, curve.rates, strict=True), start=1)
        ]
        self._settled[name] = [
            self.ledger.row(name, "settled", part, None, None, None, gbp, "") for part, gbp in mechanism.settled
        ]

    def paid(self, one: ContractYear, activity: str) -> str:
        """What activity moves: each slice's rate times the activity that falls into it."""
        first, *slices = self._slices[one.contract.id]
        parts = [self.ledger.cell("Amount", first)]
        for at in slices:
            low, high, rate = (self.ledger.cell(name, at) for name in ("From", "To", "Rate or value"))
            within = f"MIN({activity},{high})" if at != slices[-1] else activity
            parts.append(f"{rate}*MAX(0,{within}-{low})")
        return "+".join(parts)

    def settled(self, one: ContractYear) -> str:
        """The sum of what activity does not move."""
        rows = self._settled[one.contract.id]
        return f"=SUM({self.ledger.block('Amount', rows[0], rows[-1])})" if rows else "=0"

    def own_terms(self, one: ContractYear, activity: str) -> str:
        """The payment in the wording of the contract, for mechanisms that a line of formula can say."""
        rows = self._terms[one.contract.id]
        terms = {name: self.ledger.cell("Rate or value", at) for name, at in rows.items()}
        rest = f"+N(SUM({self.ledger.block('Amount', s[0], s[-1])}))" if (s := self._settled[one.contract.id]) else ""
        written = {name: _number(cell) for name, cell in one.mechanism.terms.items()}
        known = {name for name, value in written.items() if value is not None}
        kind = one.mechanism.kind
        told = written.get("planned_gbp") or written.get("baseline_gbp")
        if rest and told is not None and told != one.mechanism.planned_gbp:
            # Written for all lines: what is paid by a fixed sum is held to the thresholds with the rest.
            activity, rest = f"({activity}{rest})", ""
        if kind is MechanismKind.CAP_COLLAR and {"planned_gbp", "cap", "collar"} <= known:
            return f"ROUND({_corridor(terms, known, activity)}{rest},2)"
        if (
            kind is MechanismKind.AMBULANCE
            and {"planned_gbp", "cap", "collar", "block_gbp", "pool_gbp", "score"} <= known
        ):
            pool = f"{terms['block_gbp']}+{terms['pool_gbp']}*{terms['score']}"
            return f"ROUND({_corridor(terms, known, activity)}+{pool},2)"
        if kind is MechanismKind.MARGINAL_RATE and {"baseline_gbp", "rate"} <= known:
            base = terms["baseline_gbp"]
            return f"ROUND(IF({activity}<={base},{activity},{base}+{terms['rate']}*({activity}-{base})){rest},2)"
        if kind is MechanismKind.COST_PER_CASE and not {"factor", "adjustment_gbp"} & set(terms):
            return f"ROUND({activity}{rest},2)"
        if kind is MechanismKind.BLOCK and "block_gbp" in known:
            return f"ROUND({terms['block_gbp']},2)"
        if kind is MechanismKind.BLENDED and {"fixed_gbp", "planned_gbp", "rate_over", "rate_under"} <= known:
            apart = f"({activity}-{terms['planned_gbp']})"
            sides = f"{terms['rate_over']}*MAX(0,{apart})-{terms['rate_under']}*MAX(0,-{apart})"
            return f"ROUND({terms['fixed_gbp']}+{sides},2)"
        return ""


def _corridor(terms: Mapping[str, str], known: set[str], activity: str) -> str:
    """Activity held to the plan ± its cap and collar, and the share of what lies outside."""
    planned = terms["planned_gbp"]
    top, foot = f"{planned}*(1+{terms['cap']})", f"{planned}*(1-{terms['collar']})"
    above = terms["share_above"] if "share_above" in known else terms.get("share", "0")
    below = terms["share_below"] if "share_below" in known else terms.get("share", "0")
    held = f"MAX({foot},MIN({top},{activity}))"
    return f"{held}+{above}*MAX(0,{activity}-{top})-{below}*MAX(0,{foot}-{activity})"


def curves_sheet(sheets: Workings, told: Gathered) -> Curves:
    """The mechanism of every contract."""
    columns = (
        Column("Contract", 22.0), Column("Kind", 10.0), Column("Term", 34.0), Column("From", 18.0, "pence"),
        Column("To", 18.0, "pence"), Column("Rate or value", 18.0, "plain"), Column("Amount", 18.0, "pence"),
        Column("As written", 40.0),
    )  # fmt: skip
    about = "Terms as written; slices: of each pound of activity between From and To the rate is paid."
    more = "Settled amounts are paid whatever is done. A share is a fraction: 0.02 is 2%."
    curves = Curves(Ledger(sheets, "Curves", "Mechanisms", (about, more), columns, freeze=3))
    for one in told.contracts:
        curves.write(one)
    return curves


def _number(written: str) -> Decimal | None:
    """A term as a number, where it is one."""
    from trigpoint.finance.contracts.amounts import amount_of, is_share, share_of  # noqa: PLC0415 - with their errors
    from trigpoint.plans.cells import CellError  # noqa: PLC0415

    try:
        return share_of(written) if is_share(written) else amount_of(written)
    except (CellError, InputError):
        return None
