"""The files of the folder ``activity`` and their columns, as ``docs/activity-files.md`` explains them."""

from __future__ import annotations

from trigpoint.tabular.fields import Field, FileTable
from trigpoint.tabular.layout import Layout

FOLDER = "activity"
SETTINGS = "settings.toml"
CELLS = "cells.parquet"
SCENARIOS = "scenarios"


_PROVIDER = Field("provider", "code of the provider; empty for all of them", "RNA", common=True)
_POD = Field("pod", "point of delivery, several between commas; empty for all of them", "A&E", common=True)
_ONE_POD = Field("pod", "point of delivery", "A&E", needed=True)
_ANY_POD = Field("pod", "point of delivery; empty for any", "Non-elective", common=True)
_LEVEL = Field("level", "the probability that it lies between low and high; 80% where empty", "80%")
_SPREAD = (
    Field("low", "the lower end of its interval", "1.5%"),
    Field("high", "the upper end of its interval", "2.3%"),
    _LEVEL,
    Field("distribution", "point, normal, lognormal, uniform, triangular or choice; normal where low and high stand"),
    Field("choices", "of a choice: values with their probabilities", "1%: 0.5; 3%: 0.5"),
)
_TIME = (
    Field("shape", "how it comes in: step, linear, front-loaded, back-loaded or s-curve", "linear"),
    Field("start", "the first month with any effect", "2017-07"),
    Field("full", "the first month with the whole effect", "2018-03"),
    Field("until", "the last month with an effect", "2019-03"),
)
_TIED = (
    Field("together", "a name that assumptions share which move together", "demand"),
    Field("correlation", "how closely they do, 0 to 1", "0.8"),
)
_STATED = (
    Field("source", "where it comes from", "Indicative Hospital Activity Model", common=True),
    Field("author", "who entered it and answers for it", "Planning team"),
    Field("on", "the day that was", "2016-12-01"),
    Field("note", "anything a reader should know"),
    Field("illustrative", "yes where it was invented for a demonstration", "yes"),
)
_NAME = Field("name", "its name on paper", "Front door of A&E")

PODS = FileTable(
    "pods",
    (
        Field("code", "the point of delivery as the other files write it", "A&E", needed=True),
        Field("name", "its name on paper", "A&E attendances", common=True),
        Field("line", "its line in the national return", "E.M.12", common=True),
        Field("unit", "what is counted", "attendances", common=True),
        Field("days", "which days fill its months: calendar or working", "calendar", common=True),
    ),
)
TOTALS = FileTable(
    "totals",
    (
        _PROVIDER,
        _ONE_POD,
        Field("outturn", "the base year's forecast outturn", "101250", needed=True),
        *_SPREAD,
        _NAME,
        *_STATED,
    ),
)
GROWTH = FileTable(
    "growth",
    (
        Field("id", "its id: lower-case letters, digits and hyphens", "ae-growth", needed=True),
        Field("name", "its name on paper", "A&E growth", common=True),
        Field("kind", "why activity grows; demography and trend where empty", "demographic", common=True),
        Field("form", "rate a year, change, number a year or population; by the kind where empty", "rate a year"),
        _POD,
        _PROVIDER,
        Field("where", "further conditions", "age >= 75; specialty = 300, 301"),
        Field("years", "the years it is a rate of; all where empty", "2017/18, 2018/19", common=True),
        Field("value", "its amount", "1.9%", common=True),
        *_SPREAD,
        *_TIME,
        Field("population", "the measure of population.csv that it follows", "people"),
        *_TIED,
        *_STATED,
    ),
)
SCHEMES = FileTable(
    "schemes",
    (
        Field("id", "its id: lower-case letters, digits and hyphens", "front-door", needed=True),
        Field("name", "its name on paper", "Front door of A&E", common=True),
        Field("effect", "what its amount is; share avoided where empty", "share avoided", common=True),
        _POD,
        _PROVIDER,
        Field("where", "further conditions", "age >= 75; care_home = yes"),
        Field("cohort", "the share of that activity that it can reach; 100% where empty", "40%"),
        Field("value", "its amount", "9%", common=True),
        *_SPREAD,
        *_TIME,
        Field("to_pod", "the point of delivery that avoided activity goes to", "Community"),
        Field("to_provider", "its provider, where that is another", "RYK"),
        Field("ratio", "units there for each one avoided; 1 where empty", "1.5"),
        Field("probability", "the probability that it is delivered at all; 100% where empty", "80%"),
        Field("part_of", "the QIPP or transformation scheme that owns it", "Right Care"),
        Field("deliverable", "the plan's deliverable that it is of", "d-front-door"),
        Field("milestone", "the plan's milestone that must come first", "d-front-door-m1"),
        *_TIED,
        *_STATED,
    ),
)
CAPACITY = FileTable(
    "capacity",
    (
        _PROVIDER,
        _ANY_POD,
        Field("a_month", "how many a month can be done", "9200", needed=True),
        Field("first", "the first month that this holds", "2017-04", common=True),
        Field("last", "the last month that this holds", "2018-03", common=True),
        _NAME,
        *_STATED,
    ),
)
STAYS = FileTable(
    "stays",
    (
        _PROVIDER,
        _ANY_POD,
        Field("days", "bed days for each unit of activity", "4.2", needed=True),
        Field("occupancy", "the share of beds to be occupied at most; 92% where empty", "92%", common=True),
        _NAME,
        *_STATED,
    ),
)
PRICES = FileTable(
    "prices",
    (
        _PROVIDER,
        _ANY_POD,
        Field("gbp", "what one unit costs, in pounds", "135", needed=True),
        Field("year", "the financial year of the price; any where empty", "2017/18", common=True),
        _NAME,
        *_STATED,
    ),
)
POPULATION = FileTable(
    "population",
    (
        Field("variant", "the variant of the projection; principal where empty", "principal", common=True),
        Field("measure", "people, births, or factors of your own; people where empty", "people", common=True),
        Field("provider", "code of the provider it is of; empty for all of them", common=True),
        Field("year", "2017 is mid-2017, taken for 2017/18", "2017", needed=True),
        Field("sex", "as the counts write it; empty for both", "female", common=True),
        Field("age", "a single age, or a band: 75, 75-79, 90+", "75", needed=True),
        Field("value", "how many", "1320", needed=True),
    ),
)
COUNTS_FILE = FileTable(
    "counts",
    (
        Field("provider", "code of the provider", "RNA", common=True),
        _ONE_POD,
        Field("month", "the month", "2016-04", needed=True),
        Field("value", "how many", "8437", needed=True),
        Field("source", "where the count comes from", "SUS"),
        Field("illustrative", "yes where it was invented for a demonstration", "yes"),
    ),
)
TABLES = (PODS, COUNTS_FILE, TOTALS, GROWTH, SCHEMES, POPULATION, CAPACITY, STAYS, PRICES)
OWN_TABLES = (GROWTH, SCHEMES)
"""Those that may be written as TOML as well."""
NAMES = (SETTINGS, CELLS, *(table.file for table in TABLES), *(table.toml for table in OWN_TABLES))
"""Every file of the folder but the scenarios."""
LAYOUT = Layout(
    FOLDER,
    NAMES,
    SCENARIOS,
    "scenario",
    binary=frozenset({CELLS}),
    long=frozenset({COUNTS_FILE.file, POPULATION.file, CELLS}),
)
