"""The files of terms that the method note prints are read, and pay what it says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from trigpoint.finance.contracts.mechanism import MechanismKind
from trigpoint.finance.contracts.payment import payment
from trigpoint.finance.contracts.reading import read_mechanism
from trigpoint.finance.contracts.vocabulary import term_named

NOTE = (Path(__file__).resolve().parents[3] / "docs" / "methods-payment.md").read_text(encoding="utf-8")
FILES = re.findall(r"```toml\n(.*?)```", NOTE, re.DOTALL)
SAID = re.compile(r"# --activity (\S+) pays (\S+), marginal (\S+), (\w+)\n")


@pytest.mark.parametrize("text", FILES, ids=lambda text: text.split('"')[1])
def test_a_file_of_the_note_pays_what_the_note_says(text: str) -> None:
    activity, gbp, marginal, bearer = SAID.findall(text)[0]
    paid = payment(read_mechanism(text, "note.toml"), Decimal(activity))
    assert (str(paid.gbp), str(paid.marginal_gbp), paid.borne_by.value) == (gbp, marginal, bearer)


def test_the_note_has_a_file_of_every_mechanism() -> None:
    assert {read_mechanism(text, "note.toml").kind for text in FILES} == set(MechanismKind)


def test_every_other_name_that_the_note_gives_a_term_is_read() -> None:
    sections = re.split(r"^### ", NOTE.partition("## The mechanisms")[2].partition("## One curve")[0], flags=re.M)[1:]
    assert len(sections) > 5
    for section in sections:
        kind = read_mechanism(re.findall(r"```toml\n(.*?)```", section, re.DOTALL)[0], "note.toml").kind
        words = re.findall(r"`([a-z_]+)`", section.partition("```toml")[0])
        assert words, section
        assert [word for word in words if term_named(kind, word) is None] == [], kind
