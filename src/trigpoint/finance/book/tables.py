"""The files of the folder ``finance`` and their columns, as ``docs/finance-files.md`` explains them."""

from __future__ import annotations

from trigpoint.finance.book.book import MONTHS_OF_YEAR
from trigpoint.tabular.fields import Field, FileTable
from trigpoint.tabular.layout import Layout

FOLDER = "finance"
SETTINGS = "settings.toml"
MECHANISMS = "mechanisms"
"""The folder of payment mechanisms, one TOML file each."""
RULES = "rules.toml"
"""Business rules of the organisation's own, beside those of its planning round."""
GATES_FILE = "gates.toml"
TOLERANCES = "tolerances.toml"
"""Gates of schemes of the organisation's own, instead of the usual ones."""

_ID = Field("id", "its id: lower-case letters, digits and hyphens", "front-door", needed=True)
_NAME = Field("name", "its name on paper", "Telemedicine in care homes", common=True)
_YEAR = Field("year", "the financial year", "2017/18", needed=True)
_GROUP = Field("group", "the commissioning group of spend", "acute", common=True)
_RECURRENCE = Field("recurrence", "recurrent or non-recurrent", "recurrent", needed=True)
_MONTHS = tuple(Field(month, "its amount in that month, in pounds", "125000", common=True) for month in MONTHS_OF_YEAR)
_SHARES = tuple(Field(month, "the share of the year in that month", "8.5%") for month in MONTHS_OF_YEAR)
_STATED = (
    Field("source", "where it comes from", "Operational plan, must-do 2", common=True),
    Field("author", "who entered it and answers for it", "Finance team"),
    Field("on", "the day that was", "2016-12-01"),
    Field("note", "anything a reader should know"),
    Field("illustrative", "yes where it was invented for a demonstration", "yes", common=True),
)

