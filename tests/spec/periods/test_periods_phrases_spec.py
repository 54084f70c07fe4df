"""How words are read as dates: each row is a rule of the plan language, its reading, and why.

The plan is the one named in the row: "16" is a plan for 2016/17, "17+" one for 2017/18 and 2018/19. ``column`` is the
column of the table the words stand in, where they stand in one.
"""

from datetime import date
from typing import NamedTuple

import pytest

from trigpoint.periods import Certainty, Doubt, FinancialYear, Role, due_date, find_dates, parse_period

PLANS = {
    "16": (FinancialYear(2016),),
    "17+": (FinancialYear(2017), FinancialYear(2018)),
    "26+": (FinancialYear(2026), FinancialYear(2027), FinancialYear(2028)),
    "-": (),
}
DUE, START, CONTEXT = Role.DUE, Role.START, Role.CONTEXT
EXACT, END, INFERRED = Certainty.EXACT, Certainty.PERIOD_END, Certainty.YEAR_INFERRED
SEASON, AMBIGUOUS, VAGUE = Certainty.SEASON, Certainty.AMBIGUOUS, Certainty.VAGUE


class Row(NamedTuple):
    words: str
    plan: str
    phrase: str
    due: str
    certainty: Certainty
    role: Role
    why: str
    column: str = ""


