"""Whose row is England's: every spelling that published files have, and what stands beside them and is not."""

from __future__ import annotations

import pytest

from trigpoint.releases.observation import Basis
from trigpoint.releases.readers.ae.lines import is_england as is_england_of_ae
from trigpoint.releases.readers.cancer.naming import organisation_of
from trigpoint.releases.schema import read_schema
from trigpoint.releases.tables.named import is_england

EVERYWHERE = [  # name, code
    ("England", ""),
    ("ENGLAND ", "-"),
    ("England", "–"),
    ("Total", ""),
    ("England Total", "-"),
    ("Total England", ""),
    ("", "ENG"),
    ("England", "Eng"),
    ("", "E92000001"),
    ("England", "E92000001"),
    ("Total", "Total"),
    ("", "England"),
    ("", "National"),
    ("", "ALL"),
]
NOWHERE = [
    ("", ""),
    ("", "-"),
    ("Total", "R1A"),
    ("England", "Y60"),
    ("NHS England", "14X"),
    ("NHS ENGLAND", "X24"),
    ("North East and Yorkshire", "Y63"),
    ("East of England", "Y61"),
    ("East of England", ""),
    ("East of England", "E12000006"),
    ("East of England Ambulance Service NHS Trust", "RYC"),
    ("South East of England", "-"),
    ("ENGLAND HOUSE SURGERY", "A81001"),
    ("Independent sector total", "-"),
    ("Note: England is the sum of all providers", ""),
    ("Wales", "W92000004"),
]
OWN = [  # release, name, code
    ("ae", "TOTAL", ""),
    ("ae", "-", "-"),
    ("ae", "", "-"),
    ("ae", "All", ""),
    ("rtt", "National", "-"),
    ("rtt", "", "-"),
    ("diagnostics", "Grand Total", ""),
    ("sitrep", "ENGLAND (Trusts with Type 1 A&E)", "-"),
    ("sitrep", "England (All Acute Trusts)", ""),
    ("cancer", "ALL ENGLISH PROVIDERS", ""),
    ("cancer", "All English Commissioners", ""),
    ("cancer", "All providers", "-"),
    ("cancer", "England Total", ""),
    ("cancer", "National Total", "-"),
]
NOT_OWN = [
    ("ae", "", ""),
    ("ae", "East of England", "-"),
    ("ae", "NHS England", "14X"),
    ("rtt", "NHS England", ""),
    ("rtt", "", ""),
    ("rtt", "", "Q71"),
    ("diagnostics", "Total", "R1A"),
    ("diagnostics", "East of England", ""),
    ("sitrep", "East of England", ""),
    ("sitrep", "Total", ""),
    ("sitrep", "England House Hospital", "R1A"),
    ("cancer", "(1) a footnote", ""),
    ("cancer", "Unknown", "-"),
    ("cancer", "NHS England", "14X"),
]


def names_of(release: str) -> list[str]:
    found: list[str] = read_schema(release).more["england"]["names"]
    return found


@pytest.mark.parametrize(("name", "code"), EVERYWHERE)
def test_england_by_code_or_by_name_without_one(name: str, code: str) -> None:
    assert is_england(name, code)
    assert is_england(name, code, "")


@pytest.mark.parametrize(("name", "code"), NOWHERE)
def test_nobody_else_is_england(name: str, code: str) -> None:
    assert not is_england(name, code)


def test_one_code_of_somebody_else_is_enough() -> None:
    assert is_england("England", "-", "E92000001")
    assert not is_england("England", "ENG", "R1A")


@pytest.mark.parametrize(("release", "name", "code"), OWN)
def test_words_of_a_release_of_its_own(release: str, name: str, code: str) -> None:
    assert is_england(name, code, names=names_of(release))


@pytest.mark.parametrize(("release", "name", "code"), NOT_OWN)
def test_no_release_takes_another_for_england(release: str, name: str, code: str) -> None:
    assert not is_england(name, code, names=names_of(release))


def test_readers_have_their_own_words() -> None:
    assert is_england_of_ae("-", "All")
    assert organisation_of("", "ALL ENGLISH COMMISSIONERS", "", Basis.COMMISSIONER).basis is Basis.NATIONAL
    assert organisation_of("-", "England (1)", "", Basis.PROVIDER).basis is Basis.NATIONAL
    with pytest.raises(ValueError, match="“Unknown” has no organisation code"):
        organisation_of("-", "Unknown", "", Basis.PROVIDER)
