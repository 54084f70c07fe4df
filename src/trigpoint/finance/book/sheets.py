"""The sheets of the finance template: which table each holds, and what stands in its columns."""

from __future__ import annotations

from trigpoint.finance.book import tables
from trigpoint.finance.book.tables import is_money, is_number
from trigpoint.tabular.fields import Field, FileTable
from trigpoint.tabular.sheet_rows import Headings
from trigpoint.tabular.sheets import CellKind, SheetTable, settings_table

SETTINGS_SHEET, MECHANISMS_SHEET, OWN_SHEET = "Settings", "Mechanisms", "Own rules"
SETTING = settings_table("years")
MECHANISM = FileTable(
    "mechanisms",
    (
        Field("mechanism", "its id, as contracts name it; a row for each of its terms", "cap-and-collar", needed=True),
        Field("term", "which term: kind first, then those of its kind", "cap", needed=True),
        Field("value", "what it says", "2%", common=True),
    ),
)
OWN = FileTable(
    "own_rules",
    (
        Field("file", "rules.toml for business rules of your own, gates.toml for gates of schemes", "rules.toml"),
        Field("line", "one line of that file, in its order", 'compare_on = "exact"', common=True),
    ),
)
SHEETS = (
    SheetTable(SETTINGS_SHEET, SETTING, "Whose plan it is, of which planning round and which years."),
    SheetTable("Allocations", tables.ALLOCATIONS, "What the organisation is given."),
    SheetTable("Spend", tables.SPEND, "What is planned, spent and forecast: a row for each line, a column a month."),
    SheetTable("Growth", tables.GROWTH, "Why spend changes from one year to the next."),
    SheetTable("Quantities", tables.QUANTITIES, "Figures that the plan prints, exactly as it prints them."),
    SheetTable("Schemes", tables.SCHEMES, "QIPP, CIP and efficiency: what each saves in a full year, from when."),
    SheetTable("Scheme months", tables.SCHEME_MONTHS, "What schemes plan to save, and have saved, month by month."),
    SheetTable("Gates", tables.GATES, "What was decided of each scheme."),
    SheetTable("Risks", tables.RISKS, "Risks and mitigations, with size and probability."),
    SheetTable("Correlations", tables.CORRELATIONS, "Risks that go together."),
    SheetTable("Contracts", tables.CONTRACTS, "Contracts, with the value that each side plans."),
    SheetTable("Contract lines", tables.CONTRACT_LINES, "What each contract plans to buy, and what was done."),
    SheetTable(MECHANISMS_SHEET, MECHANISM, "How contracts pay: a row for each term of a mechanism."),
    SheetTable("Peers", tables.PEERS, "Rates of organisations that are compared."),
    SheetTable("Peer variables", tables.PEER_VARIABLES, "What makes organisations alike."),
    SheetTable(OWN_SHEET, OWN, "Files of rules and gates of your own, line by line; most plans need none."),
)
SETTING_MEANINGS = {
    "organisation": "whose plan it is",
    "organisation_type": "CCG, ICB or trust: business rules apply by it",
    "framework": "the planning round, whose business rules apply",
    "years": "the years that are planned, between commas, e.g. 2017/18, 2018/19",
    "months_known": "how many months of the first of them are actuals, 0 to 12",
    "draws": "how many draws are made of risks",
    "seed": "the number that draws start from; the same gives the same answer",
    "illustrative": "yes where the whole was invented for a demonstration",
}
_OF_MONTHS = frozenset({"start"})
_OF_DAYS = frozenset({"on"})
_PLAIN = frozenset({SETTING.name, MECHANISM.name, OWN.name, tables.QUANTITIES.name})
"""Tables whose values are words, exactly as they are written: a printed 0.50% says more than the number does."""


def kind(table: FileTable, column: str) -> CellKind:
    """What a column of the template holds."""
    if table.name == SETTING.name and column in ("setting", "meaning"):
        return CellKind.LOCKED
    if column in _OF_DAYS:
        return CellKind.DATE
    if table.name in _PLAIN:
        return CellKind.WORDS
    if column in _OF_MONTHS:
        return CellKind.MONTH
    if is_money(table, column):
        return CellKind.MONEY
    return CellKind.NUMBER if is_number(table, column) else CellKind.WORDS


def read_kind(table: FileTable, column: str) -> CellKind:
    """What the number is that a spreadsheet holds in a column: printed figures are amounts where they are numbers, and
    so is what a rate is of."""
    if (table.name, column) in ((tables.QUANTITIES.name, "value"), (tables.PEERS.name, "numerator")):
        return CellKind.MONEY
    return kind(table, column)


def headings(table: FileTable) -> Headings:
    """How the headings of a table are understood."""
    return Headings(table, read_kind)