# fmt: off
READINGS = [
    # Months with two digits
    Row("By June 16, a forum will meet", "16", "By June 16", "2016-06-30", AMBIGUOUS, DUE, "16 is a year of the plan"),
    Row("By January 17, reviewed", "16", "By January 17",
        "2017-01-31", AMBIGUOUS, DUE, "January lies in the next year"),
    Row("By the end of October 16, agreed", "16", "By the end of October 16", "2016-10-31", AMBIGUOUS, DUE, "same"),
    Row("By June 30, agreed", "16", "By June 30", "2016-06-30", INFERRED, DUE, "30 is no year of the plan, but a day"),
    Row("By June 12, agreed", "16", "By June 12", "2016-06-12", INFERRED, DUE, "2012 is too far from the plan"),
    Row("By March 29, agreed", "26+", "By March 29", "2029-03-31", AMBIGUOUS, DUE, "March 2029 lies in 2028/29"),
    Row("By May 29, agreed", "26+", "By May 29",
        "2029-05-31", AMBIGUOUS, DUE, "close to the plan, and not May's last day"),
    Row("By June 30, agreed", "26+", "By June 30",
        "2026-06-30", AMBIGUOUS, DUE, "June's last day; June 2030 is not planned"),
    Row("in place (from Dec 16)", "17+", "from Dec 16", "2016-12-01", AMBIGUOUS, START, "shortly before the plan"),
    Row("Report Nov-17", "17+", "Nov-17", "2017-11-30", END, DUE, "a hyphen marks the year"),
    Row("Report Nov '17", "17+", "Nov '17", "2017-11-30", END, DUE, "so does an apostrophe"),
    # Days
    Row("By 31st March, a plan is in place", "16", "By 31st March", "2017-03-31", INFERRED, DUE, "the plan's year"),
    Row("By 30th June, submitted", "16", "By 30th June", "2016-06-30", INFERRED, DUE, "the plan's year"),
    Row("to be let by 1 st April 2018", "17+", "by 1 st April 2018", "2018-04-01", EXACT, DUE, "a split ordinal"),
    Row("Live on 1st of April 2018", "17+", "on 1st of April 2018", "2018-04-01", EXACT, DUE, "“of” between"),
    Row("by 31 March 18", "17+", "by 31 March 18", "2018-03-31", EXACT, DUE, "day, month and short year"),
    Row("by 31 March 17/18", "17+", "by 31 March 17/18", "2018-03-31", EXACT, DUE, "of the financial year"),
    Row("by June 30th, 2017", "17+", "by June 30th, 2017", "2017-06-30", EXACT, DUE, "month first"),
    Row("Deadline: 31/03/2018", "17+", "Deadline: 31/03/2018", "2018-03-31", EXACT, DUE, "day before month"),
    Row("by 1.4.17", "17+", "by 1.4.17", "2017-04-01", EXACT, DUE, "with stops"),
    Row("by 2017-09-30", "17+", "by 2017-09-30", "2017-09-30", EXACT, DUE, "ISO"),
    Row("before 1 April 2018", "17+", "before 1 April 2018", "2018-03-31", EXACT, DUE, "the day before"),
    Row("by close of play 31 March 2027", "26+", "by close of play 31 March 2027", "2027-03-31", EXACT, DUE, "a day"),
    Row("by Friday, 31 March 2018", "17+", "by Friday, 31 March 2018", "2018-03-31", EXACT, DUE, "with its weekday"),
    # Months
    Row("by the last week of May 2026", "26+", "by the last week of May 2026", "2026-05-31", SEASON, DUE, "a third"),
    Row("Contract awarded April 2018.", "17+", "April 2018",
        "2018-04-30", END, DUE, "a month falls due on its last day"),
    Row("fully implemented by March 2019", "17+", "by March 2019", "2019-03-31", END, DUE, "the last day"),
    Row("by no later than April 2018", "17+", "by no later than April 2018",
        "2018-04-30", END, DUE, "the whole preposition"),
    Row("will begin in February/March 2017", "17+", "in February/March 2017",
        "2017-03-31", END, DUE, "the later month"),
    Row("our November–February 2018 campaign", "17+", "November–February 2018",
        "2018-02-28", END, CONTEXT, "an adjective"),
    Row("published by late November 2016", "17+", "by late November 2016", "2016-11-30", SEASON, DUE, "the last third"),
    Row("by mid-January 2018", "17+", "by mid-January 2018", "2018-01-20", SEASON, DUE, "the middle third"),
    Row("by March 17/18", "17+", "by March 17/18", "2018-03-31", END, DUE, "March of a financial year"),
    Row("Complete by September", "16", "by September", "2016-09-30", INFERRED, DUE, "no year: the plan's"),
    Row("by no later than April", "17+", "by no later than April",
        "2017-04-30", AMBIGUOUS, DUE, "two Aprils to choose from"),
    Row("by September", "17+", "by September", "2018-09-30", INFERRED, DUE, "the column's year", column="2018/19"),
    Row("planned for January 2016", "17+", "planned for January 2016",
        "2016-01-31", END, DUE, "“for” after planned binds"),
    Row("activity at Month 7", "16", "at Month 7", "2016-10-31", INFERRED, CONTEXT, "October; the date of a report"),
    Row("By Month 12, done", "16", "By Month 12", "2017-03-31", INFERRED, DUE, "March"),
    Row("by M6 2017/18", "17+", "by M6 2017/18", "2017-09-30", END, DUE, "September 2017"),
    # Quarters
    Row("By the end of Q3, agreed", "16", "By the end of Q3", "2016-12-31", INFERRED, DUE, "October to December"),
    Row("By the end of Q4, agreed", "16", "By the end of Q4", "2017-03-31", INFERRED, DUE, "January to March"),
    Row("By the end of Q3, 91%", "16", "By the end of Q3",
        "2016-12-31", INFERRED, DUE, "in another quarter's column", "2016/17 Q4"),
    Row("By Q2, approval is sought", "16", "By Q2", "2016-09-30", AMBIGUOUS, DUE, "its start or its end"),
    Row("At the start of Q4, in place", "16", "At the start of Q4", "2017-01-01", INFERRED, DUE, "the first day"),
    Row("procedures (Q1)", "16", "Q1", "2016-06-30", INFERRED, DUE, "in brackets"),
    Row("by quarter 3 of 2017/18", "17+", "by quarter 3 of 2017/18", "2017-12-31", AMBIGUOUS, DUE, "in words"),
    Row("by the end of the third quarter of 2017/18", "17+", "by the end of the third quarter of 2017/18",
        "2017-12-31", END, DUE, "in words"),
    Row("trajectory 17/18 Q3 16.8%", "17+", "17/18 Q3", "2017-12-31", END, DUE, "the number after it is a value"),
    Row("18/19 Q2 19% Providers", "17+", "18/19 Q2", "2018-09-30", END, DUE, "19% is no year"),
    Row("Q2 19% achieved", "17+", "Q2", "2017-09-30", AMBIGUOUS, DUE, "nor here"),
    Row("Q1-Q3 17/18", "17+", "Q1-Q3 17/18", "2017-12-31", END, DUE, "the last of several"),
    Row("H2 2026/27 plan agreed by then", "26+", "H2 2026/27", "2027-03-31", END, CONTEXT, "half-years"),
    Row("by the end of the first half of 2018/19", "17+", "by the end of the first half of 2018/19",
        "2018-09-30", END, DUE, "half"),
    Row("2026/27 Q1 - Q4", "26+", "2026/27 Q1 - Q4", "2027-03-31", END, DUE, "the last of several"),
    Row("between Q1 and Q3 2026/27", "26+", "between Q1 and Q3 2026/27", "2026-12-31", END, DUE, "the last of several"),
    # Years
    Row("By year end, delivered", "16", "By year end", "2017-03-31", INFERRED, DUE, "31 March"),
    Row("by the end of the financial year", "16", "by the end of the financial year",
        "2017-03-31", INFERRED, DUE, "31 March"),
    Row("by year end 2018/19", "17+", "by year end 2018/19", "2019-03-31", END, DUE, "of the year named"),
    Row("by the end of the calendar year", "16", "by the end of the calendar year",
        "2016-12-31", INFERRED, DUE, "31 December"),
    Row("by the end of year 2", "17+", "by the end of year 2", "2019-03-31", INFERRED, DUE, "the plan's second year"),
    Row("placements ended by 2020/21", "17+", "by 2020/21",
        "2021-03-31", END, DUE, "a financial year ends on 31 March"),
    Row("Principles agreed (end 16/17)", "17+", "end 16/17", "2017-03-31", END, DUE, "its end"),
    Row("50% by the end of 2018/19", "16", "by the end of 2018/19", "2019-03-31", END, DUE, "its end"),
    Row("Pilot developed 2017/18.", "17+", "2017/18", "2018-03-31", END, DUE, "a year after a verb"),
    Row("during the course of 2018/19", "17+", "during the course of 2018/19", "2019-03-31", END, DUE, "by its end"),
    Row("In 2017/18 there will be a focus", "17+", "In 2017/18", "2018-03-31", END, DUE, "opens the sentence"),
    Row("100% of the population by 2020", "17+", "by 2020", "2020-12-31", AMBIGUOUS, DUE, "calendar year, or 2020/21"),
    Row("by early 2018", "17+", "by early 2018", "2018-04-30", AMBIGUOUS, DUE, "its first third"),
    # Seasons
    Row("dialogue phase Autumn 2017", "17+", "Autumn 2017", "2017-11-30", SEASON, DUE, "September to November"),
    Row("by Spring 2018", "17+", "by Spring 2018", "2018-05-31", SEASON, DUE, "March to May"),
    Row("by summer 2018", "17+", "by summer 2018", "2018-08-31", SEASON, DUE, "June to August"),
    Row("by winter 2017/18", "17+", "by winter 2017/18", "2018-02-28", SEASON, DUE, "December to February"),
    Row("by the summer", "16", "by the summer", "2016-08-31", INFERRED, DUE, "no year: the plan's"),
    # Starts
    Row("implemented from 1 April 2016", "17+", "from 1 April 2016", "2016-04-01", EXACT, START, "it begins then"),
    Row("delivered from April 17 onwards", "16", "from April 17 onwards",
        "2017-04-01", AMBIGUOUS, START, "begins with April"),
    Row("By April 17 onwards, shared", "16", "By April 17 onwards", "2017-04-01", AMBIGUOUS, START, "open-ended"),
    Row("procurement beginning Spring 2016", "17+", "beginning Spring 2016",
        "2016-03-01", SEASON, START, "its first day"),
    # Context
    Row("funding for post September 2016", "16", "for post September 2016",
        "2016-09-30", END, CONTEXT, "after that date"),
    Row("resources continuing beyond June 16", "16", "beyond June 16",
        "2016-06-30", AMBIGUOUS, CONTEXT, "after that date"),
    Row("the 2017/18 CQUIN", "17+", "2017/18", "2018-03-31", END, CONTEXT, "an adjective"),
    Row("the key 16/17 priorities", "16", "16/17", "2017-03-31", END, CONTEXT, "an adjective"),
    Row("opportunities for 17/18 will be agreed", "16", "for 17/18", "2018-03-31", END, CONTEXT, "“for” a year"),
    Row("audited for the period 2014/15", "17+", "for the period 2014/15", "2015-03-31", END, CONTEXT, "a past period"),
    Row("a 33% increase since 2008", "17+", "since 2008", "2008-12-31", AMBIGUOUS, CONTEXT, "a past date"),
    Row("which went live in November 2016", "17+", "in November 2016", "2016-11-30", END, CONTEXT, "the past tense"),
    Row("In July we launched a consultation", "17+", "In July", "2017-07-31", AMBIGUOUS, CONTEXT, "the past tense"),
    Row("well in advance of the April 2018 deadline", "17+", "in advance of the April 2018",
        "2018-04-30", END, CONTEXT, "an adjective"),
    Row("treated over 2014/15 position", "17+", "over 2014/15", "2015-03-31", END, CONTEXT, "a comparison"),
    Row("3 year rates, 2013-15", "17+", "2013-15", "2015-12-31", END, CONTEXT, "a pool of years"),
    Row("breaches in 16/17 YTD", "17+", "in 16/17", "2017-03-31", END, CONTEXT, "a figure's period"),
    Row("established for all providers (now)", "17+", "(now)", "2017-04-01", VAGUE, CONTEXT, "no date at all"),
]
# fmt: on


