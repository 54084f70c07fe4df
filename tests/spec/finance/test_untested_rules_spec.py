"""What cannot be tested is counted apart from what does not agree, and a year that nobody tells of is told once."""

from __future__ import annotations

from trigpoint.finance.book.texts import read_texts
from trigpoint.finance.position.quantities import quantity_value
from trigpoint.finance.rules.evaluation import evaluate_rules
from trigpoint.finance.rules.unknown import of_known_years, unknown_years, untested
from trigpoint.triangulation.engine import triangulation
from trigpoint.triangulation.findings import Triangulated, examined
from trigpoint.triangulation.parts import Parts

SETTINGS = 'organisation_type = "CCG"\nframework = "nhs-2017-19"\nyears = ["2017/18", "2018/19"]\n'
HEADINGS = "year,quantity,value\n"
SURPLUS = "2017/18,planned_surplus,4300000\n2017/18,resource_limit,463900000\n"
NOTHING = "the finance tells nothing of {}, so that none of its 10 business rules can be tested"


def told(rows: str) -> Triangulated:
    book = read_texts({"settings.toml": SETTINGS, "quantities.csv": HEADINGS + rows}).book
    return examined(triangulation(Parts(finance=book)))


def test_a_folder_with_settings_alone_compares_nothing_and_says_so_once_a_year() -> None:
    made = told("")
    assert made.summary.verdict == "Nothing could be compared."
    assert not made.findings
    said = [one.sentence for one in made.triangulation.lacking if one.rule == "BUSINESS_RULE"]
    assert [sentence.partition(";")[0] for sentence in said] == [NOTHING.format("2017/18"), NOTHING.format("2018/19")]


def test_what_cannot_be_tested_is_counted_apart() -> None:
    made = told(SURPLUS)
    # Of ten rules of 2017/18 one has its figures; 2018/19 has none.
    assert made.summary.verdict == (
        "1 pair of figures was compared: 0 agree, 1 does not. "
        "9 pairs cannot be tested, for one of the figures is not known."
    )
    assert [concern.count for concern in made.summary.concerns] == [1]
    assert len(made.findings) == 10


def test_rules_of_a_year_that_nobody_tells_of_have_one_sentence() -> None:
    book = read_texts({"settings.toml": SETTINGS, "quantities.csv": HEADINGS + SURPLUS}).book
    assert book is not None
    results = evaluate_rules(book)
    assert [year.label for year in unknown_years(book, results)] == ["2018/19"]
    assert {one.year.label for one in of_known_years(book, results)} == {"2017/18"}
    sentences = untested(book, results)
    assert sentences[0].startswith(NOTHING.format("2018/19").replace("the", "The", 1))
    assert len(sentences) == 1 + 9


def test_an_own_file_of_gates_that_cannot_be_read_leaves_the_money_as_it_is() -> None:
    scheme = "id,year,full_year_effect,start,recurrence,stage\nhomes,2017/18,2400000,2017-07,recurrent,idea\n"
    sound = {"settings.toml": SETTINGS, "schemes.csv": scheme, "quantities.csv": HEADINGS + SURPLUS}
    broken = read_texts({**sound, "gates.toml": "share_of_others = 2\n"})
    usual = read_texts(sound).book
    assert any("gates.toml" in str(problem) for problem in broken.problems)
    assert broken.book is not None
    assert usual is not None
    assert broken.book.schemes
    assert quantity_value(broken.book, "qipp_gross", usual.settings.years[0]).value == 1_800_000
    assert evaluate_rules(broken.book) == evaluate_rules(usual)
