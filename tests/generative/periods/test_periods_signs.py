"""Only the patterns whose signs stand in a text are tried, and no date is lost by that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.periods import FinancialYear, find_dates
from trigpoint.periods.expressions import _grammar, _grammar_for
from trigpoint.periods.signs import signs_in, without_foreign

WORDS = [
    "by", "the", "end", "of", "Q3", "Quarter", "2", "qtr.3", "2017/18", "2016_17", "2013-15", "FY17-18", "fy1718",
    "31", "1st", "March", "Sept.", "may", "2018", "'18", "12%", "M7", "month", "H1", "half", "second", "year-end",
    "year", "financial", "calendar", "wınter", "ſept", "aprİl", "weeK", "now", "effect", "–", "/", "and", ",",
    "£2017", "16.8", "١٢", "٢٠١٧", "reduce", "31march", "30th-June",
]  # fmt: skip
PHRASES = [
    "second half of 2017/18", "first half of the year", "H1 2017/18", "2017/18 H2", "M7 2017/18", "2017/18 month 7",
    "end of the financial year", "year end 2018", "(now)", "(immediately)", "with immediate effect", "Q3 of 2017/18",
    "2017/18, Q3", "Q1–Q3 17/18", "1/4/17", "31.03.2018", "2017-04-01", "third quarter of the year",
    "spring/summer 2018", "winter", "Nov–Feb 2018", "June 30th, 2017", "30 June", "FY 17-18",
]  # fmt: skip
SPACES = st.sampled_from([" ", "  ", "", "\n", "-"])
TEXTS = st.lists(st.tuples(st.sampled_from(PHRASES) | st.sampled_from(WORDS), SPACES), max_size=9).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)


@given(TEXTS | st.text(max_size=60))
def test_a_pattern_that_is_left_out_would_not_have_matched(text: str) -> None:
    text = without_foreign(text)
    tried = {pattern for pattern, _ in _grammar_for(signs_in(text))}
    for pattern, _, _ in _grammar():
        if pattern not in tried:
            assert pattern.search(text) is None, pattern.pattern


@given(st.text(max_size=60))
def test_a_text_keeps_its_length(text: str) -> None:
    assert len(without_foreign(text)) == len(text)


@pytest.mark.parametrize(
    "text", ["by wınter 2017", "in ſpring 2018", "by ſept 2017", "aprİl 2018", "by the ſecond quarter"]
)
def test_letters_of_other_languages_make_no_date_and_no_mischief(text: str) -> None:
    for phrase in find_dates(text, years=[FinancialYear(2017)]):
        assert phrase.text.isascii()