@pytest.mark.parametrize("row", READINGS, ids=lambda row: f"{row.words[:40]} [{row.plan}] {row.why}")
def test_reading(row: Row):
    column = parse_period(row.column) if row.column else None
    phrases = find_dates(row.words, years=PLANS[row.plan], column=column)
    assert [(p.text, p.due.isoformat(), p.certainty, p.role) for p in phrases[:1]] == [
        (row.phrase, row.due, row.certainty, row.role)
    ]
    assert row.words[phrases[0].start : phrases[0].stop] == row.phrase
    assert phrases[0].earliest <= phrases[0].due <= phrases[0].latest


NOT_DATES = [
    ("24/7 cover", "hours and days"),
    ("a 7 day service", "a number of days"),
    ("10-15 per million", "a range"),
    ("10 – 15 per million", "a range"),
    ("tier 2/3 services (T2/3)", "tiers"),
    ("the 111 service", "a telephone number"),
    ("pathway 1,2 and 3", "a list of numbers"),
    ("95% in 4 hours", "a standard"),
    ("16.8% of patients", "a percentage"),
    ("a 5 year forward view", "a number of years"),
    ("Section 11 audit", "a section"),
    ("This may be revised", "“may” the verb"),
    ("May be revised", "“May” that opens a sentence"),
    ("march together towards 20 sites", "“march” the verb"),
    ("Q&A for staff", "questions and answers"),
    ("1/2 hour slots", "a fraction"),
    ("NHS number 943 476 5919", "an NHS number"),
    ("saves £2017 a year", "money"),
    ("£1.8m and £2,018k", "money"),
    ("46 practices", "a count"),
    ("our 2020 vision", "a slogan"),
    ("DY5 1RU", "a postcode"),
    ("9663 more people", "a count"),
    ("reduce by 2020 attendances", "a count"),
    ("over the winter months", "a season that says no year"),
    ("winter pressures", "a season that is an adjective"),
    ("3.1% October YTD", "a month that dates a figure"),
    ("September's improved position", "a month that dates a figure"),
    ("6 months after discharge", "a duration"),
    ("12 monthly reviews", "a frequency"),
    ("0300 123 2019", "a telephone number"),
    ("2,016 patients in 1,718 beds", "counts"),
    ("ratio 24/25", "no year near the plan"),
    ("B12 and M25 junction", "a vitamin and a road"),
    ("2019% growth", "a percentage"),
    ("version 1.2.2017b", "a version"),
    ("12:30 to 17:18", "times"),
    ("", "nothing"),
    ("   \n\t ", "nothing"),
]


