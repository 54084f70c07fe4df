"""A definition's file: what is refused and in which words, what an example proves, and what ``extends`` takes over."""

from __future__ import annotations

import pytest

from trigpoint.errors import InputErrors
from trigpoint.measures.definitions.definition import Definition, PeriodType, Statistic
from trigpoint.measures.definitions.library import known, load
from trigpoint.measures.definitions.reading import read_definition
from trigpoint.measures.definitions.writing import write_definition

GOOD = """
id = "seen"
version = "1"
name = "Seen in time"
statistic = "proportion"
period_type = "month"
multiplier = 100
"""

REFUSED = {
    "a key that is missing": ("", "statistic", "the key “statistic” is missing"),
    "a key that is unknown": ("polarty = 'neither'", "", "unknown key “polarty”; did you mean “polarity”?"),
    "an unknown key within": ("spc = { chrat = 'p' }", "", "unknown key “spc.chrat”"),
    "a statistic that is none": ("", "statistic = 'average'", "statistic “average”: input should be 'count'"),
    "a number for a word": ("owner = 4", "", "owner “4”: input should be a valid string"),
    "an id with a slash": ("", "id = '../seen'", "the id “../seen” cannot be used"),
    "a level that is none": ("level = 95", "", "the level 95 is no confidence level; write a number between 0 and 1"),
    "too many decimals": ("decimals = 12", "", "12 decimals cannot be printed"),
    "a multiplier of 0": ("", "multiplier = 0", "the multiplier is 0"),
    "a chart of something else": ("spc = { chart = 'c' }", "", "a c chart is for a count, not for a proportion"),
    "a number that would fill the memory": (
        "examples = [{ numerator = 1, denominator = 1e99999999, value = 0 }]",
        "",
        "examples.1.denominator has too many digits; write at most 30 digits",
    ),
    "a number of thousands of digits": (f"decimals = {'9' * 5000}", "", "a number of the file has thousands of digits"),
    "a multiplier that nothing is told per": ("", f"multiplier = {'9' * 400}", "multiplier has too many digits"),
    "a day at the end of the calendar": (
        "standards = [{ comparator = '>=', value = 1, valid_to = 9999-12-31 }]",
        "",
        "standards.1.valid_to is not between 1900 and 2199; correct the year",
    ),
    "a hidden character": ('unit = "\\u202eabc"', "", "unit holds the control character U+202E; delete it"),
    "keys within keys": ("a." * 5000 + "b = 1", "", "its keys stand inside keys more deeply than can be read"),
    "tables within tables": (f"a = {'[' * 5000}{']' * 5000}", "", "this is not TOML"),
    "a rule set that is none": ("spc = { rule_set = 'mdc7' }", "", "there is no rule set “mdc7”; write one of mdc-6"),
    "a baseline of one point": (
        "spc = { baseline = 1 }",
        "",
        "a baseline of 1 point sets no limits; write 12 or more",
    ),
    "a suppression of all": ("suppression = { below = 99999999999 }", "", "a suppression is less than 0, or more"),
    "a standard that says two things": (
        "standards = [{ comparator = '>=', value = 5, rule = 'explicit(6%)' }]",
        "",
        "the standard has a value and a rule; keep one of the two",
    ),
    "a standard of no known figure": (
        "standards = [{ comparator = '>=', value = 5, basis = 'month of march' }]",
        "",
        "“month of march” is no figure that a standard tests; did you mean “month of March”?",
    ),
    "one group alone": ("inequality = { dimension = 'x', groups = ['a', 'a'] }", "", "at least two groups"),
    "a standard without a value": ("standards = [{ comparator = '>=' }]", "", "neither value nor rule"),
    "a standard that ends early": (
        "standards = [{ comparator = '>=', value = 1, valid_from = 2017-04-01, valid_to = 2017-03-31 }]",
        "",
        "ends before it begins",
    ),
    "a rule that cannot be read": ("standards = [{ comparator = '>=', rule = 'more' }]", "", "“more”"),
    "an example that does not hold": (
        "examples = [{ numerator = 95, denominator = 100, value = 94.0 }]",
        "",
        "example 1: the value is 95.0, not 94.0",
    ),
    "a limit that does not hold": (
        "examples = [{ numerator = 65, denominator = 100, lower = 50.0 }]",
        "",
        "example 1: the lower limit is 55.3, not 50.0",
    ),
    "an example that is no proportion": (
        "examples = [{ numerator = 101, denominator = 100, value = 101 }]",
        "",
        "example 1: the numerator is larger than the denominator",
    ),
    "no shipped definition": ("extends = 'rtt-18-week'", "", "did you mean “rtt-18-weeks”?"),
    "more than a definition": (f"# {'x' * 1_000_001}", "", "the file is larger than 1 MB"),
    "no TOML": ("name = =", "", "this is not TOML"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_told(case: str) -> None:
    added, replaced, said = REFUSED[case]
    key = replaced.split(" ")[0]
    lines = [line for line in GOOD.splitlines() if not (key and line.startswith(f"{key} "))]
    text = "\n".join([*lines, replaced if "=" in replaced else "", added])
    with pytest.raises(InputErrors) as found:
        read_definition(text, "seen.toml")
    assert said in str(found.value)
    assert str(found.value).startswith("seen.toml")


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(InputErrors) as found:
        read_definition(f"{GOOD}level = 2\ndecimals = -1\n", "seen.toml")
    assert len(found.value.errors) == 2


def test_an_example_is_proven_to_the_digits_it_prints() -> None:
    text = f"{GOOD}examples = [{{ numerator = 65, denominator = 100, value = 65.0, lower = 55.3, upper = 73.6 }}]"
    assert len(read_definition(text, "seen.toml").examples) == 1


def test_a_definition_extends_a_shipped_one() -> None:
    text = 'extends = "ae-4-hour"\nid = "ae-4-hour"\nobjective = "o4-1"\nrag = { amber_within = 2.0 }\n'
    found = read_definition(text, "ae-4-hour.toml")
    shipped = load("ae-4-hour")
    assert (found.objective, str(found.rag.amber_within)) == ("o4-1", "2.0")
    assert (found.name, found.standards, found.statistic) == (shipped.name, shipped.standards, shipped.statistic)


@pytest.mark.parametrize("name", known())
def test_a_shipped_definition_is_written_and_read_back(name: str) -> None:
    definition = load(name)
    assert read_definition(write_definition(definition), f"{name}.toml") == definition


def test_numbers_stay_as_they_are_written() -> None:
    text = f"{GOOD}rag = {{ amber_within = 2.10 }}\n"
    assert str(read_definition(text, "seen.toml").rag.amber_within) == "2.10"


def test_a_definition_of_a_few_lines_is_whole() -> None:
    assert read_definition(GOOD, "seen.toml") == Definition(
        "seen", "1", "Seen in time", Statistic.PROPORTION, PeriodType.MONTH, multiplier=100
    )
