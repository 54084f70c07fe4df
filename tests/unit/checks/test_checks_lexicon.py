"""The dictionary: what is a word, which one was meant, and what stands in the lists."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest

from trigpoint.checks.lexicon import lexicon

DICTIONARY = files("trigpoint.checks.data").joinpath("dictionary")
LARGEST = 500_000


@pytest.mark.parametrize(
    "word",
    [
        "organise", "organize", "colour", "paediatric", "hyperlipidaemia", "reprofiling", "multidisciplinary",
        "semaglutide", "practice-based", "co-ordination", "re-profiling", "patients'", "trust's", "bedbound",
        "incentivised", "workstreams", "café", "cafe", "naïve", "rôle", "communiqué",
    ],
)  # fmt: skip
def test_words_are_known(word: str) -> None:
    assert lexicon().has(word)


@pytest.mark.parametrize("word", ["demoliton", "thecare", "indertaken", "qzxv", "acheive", "commited", "mobilsation"])
def test_what_is_no_word_is_not(word: str) -> None:
    assert not lexicon().has(word)


@pytest.mark.parametrize(
    ("word", "meant"), [("demoliton", "demolition"), ("commited", "committed"), ("recieve", "receive"), ("xqzxwvk", "")]
)
def test_the_word_that_was_meant(word: str, meant: str) -> None:
    assert lexicon().suggestion(word) == meant


@pytest.mark.parametrize(
    ("american", "british"), [("center", "centre"), ("pediatric", "paediatric"), ("labeled", "labelled")]
)
def test_american_words_have_their_british_one(american: str, british: str) -> None:
    assert lexicon().american[american] == british


def test_no_american_word_is_taken_for_british_and_no_british_one_is_unknown() -> None:
    words = lexicon()
    assert not set(words.american) & words.known
    assert set(words.american.values()) <= words.known


def test_the_words_are_whole_letters() -> None:
    words = lexicon()
    assert all(each.isalpha() or each in "'-" for word in words.known | words.names for each in word)


def test_our_own_words_are_not_in_the_list_already() -> None:
    words = lexicon()
    own = [
        word for group in tomllib.loads(DICTIONARY.joinpath("nhs.toml").read_text("utf-8")).values() for word in group
    ]
    assert len(own) == len(set(own))
    assert all(word == word.lower() and word.isalpha() for word in own)
    assert words.common.isdisjoint(own)


def test_the_lists_are_small_and_carry_their_notice() -> None:
    assert len(DICTIONARY.joinpath("british.txt.xz").read_bytes()) <= LARGEST
    assert "Kevin Atkinson" in DICTIONARY.joinpath("NOTICE.txt").read_text("utf-8")


def test_the_dictionary_is_read_only_when_it_is_asked_for() -> None:
    code = (
        "import sys; from trigpoint.checks import all_rules, examples; all_rules(); examples('SPELLING');"
        "from trigpoint.checks.lexicon import lexicon; print(lexicon.cache_info().currsize)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"
