"""The shipped definitions: all can be read, their examples hold, and their standards are those of the packs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from trigpoint.errors import InputError
from trigpoint.frameworks import Criterion, known_frameworks, load_framework
from trigpoint.measures.definitions import library
from trigpoint.measures.definitions.definition import DatedStandard, PeriodType, Statistic
from trigpoint.plans.model import Comparator, Polarity

NO_EXAMPLE = {Statistic.VALUE, Statistic.DSR}


@pytest.mark.parametrize("indicator", library.known())
def test_each_definition_is_whole(indicator: str) -> None:
    definition = library.load(indicator)  # its examples are proven on the way
    assert definition.id == indicator
    assert all((definition.rationale, definition.source, definition.tags, definition.short_name))
    assert definition.numerator is not None
    assert definition.numerator.description
    assert bool(definition.examples) is (definition.statistic not in NO_EXAMPLE)
    assert bool(definition.denominator) is (definition.statistic not in {Statistic.COUNT, Statistic.VALUE})
    assert definition.polarity is not Polarity.NEITHER
    if definition.statistic is Statistic.PROPORTION:
        assert (definition.unit, definition.multiplier) == ("%", 100)


@pytest.mark.parametrize("name", known_frameworks())
def test_every_standard_with_a_number_has_a_definition_of_its_measure(name: str) -> None:
    for standard in load_framework(name).standards:
        if standard.measure:
            assert standard.measure in library.known(), standard.id
        elif standard.value is not None:
            assert standard.id.startswith("finance-"), standard.id


@pytest.mark.parametrize("indicator", library.known())
def test_a_standard_goes_the_way_that_is_better(indicator: str) -> None:
    definition = library.load(indicator)
    better = {
        Polarity.HIGHER: {Comparator.AT_LEAST, Comparator.MORE_THAN},
        Polarity.LOWER: {Comparator.AT_MOST, Comparator.LESS_THAN},
    }[definition.polarity]
    assert {row.comparator for row in definition.standards} <= better


def test_values_come_from_the_packs_with_source_days_level_and_basis() -> None:
    rows = {(row.framework, row.standard): row for row in library.load("ae-4-hour").standards}
    older = rows["nhs-2017-19", "e-b-5"]
    assert (older.value, older.valid_from, older.valid_to) == (Decimal(95), date(2017, 4, 1), date(2019, 3, 31))
    assert (older.level, older.basis, older.confirmed) == ("", "each month", True)
    march = rows["nhs-2026-29", "aande-4-hour-provider-2026-27"]
    assert (march.value, march.level, march.basis) == (Decimal(82), "provider", "month of March")
    assert march.confirmed
    assert "section 3.2" in march.source


def test_a_rule_stands_in_the_place_of_the_number_printed_in_it() -> None:
    (row,) = [row for row in library.load("rtt-18-weeks").standards if row.rule]
    assert (row.value, row.rule, row.comparator) == (None, "max(baseline + 7pp; 65%)", Comparator.AT_LEAST)


def test_the_last_quarter_begins_in_january_and_a_range_is_judged_by_its_upper_end() -> None:
    quarter = [row for row in library.load("iapt-access").standards if row.basis == "last quarter of the year"]
    assert [(row.value, row.valid_from) for row in quarter] == [
        (Decimal("4.2"), date(2018, 1, 1)),
        (Decimal("4.75"), date(2019, 1, 1)),
    ]
    assert library.load("iapt-access").period_type is PeriodType.QUARTER
    (beds,) = library.load("ld-inpatients-ccg").standards
    assert (beds.comparator, beds.value) == (Comparator.AT_MOST, 15)


def test_a_standard_without_number_or_rule_and_a_local_one_give_no_target() -> None:
    ceiling = load_framework("nhs-2017-19").standard("e-a-s-5")
    assert ceiling.value is None
    assert library.dated_standard(ceiling) is None
    words = replace(ceiling, test=Criterion.IN_WORDS, value=Decimal(1))
    assert library.dated_standard(words) is None
    assert library.load("breastfeeding-initiation").standards == ()


def test_a_definition_may_name_a_standard_instead_of_writing_it() -> None:
    named = DatedStandard(Comparator.AT_LEAST, framework="nhs-2017-19", standard="e-b-3")
    own = DatedStandard(Comparator.AT_LEAST, value=Decimal(90), framework="nhs-2017-19", standard="e-b-3")
    definition = replace(library.load("mrsa"), standards=(named, own))
    first, second = library.resolved(definition).standards
    assert (first.value, first.source[:14], first.valid_from) == (Decimal(92), "code and title", date(2017, 4, 1))
    assert second == own


@pytest.mark.parametrize(
    ("framework", "standard", "told"),
    [
        ("nhs-2017-19", "e-b-33", "the framework “nhs-2017-19” has no standard “e-b-33”; did you mean “e-b-3”?"),
        ("nhs-1948", "e-b-3", "there is no planning framework “nhs-1948”"),
    ],
)
def test_a_standard_that_does_not_exist_is_told(framework: str, standard: str, told: str) -> None:
    named = DatedStandard(Comparator.AT_LEAST, framework=framework, standard=standard)
    with pytest.raises(InputError) as caught:
        library.resolved(replace(library.load("mrsa"), standards=(named,)))
    assert told in str(caught.value)


def test_an_unknown_definition_names_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        library.load("rtt-18-week")
    assert str(caught.value) == "there is no shipped definition “rtt-18-week”; did you mean “rtt-18-weeks”?"