@pytest.mark.parametrize(("words", "why"), NOT_DATES)
def test_not_a_date(words: str, why: str):
    assert find_dates(words, years=PLANS["16"]) == ()


BINDING = [
    ("By the end of Q2, funding for post September 2016 is explored", "2016-09-30", "context does not bind"),
    ("By January 17, agreed, in readiness for implementation in April 2017", "2017-01-31", "nor what it is ready for"),
    ("By year end, staff are appointed from 1st April 2017", "2017-03-31", "nor a start"),
    ("By year end, a target reduction of 50% by the end of 2018/19", "2017-03-31", "the first that opens wins"),
    ("The pilot of June 2016 is rolled out in May, closed by March 2017", "2017-03-31", "“by” wins over “in”"),
    ("By Q4 we approve the plan for 17/18 AND outline for 18/19 to 20/21", "2017-03-31", "a range of context"),
    ("By year end, delivered, which helps the trajectories in 17/18.", "2017-03-31", "a later year tells what for"),
    ("1 April 2016 – 31 March 2017", "2017-03-31", "the end of a range is due"),
    ("Apr 16 - Mar 17", "2017-03-31", "the end of a range is due"),
    ("1st April to 30th June 2016", "2016-06-30", "the end of a range is due"),
    ("The service runs from April 2016 to December 2016", "2016-12-31", "the end of a start is due"),
    ("for the period April 2016 to March 2017", None, "a range of context has no due date"),
    ("from 1 April 2016", None, "a start alone binds nothing"),
    ("Maintain performance", None, "no date"),
]


