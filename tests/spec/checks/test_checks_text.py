"""Rules on plain words: what fires, what does not, and why."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

import pytest

CASES = [
    # rule, document, the words objected to (None: nothing), why
    ("DUPLICATE_WORD", "Growth is based on based on last year.", "based on based on", "two words twice"),
    ("DUPLICATE_WORD", "Train all staff staff by May.", "staff staff", "one word twice"),
    ("DUPLICATE_WORD", "Beyond the reach of the reach of one trust.", "the reach of the reach of", "three words twice"),
    ("DUPLICATE_WORD", "A year on year increase, and one by one they came.", None, "idioms"),
    ("DUPLICATE_WORD", "Based on year on year growth.", None, "an idiom that overlaps with the word before it"),
    ("DUPLICATE_WORD", "He said that that was what they had had.", None, "rightly doubled words"),
    ("DUPLICATE_WORD", "We plan for care. Care is what we plan.", None, "a full stop stands between"),
    ("DUPLICATE_WORD", "Mental health services (T2/3) services are bought.", "services (T2/3) services", "round a bracket"),
    ("DUPLICATE_YEAR", "Intentions for 2026/27 and 2026/27 are ready.", "2026/27 and 2026/27", "the same year twice"),
    ("DUPLICATE_YEAR", "From 2026-27 to 2026/27 costs rise.", "2026-27 to 2026/27", "spelt two ways, still the same"),
    ("DUPLICATE_YEAR", "Intentions for 2026/27 and 2027/28 are ready.", None, "two years"),
    ("DUPLICATE_YEAR", "In 2026/27 and in 2027/28 we plan.", None, "two years with words between"),
    ("STRAY_PUNCTUATION", "The board meets monthly;. It decides.", "monthly;.", "two marks together"),
    ("STRAY_PUNCTUATION", "Name\tPlan\n. Set up the board\tYes\n", ". Set up the board", "a cell begins with a mark"),
    ("STRAY_PUNCTUATION", "Name\tPlan\nBoard\t.\n", ".", "a cell is one mark"),
    ("STRAY_PUNCTUATION", "Name\tPlan\nBoard\t–\n", None, "a dash says: nothing"),
    ("STRAY_PUNCTUATION", "Audits, reviews, etc. follow... in time.", None, "abbreviation and ellipsis"),
    ("UNIT_MISSING", "Rates have decreased by 12.8 compared to England.", "decreased by 12.8 compared to England", "of what?"),
    ("UNIT_MISSING", "Rates have decreased by 12.8% compared to England.", None, "per cent"),
    ("UNIT_MISSING", "Waits fell by 300 patients.", None, "patients"),
    ("UNIT_MISSING", "The number over 85 will grow by 990 and demand too.", None, "the number of people"),
    ("GARBLED_TEXT", "In 2025, 70% had A, 77.9 had B and 87.4% had C.", "77.9", "one of a series has no %"),
    ("GARBLED_TEXT", "In 2025, 70% had A, 77.9% had B.", None, "all have it"),
    ("GARBLED_TEXT", "In 2025, 70% scored under 6.5 mmol and 80% under 7.5 mmol.", None, "another unit"),
    ("GARBLED_TEXT", "Teams would non-compliant with the rule.", "would non-compliant", "“be” is missing"),
    ("SPELLING", "They play an import role in discharge.", "an import role", "important"),
    ("SPELLING", "The import of vaccines is delayed.", None, "the word that is meant"),
    ("SPELLING", "In each of the area's in the plan.", "each of the area's", "a plural has no apostrophe"),
    ("SPELLING", "The area's needs are known.", None, "a genitive"),
    ("SPELLING", "We act on the Frances report.", "Frances report", "the author's name"),
    ("SPELLING", "Frances reports to the board.", None, "a first name"),
    ("SPELLING", "The trail will conclude in May.", "The trail will conclude", "a trial"),
    ("SPELLING", "Keep an audit trail of the decisions.", None, "what an audit follows"),
    ("SPELLING", "The network was constituted and establish in 2016.", "and establish in", "established"),
    ("SPELLING", "We will review the need and establish in each town a team.", None, "an infinitive"),
    ("GARBLED_TEXT", "It describes the model care in each town.", "the model care", "“of” is missing"),
    ("GARBLED_TEXT", "It describes the model care home.", None, "a model home"),
    ("TRUNCATED_TEXT", "Name\tPlan\nBoard\tPatients will be receiving access to\n", "receiving access to", "no end anywhere"),
    ("TRUNCATED_TEXT", "Name\tPlan\nBoard\tPatients have access.\n", None, "a full sentence"),
    ("TRUNCATED_TEXT", "- constant challenge and peer review,\n\n- to secure the return\n", "challenge and peer review,", "a list item cut in two"),
    ("TRUNCATED_TEXT", "1. Waits are within two weeks.\n2. Others are in excess of standards,\n3. Some are long.\n", "excess of standards,", "a sentence among sentences"),
    ("TRUNCATED_TEXT", "- cancer waits,\n- other waits,\n- handovers.\n", None, "a list set with commas"),
    ("TRUNCATED_TEXT", "Of all Category ambulance calls 75% are in time.", "Category ambulance calls", "which category?"),
    ("TRUNCATED_TEXT", "Of all Category A ambulance calls 75% are in time.", None, "category A"),
    ("TRUNCATED_TEXT", "The teams of every town deliver care by practice based\n\npharmacists and nurses in every one of the towns.\n", "by practice based", "a page break in a sentence"),
    ("TRUNCATED_TEXT", "The teams deliver care in every one of the towns\n\nPharmacists help them.\n", None, "only the full stop is lost"),
    ("TRUNCATED_TEXT", "- representatives who sit on groups and many committees including\n- our locality teams\n", "many committees including", "a last word after which something must follow"),
    ("TRUNCATED_TEXT", "- implementation of the new record for all of our responders; and\n- review of roles\n", None, "the last but one of a list"),
    ("TRUNCATED_TEXT", "Name\tPlan\nBoard\tDevelop a model of “healthy living\n", "healthy living", "a quotation left open"),
    ("TRUNCATED_TEXT", "Name\tPlan\nBoard\tDevelop a model of “healthy living” here\n", None, "a quotation closed"),
    ("GARBLED_TEXT", "Better care for stroke, diabetes and asthma and gout.", "diabetes and asthma and gout", "two times “and” at a list's end"),
    ("GARBLED_TEXT", "Better care for stroke, asthma and gout.", None, "once"),
    ("STRAY_PUNCTUATION", "Name\tPlan\nBoard\tUrgent care network .\n", "network .", "a space before the full stop"),
    ("NUMBER_FORMAT", "Area\tSmokers\tQuits\nNorth\t8,950\t269\nAll\t48,386\t1452\n", "1452", "beside 48,386"),
    ("NUMBER_FORMAT", "Area\tSmokers\tQuits\nNorth\t8,950\t269\nAll\t48,386\t1,452\n", None, "all alike"),
    ("KNOWN_FACT", "As the Mental Capacity Act 2006 says.", "Mental Capacity Act 2006", "it is of 2005"),
    ("KNOWN_FACT", "As the Mental Capacity Act 2005 and the Children Act 2004 say.", None, "right years"),
    ("KNOWN_FACT", "As section 1 of the Children Act 1989 says.", None, "an Act of several years"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "document", "words", "why"), CASES)
def test_rule_on_words(findings, rule: str, document: str, words: str | None, why: str) -> None:
    found = findings(rule, document)
    if words is None:
        assert found == (), why
    else:
        assert any(words in finding.fragment for finding in found), why
        assert all(finding.rule == rule and finding.line for finding in found)


def test_years_spelt_two_ways_are_named_where_the_rarer_spelling_stands(findings) -> None:
    document = (
        "The plan for 2026/27 follows on from that of the year before it.\n"
        "Contracts of 2026/27 and 2027/28 are agreed with all of our providers.\n"
        "The commissioning intentions for 2026-27 were sent to all of our providers.\n"
        "Mortality of 2023-25 is a pool of three years and no financial year at all.\n"
    )
    found = findings("MIXED_FORMAT", document)
    assert [finding.line for finding in found] == [3]


def test_a_lost_word_is_an_error_and_a_page_break_an_info(findings) -> None:
    document = "Name\tPlan\nBoard\tPatients will be receiving access to\n\n\tpsychological therapies in all areas\n"
    assert [finding.severity.value for finding in findings("TRUNCATED_TEXT", document)] == ["info"]
