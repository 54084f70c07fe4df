"""The planning rounds that ship with Trigpoint, and what is said of a broken data pack."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from trigpoint.errors import InputError
from trigpoint.frameworks import Criterion, known_frameworks, load_framework
from trigpoint.frameworks.packs import read_pack
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
        "x.toml: standards.0.test: Input should be '>=', '<=', '<', 'improve', 'reduce', 'reduce by at least' "
        "or 'in words'; correct this entry.",
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