@pytest.mark.parametrize(("words", "due", "why"), BINDING)
def test_date_that_binds(words: str, due: str | None, why: str):
    phrase = due_date(words, years=PLANS["16"])
    assert (phrase and phrase.due.isoformat()) == due


RANGES = [
    ("At the start of Q4", "16", "2017-01-01", "2017-01-31", "up to a month"),
    ("at the start of March 2017", "16", "2017-03-01", "2017-03-10", "up to ten days"),
    ("by mid 2017/18", "17+", "2017-08-01", "2017-11-30", "the middle third of a year"),
    ("by Spring 2018", "17+", "2018-03-01", "2018-05-31", "three months"),
    ("by the end of Q3", "16", "2016-12-31", "2016-12-31", "one day"),
    ("between April and June 2017", "17+", "2017-04-01", "2017-06-30", "both months"),
]


@pytest.mark.parametrize(("words", "plan", "earliest", "latest", "why"), RANGES)
def test_days_that_words_can_mean(words: str, plan: str, earliest: str, latest: str, why: str):
    phrase = find_dates(words, years=PLANS[plan])[0]
    assert (phrase.earliest.isoformat(), phrase.latest.isoformat()) == (earliest, latest)


DOUBTS = [
    ("By June 16", "16", {Doubt.YEAR_OR_DAY}),
    ("By June", "16", {Doubt.NO_YEAR}),
    ("By June", "17+", {Doubt.SEVERAL_YEARS}),
    ("By Q2", "16", {Doubt.NO_YEAR, Doubt.START_OR_END}),
    ("By Q2 2017/18", "17+", {Doubt.START_OR_END}),
    ("By the end of Q2 2017/18", "17+", set()),
    ("By 2020", "17+", {Doubt.CALENDAR_OR_FINANCIAL}),
    ("By 1 April 2018", "17+", set()),
]


@pytest.mark.parametrize(("words", "plan", "doubts"), DOUBTS)
def test_doubts(words: str, plan: str, doubts: set[Doubt]):
    phrase = find_dates(words, years=PLANS[plan])[0]
    assert set(phrase.doubts) == doubts
    assert phrase.note == "; ".join(doubt.value for doubt in phrase.doubts)


NEARBY = [
    ("Agreed in May 2017, live by September", "2017-09-30", "the year printed before"),
    ("Agreed by September, live in March 2018", "2017-09-30", "the year printed after, where none is before"),
]


@pytest.mark.parametrize(("words", "due", "why"), NEARBY)
def test_year_of_a_date_nearby(words: str, due: str, why: str):
    dues = [phrase.due for phrase in find_dates(words)]
    assert date.fromisoformat(due) in dues


def test_without_any_year_a_date_is_left_out():
    assert find_dates("By the end of Q3, agreed") == ()
    assert due_date("By 31st March") is None


def test_two_commitments_in_one_paragraph_each_open_a_sentence():
    text = "By October 16, a function will cover all areas. By October 16, transfers will have been finalised."
    phrases = find_dates(text, years=PLANS["16"])
    assert [(phrase.opens, phrase.firm) for phrase in phrases] == [(True, True), (True, True)]


def test_years_in_a_list_play_the_same_part():
    roles = [phrase.role for phrase in find_dates("During 2017/18 and 2018/19 the pilot runs", years=PLANS["17+"])]
    assert roles == [DUE, DUE]


def test_a_later_promise_in_the_same_sentence_stays_due():
    text = "A notice is published by late November 2016 and the service will begin in 2018/19"
    assert [phrase.role for phrase in find_dates(text, years=PLANS["17+"])] == [DUE, DUE]
