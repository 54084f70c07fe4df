"""The data packs of the rules: complete, sourced, and without contradictions."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from trigpoint.checks import Example, all_rules, examples
from trigpoint.checks.pack import Pattern, Sieve, found, rows, sieve, table
from trigpoint.checks.rules.acronyms import known_acronyms
from trigpoint.checks.rules.facts import DATED

DATA = files("trigpoint.checks.data")
PACKS = sorted(each.name for each in DATA.iterdir() if each.name.endswith(".csv"))
PATTERNS = [
    (name.removesuffix(".toml"), key)
    for name in sorted(each.name for each in DATA.iterdir() if each.name.endswith(".toml"))
    for key, value in table(name.removesuffix(".toml")).items()
    if isinstance(value, list) and value and isinstance(value[0], dict) and "pattern" in value[0]
]
EXAMPLES = [example for rule in all_rules() for example in examples(rule.id)]


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_says_where_its_data_come_from(name: str) -> None:
    text = DATA.joinpath(name).read_text("utf-8")
    rows_of = rows(name.removesuffix(".csv"))
    assert text.startswith("#") or all(row["source"] for row in rows_of)
    assert all(None not in row and None not in row.values() for row in rows_of), "as many cells as columns"


def test_there_are_several_hundred_acronyms_each_once_and_each_with_its_letters() -> None:
    names = [row["acronym"].upper() for row in rows("acronyms")]
    assert len(names) > 500
    assert all(acronym.meanings[0] for acronym in known_acronyms().values())
    assert {row["common"] for row in rows("acronyms")} == {"yes", ""}


def test_there_are_many_statutes_with_years_that_can_be() -> None:
    statutes = rows("statutes")
    assert len(statutes) >= 120
    assert len({row["statute"].lower() for row in statutes}) == len(statutes)
    assert all(DATED.search(f"{row['statute']} {row['years'][:4]}") for row in statutes)
    for row in statutes:
        years = [int(year) for year in row["years"].split(";")]
        assert years == sorted(set(years))
        assert all(1850 < year < 2030 for year in years)


@pytest.mark.parametrize("row", rows("misnomers"), ids=lambda row: row["right"])
def test_the_right_name_is_not_taken_for_the_wrong_one(row: dict[str, str]) -> None:
    assert not re.fullmatch(row["wrong"], row["right"], re.IGNORECASE)


@pytest.mark.parametrize(("pack", "key"), PATTERNS)
def test_what_a_pattern_needs_never_hides_it(pack: str, key: str) -> None:
    texts = [part for example in EXAMPLES for part in (example.text, example.document) if part]
    for pattern in sieve(pack, key).each:
        assert all(need == need.lower() for need in pattern.needs)
        assert all(pattern in sieve(pack, key).sifted(text) for text in texts if pattern.regex.search(text))


def test_a_pattern_that_needs_nothing_is_always_tried() -> None:
    free, needy = Pattern(re.compile("x"), "", ()), Pattern(re.compile("y"), "", ("y", "z"))
    assert Sieve([needy, free]).sifted("anything else") == (needy, free)
    assert Sieve([needy, free]).sifted("all else") == (free,)
    assert [match.group() for match, _ in found("placeholders", "anywhere", "TBC, cost £XX")] == ["£XX", "TBC"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.rule}: {each.why}")
def test_an_example_is_made_of_words_or_of_rows(example: Example) -> None:
    assert bool(example.document) != bool(example.plan) or example.remarks
    assert example.fires or not example.fragment
    assert example.verdict
