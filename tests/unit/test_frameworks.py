"""The planning rounds that ship with Trigpoint, and what is said of a broken data pack."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from trigpoint.errors import InputError
from trigpoint.frameworks import Criterion, known_frameworks, load_framework
from trigpoint.frameworks.packs import read_pack
from trigpoint.measures import parse_rule
from trigpoint.periods.calendar import FinancialYear
from trigpoint.periods.labels import parse_period

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "planning"
ROUNDS = {"nhs-2025-26": "2025/26", "nhs-2026-29": "MTPF 2026/27-2028/29"}


def test_the_known_rounds() -> None:
    assert known_frameworks() == ("nhs-2016-17", "nhs-2017-19", "nhs-2025-26", "nhs-2026-29")


def test_the_nine_must_dos() -> None:
    priorities = load_framework("nhs-2017-19").priorities
    assert [priority.number for priority in priorities] == [str(number) for number in range(1, 10)]
    assert priorities[6].title == "Mental health"


@pytest.mark.parametrize("name", known_frameworks())
def test_every_entry_says_where_it_comes_from_and_every_year_is_one(name: str) -> None:
    framework = load_framework(name)
    assert framework.id == name
    assert all(priority.source for priority in framework.priorities)
    assert all(standard.source for standard in framework.standards)
    for label in (
        *framework.years,
        *(label for standard in framework.standards for label in (standard.applies_from, standard.applies_to)),
    ):
        assert parse_period(label).label == label


def test_only_numbers_with_a_named_publication_count_as_confirmed() -> None:
    confirmed = {row.code: row.value for row in load_framework("nhs-2017-19").standards if row.confirmed}
    assert confirmed == {"E.B.5": Decimal(95), "E.B.3": Decimal(92)}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference folder is not beside the checkout")
@pytest.mark.parametrize("name", ROUNDS)
def test_the_published_targets_are_all_there_and_none_is_invented(name: str) -> None:
    with (SHARED / "targets_2025-26_and_MTPF.csv").open(encoding="utf-8", newline="") as file:
        printed = [row for row in csv.DictReader(file) if row["round"] == ROUNDS[name]]
    ours = load_framework(name).standards
    assert [str(row.value) if row.value is not None else "" for row in ours] == [row["value"] for row in printed]
    assert [row.unit for row in ours] == [row["unit"] for row in printed]
    assert [row.source for row in ours] == [row["source"] for row in printed]
    simple = {">=": Criterion.AT_LEAST, "<=": Criterion.AT_MOST, "<": Criterion.LESS_THAN}
    assert all(
        row.test is simple[line["operator"]]
        for row, line in zip(ours, printed, strict=True)
        if line["operator"] in simple
    )


WORDS_OF_CRITERION = {
    ">=": Criterion.AT_LEAST,
    "<=": Criterion.AT_MOST,
    "<": Criterion.LESS_THAN,
    "improve": Criterion.IMPROVE,
    "increase": Criterion.IMPROVE,
    "reduce": Criterion.REDUCE,
    "reduce >=": Criterion.REDUCE_BY,
    ">= max(baseline+7pp, 65)": Criterion.AT_LEAST,
    "<= min(baseline-3pp, 20)": Criterion.AT_MOST,
}
RULES = {
    ">= max(baseline+7pp, 65)": "max(baseline + 7pp; 65%)",
    "<= min(baseline-3pp, 20)": "min(baseline - 3pp; 20%)",
}
MONTHS = {"2026-03": "March 2026", "2027-03": "March 2027", "2029-03": "March 2029"}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference folder is not beside the checkout")
def test_every_row_of_the_current_round_has_its_scope_operator_moment_and_rule() -> None:
    with (SHARED / "targets_2025-26_and_MTPF.csv").open(encoding="utf-8", newline="") as file:
        printed = [row for row in csv.DictReader(file) if row["round"] == ROUNDS["nhs-2026-29"]]
    ours = load_framework("nhs-2026-29").standards
    assert len(ours) == len(printed) == 41
    for row, line in zip(ours, printed, strict=True):
        assert row.test is WORDS_OF_CRITERION[line["operator"]], row.id
        assert row.level == line["scope"], row.id
        assert row.by == MONTHS.get(line["by_when"], line["by_when"]), row.id
        assert row.rule == RULES[line["operator"]] if line["operator"] in RULES else True, row.id
        first, _, last = line["period"].partition("-")
        assert (row.applies_from, row.applies_to) == (first, last or first), row.id
        assert row.section, row.id
        assert row.valid_from, row.id


def test_no_value_is_invented_for_2027_28() -> None:
    year = FinancialYear(2027)
    rows = [
        row
        for row in load_framework("nhs-2026-29").standards
        if row.valid_from and row.valid_to and row.valid_from <= year.start and year.end <= row.valid_to
    ]
    # Only what the framework asks for in each of its years.
    assert rows
    assert all((row.applies_from, row.applies_to) == ("2026/27", "2028/29") for row in rows)
    assert not [row for row in rows if row.measure in {"rtt-18-weeks", "ae-4-hour", "dm01-6-weeks", "cancer-62-day"}]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference folder is not beside the checkout")
def test_every_national_code_of_the_older_round_is_there() -> None:
    with (SHARED / "must_dos_2017-19_and_codes.csv").open(encoding="utf-8", newline="") as file:
        listed = [row["id"] for row in csv.DictReader(file) if row["kind"] == "code"]
    assert {row.code for row in load_framework("nhs-2017-19").standards if row.code} == set(listed)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference folder is not beside the checkout")
def test_the_figures_of_each_national_code_are_those_recorded() -> None:
    with (SHARED / "must_dos_2017-19_and_codes.csv").open(encoding="utf-8", newline="") as file:
        recorded = {row["id"]: f"{row['threshold_2017_18']} {row['threshold_2018_19']}" for row in csv.DictReader(file)}
    for code in {row.code for row in load_framework("nhs-2017-19").standards if row.code}:
        # Without the years and the name of a quarter: "95% by 2020/21", "4.2% Q4".
        figures = re.sub(r"\b20\d\d(?:/\d\d)?\b|Q4", "", recorded[code])
        ours = {
            value
            for row in load_framework("nhs-2017-19").standards
            if row.code == code and row.id != "e-h-12-2020-21"  # which stands in the row of the must-do
            for value in (row.value, row.lowest)
            if value is not None
        }
        assert ours == set(map(Decimal, re.findall(r"\d+(?:\.\d+)?", figures))), code


@pytest.mark.parametrize("name", known_frameworks())
def test_every_figure_says_from_when_it_holds_and_every_rule_can_be_read(name: str) -> None:
    for row in load_framework(name).standards:
        assert row.valid_from is not None, row.id
        assert row.valid_to is None or row.valid_to > row.valid_from, row.id
        assert row.framework == name
        if row.rule:
            assert parse_rule(row.rule, baseline="50" if "pp" not in row.rule else "50%"), row.id


def test_the_must_dos_ask_for_what_the_plan_answers_row_by_row() -> None:
    asked = [row.priority for row in load_framework("nhs-2017-19").requirements]
    assert [asked.count(f"must-do-{number}") for number in range(1, 10)] == [2, 7, 6, 6, 5, 5, 10, 4, 3]


def test_the_prevention_measures_are_marked_as_local_and_unconfirmed() -> None:
    local = [row for row in load_framework("nhs-2017-19").standards if row.level == "local"]
    assert len(local) == 13
    assert all(row.place and row.section and row.source and not row.confirmed for row in local)


def test_an_unknown_round_lists_the_known_ones() -> None:
    with pytest.raises(InputError) as raised:
        load_framework("nhs-1948")
    assert str(raised.value) == (
        "there is no planning framework “nhs-1948”; "
        "the known ones are nhs-2016-17, nhs-2017-19, nhs-2025-26, nhs-2026-29."
    )


HEAD = 'title = "Round"\nyears = ["2017/18"]\n'
PRIORITY = '[[priorities]]\nid = "p1"\ntitle = "Urgent care"\n'
STANDARD = '[[standards]]\nid = "s1"\npriority = "p1"\ntitle = "Waits"\ntest = ">="\n'
BROKEN = [
    ("no TOML", "title = ", "x.toml: this is not TOML (Invalid value (at end of document)); correct this line."),
    ("no title", "years = []\n", "x.toml: title: Field required; correct this entry."),
    ("an unknown key", HEAD + "colour = 1\n", "x.toml: colour: Unexpected keyword argument; correct this entry."),
    (
        "a number for a text",
        HEAD + PRIORITY + "number = 1\n",
        "x.toml: priorities.0.number: Input should be a valid string; correct this entry.",
    ),
    (
        "an unknown test",
        HEAD + PRIORITY + STANDARD.replace(">=", "around"),
        "x.toml: standards.0.test: Input should be '>=', '<=', '<', 'between', 'improve', 'reduce', "
        "'reduce by at least' or 'in words'; correct this entry.",
    ),
    (
        "a requirement of no priority",
        HEAD + PRIORITY + '[[requirements]]\nid = "r1"\npriority = "p2"\ntitle = "Waits"\n',
        "x.toml: the requirement “r1” belongs to no priority “p2”; write one of p1.",
    ),
    (
        "a standard of no requirement",
        HEAD + PRIORITY + STANDARD + 'requirement = "r1"\n',
        "x.toml: the standard “s1” belongs to no requirement “r1”; write one of .",
    ),
    (
        "half a range",
        HEAD + PRIORITY + STANDARD.replace(">=", "between") + 'value = "15"\n',
        "x.toml: the standard “s1” is a range without its two ends; give it lowest and value.",
    ),
    ("an id twice", HEAD + PRIORITY + PRIORITY, "x.toml: the id “p1” is used twice; rename one."),
    (
        "a standard of no priority",
        HEAD + STANDARD,
        "x.toml: the standard “s1” belongs to no priority “p1”; write one of .",
    ),
]


@pytest.mark.parametrize(("text", "said"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_pack_is_told_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        read_pack("x", text)
    assert str(raised.value) == said


def test_the_manuals_table_counts_what_the_packs_hold() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "frameworks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(nhs-[\d-]+)` \|[^|]*\|[^|]*\| ([\d–]+) \| ([^|]+) \| (\d+) \|", page, flags=re.MULTILINE)
    assert [row[0] for row in rows] == list(known_frameworks())
    for name, asked, standards, confirmed in rows:
        framework = load_framework(name)
        local = sum(row.level == "local" for row in framework.standards)
        told = f"{len(framework.standards) - local}" + (f", and {local} local" if local else "")
        assert (asked, standards) == (str(len(framework.requirements) or "–"), told)
        assert int(confirmed) == sum(row.confirmed for row in framework.standards)
