"""The finance part of a paper, alone or in a committee's: position, rules, schemes, risks, contracts, peers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from trigpoint.charts.finance.contracts import contract_months_picture
from trigpoint.charts.finance.curve import curve_picture
from trigpoint.charts.finance.outturn import outturn_picture
from trigpoint.charts.finance.peer_funnel import peer_funnel_picture
from trigpoint.charts.finance.peers import opportunity_picture
from trigpoint.charts.finance.risks import risks_picture, tornado_picture
from trigpoint.charts.finance.rules import rules_picture
from trigpoint.charts.finance.schemes import schemes_picture
from trigpoint.charts.finance.waterfall import waterfall_picture
from trigpoint.charts.picture import Picture
from trigpoint.errors import InputError
from trigpoint.finance.position.result import Position
from trigpoint.finance.risks.result import RiskPosition
from trigpoint.finance.rules.unknown import of_known_years, unknown_years
from trigpoint.finance.schemes.result import SchemeBook, SchemeYear
from trigpoint.finance.words import gbp_words
from trigpoint.periods.labels import long_date
from trigpoint.reports.blocks import Block, Figure, Heading, Paper, Paragraph, Points, Table, Tone
from trigpoint.reports.finance import contract_tables, scheme_tables, tables
from trigpoint.reports.finance.gathered import Gathered
from trigpoint.reports.finance.words import STAR
from trigpoint.reports.left_out import left_out
from trigpoint.wording import capital, listed

HEADING = "Finance: what the plan comes to"
TITLE = "Financial plan"
_MILLION = 1_000_000
SIGNS = "Cost is positive, a saving negative, a surplus positive."


def finance_paper(
    told: Gathered, *, on: date, organisation: str = "", title: str = TITLE, problems: Sequence[str] = ()
) -> Paper:
    """The finance section as a paper of its own. ``on`` is its date; the same arguments give the same paper."""
    settings = told.book.settings
    whose, years = organisation or settings.organisation, listed([str(year) for year in settings.years])
    front = (
        ("Organisation", whose),
        ("Date", long_date(on)),
        ("Planning round", settings.framework),
        ("Years", years),
        ("Purpose", "Financial position, business rules, savings, risks and contracts"),
    )
    rows = tuple((label, value) for label, value in front if value)
    return Paper(
        title, f"Finance {years}", whose or "Finance", on, rows, tuple(finance_blocks(told, problems=problems))
    )


def finance_blocks(told: Gathered, *, problems: Sequence[str] = ()) -> Iterator[Block]:
    """The section: summary; position with its bridges; rules with their headroom; schemes; risks; contracts; peers;
    what was left out.

    Every finding stands in words and its figures in a table. Drawn is what a committee decides on: of each year how the
    surplus comes about, the schemes and the chances of the outturn; the rules; what moves the first year's outturn; and
    what the largest contract pays. The other pictures are those of the pages and of ``--picture``.
    """
    yield Heading(HEADING)
    if told.illustrative:
        yield Paragraph(
            f"{STAR} illustrative: amounts marked so were invented for a demonstration and are no record.", Tone.NOTICE
        )
    yield Paragraph(f"{_summary(told)} {SIGNS}".strip())
    yield from _positions(told)
    yield from _rules(told)
    yield from _schemes(told)
    yield from _risks(told)
    yield from _contracts(told)
    yield from _peers(told)
    yield from left_out([*problems, *told.problems, *told.remarks])


def committee_blocks(told: Gathered, committee: str, commitments: Collection[str]) -> Iterator[Block]:
    """The section for one committee: position, rules and risks for the one that answers for finance; for any other the
    schemes of its own deliverables, milestones and objectives, and nothing where it has none."""
    if "finance" in committee.casefold():
        yield from finance_blocks(told)
        return
    own = [replace(book, schemes=_own(book, commitments)) for book in told.schemes]
    made = [book for book in own if book.schemes]
    if not made:
        return
    yield Heading("Finance: the committee's schemes")
    if any(one.scheme.stated.illustrative for book in made for one in book.schemes):
        yield Paragraph(f"{STAR} illustrative: invented for a demonstration, and no record.", Tone.NOTICE)
    for book in made:
        yield Heading(f"Schemes {book.year}", level=3)
        yield from _with([scheme_tables.schemes_table(book), scheme_tables.gates_table(book)])


def _own(book: SchemeBook, commitments: Collection[str]) -> tuple[SchemeYear, ...]:
    return tuple(one for one in book.schemes if one.scheme.deliverable in commitments)


def _summary(told: Gathered) -> str:
    sentences = []
    for one in told.positions:
        if one.surplus_gbp is not None:
            sentences.append(_surplus_sentence(one, one.surplus_gbp))
    if told.rules:
        sentences.append(tables.rules_sentence(told.rules))
    return " ".join(sentences)


def _surplus_sentence(one: Position, surplus: Decimal) -> str:
    """What a year ends with, and how far from its control total."""
    kind = "planned" if surplus == one.planned_surplus_gbp else "forecast"
    what = "surplus" if surplus >= 0 else "deficit"
    sentence = f"{one.year}: a {kind} {what} of {_gbp(abs(surplus))}"
    if one.control_total_gbp is None:
        return f"{sentence}."
    control = f"the control total of {_gbp(one.control_total_gbp)}"
    apart = surplus - one.control_total_gbp
    if not apart:
        return f"{sentence}, {control}."
    return f"{sentence}, {_gbp(abs(apart))} {'above' if apart > 0 else 'below'} {control}."


def _gbp(amount: Decimal) -> str:
    """Millions with two decimals, so that a difference of a sentence comes out as it is printed."""
    return gbp_words(amount, 2) if abs(amount) >= _MILLION else gbp_words(amount)


def _drawn(caption: str, draw: Picture | None, *, tabled: bool) -> Iterator[Block]:
    if draw is not None:
        yield Paragraph(draw.finding)
        yield Figure(draw, caption, tabled=tabled)


def _said(draw: Picture | None, of: str = "") -> Iterator[Block]:
    """The finding alone, of a picture that a paper has no room for; ``of`` is what its caption would have named."""
    if draw is not None:
        yield Paragraph(f"{of}{draw.finding}")


def _with(rows: Iterable[Table]) -> Iterator[Block]:
    yield from (table for table in rows if table.rows)


def _positions(told: Gathered) -> Iterator[Block]:
    for one in told.positions:
        yield Heading(f"Position {one.year}", level=3)
        yield from _with([tables.position_table(one), tables.groups_table(one), tables.growth_table(one)])
        yield from _bridges(one)


def _bridges(one: Position) -> Iterator[Block]:
    bridges = tables.bridges_of(one)
    shown = next((name for name in ("surplus", "spend") if name in bridges), "")
    for name, bridge in bridges.items():
        picture = _picture(partial(waterfall_picture, bridge))
        yield from _drawn(bridge.title, picture, tabled=True) if name == shown else _said(picture)
        yield tables.bridge_table(bridge)


def _rules(told: Gathered) -> Iterator[Block]:
    if not told.rules:
        return
    yield Heading("Business rules", level=3)
    known = of_known_years(told.book, told.rules)
    sentences = [one.sentence for one in known if one.sentence and not (one.passes and one.passes_exact)]
    sentences += [f"{capital(one)}." for one in unknown_years(told.book, told.rules).values()]
    yield from _drawn("Headroom of each rule", _picture(partial(rules_picture, told.rules)), tabled=True)
    yield from _with([tables.rules_table(known)])
    if sentences:
        yield Points(tuple(dict.fromkeys(sentences)))
    sources = dict.fromkeys(one.rule.source for one in told.rules if one.rule.source)
    if sources:
        yield Paragraph(f"Sources of the rules: {listed(list(sources))}.")


def _schemes(told: Gathered) -> Iterator[Block]:
    for book in told.schemes:
        yield Heading(f"Schemes {book.year}", level=3)
        yield from _drawn(f"Schemes {book.year}", _picture(partial(schemes_picture, book)), tabled=True)
        made = [scheme_tables.schemes_table(book), scheme_tables.scheme_sums_table(book)]
        yield from _with([*made, scheme_tables.gates_table(book)])


def _risks(told: Gathered) -> Iterator[Block]:
    for position in told.risks:
        yield Heading(f"Risks {position.year}", level=3)
        picture = _picture(partial(risks_picture, position))
        caption = f"Risks and mitigations {position.year}"
        yield from _said(picture) if position.year in told.draws else _drawn(caption, picture, tabled=True)
        yield from _with([scheme_tables.risks_table(position), scheme_tables.risk_sums_table(position)])
        yield from _draws(told, position)


def _draws(told: Gathered, position: RiskPosition) -> Iterator[Block]:
    draws = told.draws.get(position.year)
    if draws is None:
        return
    yield from _drawn(f"Outturn surplus {draws.year}", _picture(partial(outturn_picture, draws)), tabled=True)
    yield from _with([scheme_tables.correlations_table(told.book, position)])
    yield scheme_tables.draws_table(draws)
    movers = _picture(partial(tornado_picture, draws))
    first = position.year == min(told.draws)
    yield from _drawn(f"What moves the outturn most {draws.year}", movers, tabled=True) if first else _said(movers)
    yield from _with([scheme_tables.movers_table(draws)])


def _contracts(told: Gathered) -> Iterator[Block]:
    if not told.contracts:
        return
    yield Heading("Contracts", level=3)
    for year in dict.fromkeys(one.contract.year for one in told.contracts):
        yield contract_tables.contracts_table([one for one in told.contracts if one.contract.year == year])
    first = min(one.contract.year for one in told.contracts)
    largest = max((one for one in told.contracts if one.contract.year == first), key=lambda one: one.planned_gbp)
    for one in told.contracts:
        when = f"{one.contract.year}: "
        name = one.contract.stated.name or one.contract.id
        caption = f"{name}, {one.contract.year}: payment against activity"
        picture = _picture(partial(curve_picture, one.mechanism, one))
        yield from _drawn(caption, picture, tabled=False) if one is largest else _said(picture, when)
        if one.lines:
            yield from _with([contract_tables.contract_lines_table(one), contract_tables.variance_table(one)])
        if one.months:
            yield from _said(_picture(partial(contract_months_picture, one)), when)


def _peers(told: Gathered) -> Iterator[Block]:
    if not told.peers:
        return
    yield Heading("Peers", level=3)
    for one in told.peers:
        yield from _said(_picture(partial(opportunity_picture, one)))
        yield from _with([contract_tables.peers_table(one), contract_tables.opportunities_table(one)])
        yield from _said(_picture(partial(peer_funnel_picture, one)))
        yield from _with([contract_tables.trend_table(one)])


def _picture(draw: Callable[[], Picture]) -> Picture | None:
    """A picture, or none where there is nothing that it could show: the tables stand without it."""
    try:
        return draw()
    except InputError:
        return None