ALLOCATIONS = FileTable(
    "allocations",
    (
        _ID,
        _NAME,
        _YEAR,
        Field("part", "what it is for: programme, delegated primary care, running cost, …", "programme", needed=True),
        _RECURRENCE,
        Field("gbp", "pounds of the year; negative where it is taken away", "442500000", needed=True),
        *_STATED,
    ),
)
SPEND = FileTable(
    "spend",
    (
        _ID,
        _NAME,
        _YEAR,
        Field("group", "the commissioning group", "acute", needed=True),
        _RECURRENCE,
        Field("series", "budget, actual or forecast; budget where empty", "budget", common=True),
        Field("gbp", "pounds of the year, where the months are not told or their total is printed", common=True),
        *_MONTHS,
        Field("contract", "the contract that it pays", "dgft"),
        *_STATED,
    ),
)
GROWTH = FileTable(
    "growth",
    (
        _YEAR,
        Field("group", "the commissioning group; empty for all", "prescribing", common=True),
        Field("driver", "why spend changes: demographic growth, inflation, investment, …", "inflation", needed=True),
        _NAME,
        Field("rate", "a share of the year before's recurrent spend", "6.5%", common=True),
        Field("gbp", "or an amount in pounds", "1800000", common=True),
        Field("recurrence", "recurrent or non-recurrent; recurrent where empty", "recurrent", common=True),
        *_STATED,
    ),
)
QUANTITIES = FileTable(
    "quantities",
    (
        _YEAR,
        Field("quantity", "which quantity, as the rules call it", "planned_surplus", needed=True),
        Field("value", "pounds, a share with its sign, or a number", "5300000", needed=True),
        Field("unit", "gbp, share, gbp per head, people or number; by its sign and name where empty", "people"),
        Field("place", "where the plan says it: text, table, model, contract; table where empty", "text", common=True),
        Field("name", "its name on paper", "Planned surplus", common=True),
        *_STATED,
    ),
)
SCHEMES = FileTable(
    "schemes",
    (
        _ID,
        _NAME,
        _YEAR,
        Field("full_year_effect", "what it saves in a full year, gross, in pounds", "2400000", needed=True),
        Field("start", "the first month with an effect", "2017-07", needed=True),
        _RECURRENCE,
        Field("stage", "idea, outline, assessed, approved, live or closed", "outline", needed=True),
        Field("probability", "the probability that it delivers; 100% where empty", "80%", common=True),
        Field("investment", "what it costs in a full year, in pounds", "150000", common=True),
        Field("cash_releasing", "no where it releases no cash; yes where empty", "yes", common=True),
        Field("identified", "no for a balance without schemes yet; yes where empty", "no", common=True),
        _GROUP,
        Field("rag", "the owner's own rating: red, amber or green", "amber", common=True),
        Field("double_count", "a name that schemes share which touch the same money", "care homes", common=True),
        Field("lead", "who answers for it", "Head of Commissioning", common=True),
        Field("part_of", "the programme that owns it", "QIPP", common=True),
        Field("activity", "interventions of the activity model that it rests on, between commas", common=True),
        Field("contract", "the contract that it saves on", "dgft", common=True),
        Field("deliverable", "the plan's deliverable that it is of", "d3-6-1"),
        Field("measure", "the measure that shows it", "emergency-admissions"),
        *_SHARES,
        *_STATED,
    ),
)
SCHEME_MONTHS = FileTable(
    "scheme_months",
    (
        Field("scheme", "the id of the scheme", "telemedicine", needed=True),
        _YEAR,
        Field("series", "budget (the plan), actual or forecast", "actual", needed=True),
        *_MONTHS,
        Field("reason", "why the forecast is not the computed one", "Contract signed in May"),
        *_STATED,
    ),
)
GATES = FileTable(
    "gates",
    (
        Field("scheme", "the id of the scheme", "telemedicine", needed=True),
        Field("gate", "outline, assessed (quality and equality impact), approved, live or closed", needed=True),
        Field("decision", "passed, refused or deferred", "passed", needed=True),
        Field("by", "the role or committee that decided", "Finance Committee", common=True),
        *_STATED,
    ),
)
RISKS = FileTable(
    "risks",
    (
        _ID,
        _NAME,
        _YEAR,
        Field("kind", "risk or mitigation", "risk", needed=True),
        Field("value", "its most likely size in pounds, positive", "1800000", needed=True),
        Field("probability", "the probability that it happens", "90%", needed=True),
        Field("low", "the lower end of its size", "1000000", common=True),
        Field("high", "the upper end of its size", "2600000", common=True),
        Field(
            "severity",
            "how its size is spread: point, uniform, triangular or normal; triangular where low and high stand",
            "triangular",
            common=True,
        ),
        Field("in_forecast", "yes where the forecast uses it already", "yes", common=True),
        _GROUP,
        Field("scheme", "the scheme that it is about", "telemedicine"),
        Field("owner", "who answers for it", "Chief Finance Officer"),
        *_STATED,
    ),
)
CORRELATIONS = FileTable(
    "correlations",
    (
        Field("first", "the id of a risk", "acute-overperformance", needed=True),
        Field("second", "the id of another", "qipp-slippage", needed=True),
        Field("correlation", "how closely they go together, -1 to 1", "0.5", needed=True),
        *_STATED,
    ),
)
CONTRACTS = FileTable(
    "contracts",
    (
        _ID,
        _NAME,
        _YEAR,
        Field("commissioner", "the commissioner, by code or name", "05C", common=True),
        Field("provider", "the provider, by code or name", "RNA", needed=True),
        Field(
            "mechanism", "the mechanism that pays it: a file of the folder mechanisms", "cap-and-collar", needed=True
        ),
        Field("commissioner_gbp", "its value in the commissioner's plan, in pounds", "178000000", common=True),
        Field("provider_gbp", "its value in the provider's plan, in pounds", "180500000", common=True),
        _GROUP,
        *_STATED,
    ),
)
CONTRACT_LINES = FileTable(
    "contract_lines",
    (
        Field("contract", "the id of the contract", "dgft", needed=True),
        _ID,
        _NAME,
        Field("pod", "the point of delivery, as the activity model writes it", "Elective", needed=True),
        Field("planned_units", "how many the contract plans in the year", "21500", needed=True),
        Field("price", "what one unit costs, in pounds", "1150", needed=True),
        Field("actual_price", "what one unit costs in fact, in pounds; the price where empty", "1162"),
        Field("variable", "no where it is paid by a fixed sum; yes where empty", "yes", common=True),
        Field("profile", "the shares of the twelve months from April, between semicolons; equal where empty"),
        *(Field(month, "units done in that month, as they become known", "1790") for month in MONTHS_OF_YEAR),
        *_STATED,
    ),
)
PEERS = FileTable(
    "peers",
    (
        Field("measure", "what is compared", "Elective MSK spend a head", needed=True),
        Field("organisation", "the organisation's code or name", "05C", needed=True),
        _NAME,
        Field("rate", "its rate, e.g. pounds a head", "41.90", needed=True),
        Field("population", "how many people", "315000", common=True),
        Field("numerator", "the events or pounds that the rate is of", common=True),
        Field("standard_error", "the standard error of the rate", "1.2", common=True),
        Field("own", "yes for the organisation that this plan is of", "yes", common=True),
        Field("year", "the year of the rate; empty for the latest", "2015/16", common=True),
        *_STATED,
    ),
)
PEER_VARIABLES = FileTable(
    "peer_variables",
    (
        Field("organisation", "the organisation's code or name", "05C", needed=True),
        Field("variable", "what organisations are alike by", "deprivation", needed=True),
        Field("value", "its value", "29.5", needed=True),
        Field("weight", "how much it matters; 1 where empty", "2", common=True),
        *_STATED,
    ),
)
TABLES = (
    ALLOCATIONS,
    SPEND,
    GROWTH,
    QUANTITIES,
    SCHEMES,
    SCHEME_MONTHS,
    GATES,
    RISKS,
    CORRELATIONS,
    CONTRACTS,
    CONTRACT_LINES,
    PEERS,
    PEER_VARIABLES,
)
NAMES = (SETTINGS, RULES, GATES_FILE, TOLERANCES, *(table.file for table in TABLES))
"""Every file of the folder but the mechanisms."""
LAYOUT = Layout(FOLDER, NAMES, MECHANISMS, "mechanism")
_PRICES = ("price", "actual_price")
MONEY = frozenset(
    {"gbp", "full_year_effect", "investment", "low", "high", "commissioner_gbp", "provider_gbp", *_PRICES}
)
"""Columns of amounts in pounds, in every table; the months are amounts in those of ``MONEY_MONTHS``, and ``value`` is
one in the risks."""
MONEY_MONTHS = frozenset({SPEND.name, SCHEME_MONTHS.name})
SHARES = frozenset({"rate", "probability"})
"""Columns of shares; the months are shares in the table of schemes."""


def is_money(table: FileTable, column: str) -> bool:
    """Whether a column holds amounts in pounds."""
    months = column in MONTHS_OF_YEAR and table.name in MONEY_MONTHS
    return column in MONEY or months or (table.name == RISKS.name and column == "value")


def is_number(table: FileTable, column: str) -> bool:
    """Whether a column holds numbers of any kind, so that a minus sign before them begins no formula."""
    further = {"value", "correlation", "planned_units", "population", "numerator", "standard_error", "weight"}
    return is_money(table, column) or column in SHARES | further | set(MONTHS_OF_YEAR)
