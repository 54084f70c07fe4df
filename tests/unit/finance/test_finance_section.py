"""The finance section of a paper: alone, in a committee's, as Word and HTML; and the names that a notebook has."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from finance_workspace import made_finance

from trigpoint import finance
from trigpoint.charts.finance.curve import curve_picture
from trigpoint.plans.workspace import read_plan
from trigpoint.reports.blocks import Block, Figure, Heading, Paragraph, Points, Table, Tone
from trigpoint.reports.finance.gathered import Gathered, gathered
from trigpoint.reports.finance.section import committee_blocks, finance_blocks, finance_paper
from trigpoint.reports.finance.words import amounts, column, wide_form
from trigpoint.reports.paper import committee_paper
from trigpoint.reports.render.file import paper_bytes

ON = date(2017, 3, 31)
DUDLEY = Path(__file__).resolve().parents[3] / "examples" / "dudley-2017-19"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    book = finance.read_finance(made_finance(tmp_path_factory.mktemp("finance"))).book
    assert book is not None
    return gathered(book, draws=300)


def headings(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading)]


def test_the_section_has_every_part_with_picture_finding_and_table(told: Gathered) -> None:
    blocks = tuple(finance_blocks(told, problems=("risks.csv: bad.",)))
    assert headings(blocks) == [
        "Finance: what the plan comes to", "Position 2017/18", "Position 2018/19", "Business rules", "Schemes 2017/18",
        "Risks 2017/18", "Contracts", "Peers", "What was left out or looks wrong",
    ]  # fmt: skip
    for at, block in enumerate(blocks):
        if isinstance(block, Figure):
            before = blocks[at - 1]
            assert isinstance(before, Paragraph)
            assert before.text == block.picture.finding
            assert any(isinstance(after, Table) for after in blocks[at + 1 : at + 3]) or not block.tabled
    drawn = [block.caption for block in blocks if isinstance(block, Figure)]
    assert [caption for caption in drawn if not caption.startswith("Surplus")] == [
        "Headroom of each rule", "Schemes 2017/18", "Outturn surplus 2017/18", "What moves the outturn most 2017/18",
        "Acute, 2017/18: payment against activity",
    ]  # fmt: skip
    left = [block for block in blocks if isinstance(block, Points)][-1]
    assert left.items[0] == "risks.csv: bad."


@pytest.mark.parametrize("name", ["dudley-2017-19", "northvale-2026-29"])
def test_a_committee_is_given_what_it_can_look_at(name: str) -> None:
    """At most a dozen pictures, a file that can be sent, and a sentence for each picture that is not drawn."""
    book = finance.read_finance(DUDLEY.parent / name).book
    assert book is not None
    asked = gathered(book, draws=300)
    paper = finance_paper(asked, on=ON)
    figures = [block for block in paper.blocks if isinstance(block, Figure)]
    years = len(asked.book.settings.years)
    assert years < len(figures) <= 12
    assert sum("payment against activity" in one.caption for one in figures) == 1
    assert len(paper_bytes(paper, ".docx")) < 2_000_000
    said = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    for one in asked.contracts:
        finding = curve_picture(one.mechanism, one).finding
        assert {finding, f"{one.contract.year}: {finding}"} & set(said)


def test_what_was_invented_is_said_at_the_front(told: Gathered) -> None:
    assert not any(isinstance(one, Paragraph) and one.tone is Tone.NOTICE for one in finance_blocks(told))
    marked = replace(told, book=replace(told.book, settings=replace(told.book.settings, illustrative=True)))
    notice = next(one for one in finance_blocks(marked) if isinstance(one, Paragraph) and one.tone is Tone.NOTICE)
    assert "invented" in notice.text


@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_the_paper_of_its_own_is_written_alike_twice(told: Gathered, ending: str) -> None:
    paper = finance_paper(told, on=ON, organisation="Somewhere CCG", problems=())
    one, two = (paper_bytes(paper, ending) for _ in range(2))
    assert one == two
    assert len(one) > 10_000


def test_columns_add_up_as_printed_and_headroom_keeps_its_sign(told: Gathered) -> None:
    added = 0
    for table in (one for one in finance_blocks(told) if isinstance(one, Table) and one.caption.startswith("Spend by")):
        for at in range(2, len(table.headers)):
            cells = [row[at] for row in table.rows]
            if "–" in cells:
                continue
            numbers = [int(c.replace("£", "").replace("k", "").replace(",", "").replace("−", "-")) for c in cells]
            assert sum(numbers[:-1]) == numbers[-1], (table.caption, table.headers[at])
            added += 1
    assert added


def test_printed_parts_add_up_whatever_is_rounded() -> None:
    parts = [Decimal("333333.33"), Decimal("333333.33"), Decimal("333333.34"), Decimal("1000000.00"), None]
    printed = column(parts, wide_form([*parts, Decimal("2000000")]))
    assert printed == ["£333k", "£333k", "£334k", "£1,000k", "–", "£2,000k"]
    assert amounts([Decimal("-1200.5"), None, Decimal(0)]) == ("−£1,200.50", "–", "£0.00")


def test_the_paper_on_the_whole_plan_has_the_section_and_a_committee_its_own_schemes(told: Gathered) -> None:
    plan = read_plan(DUDLEY)
    whole = committee_paper(plan, committee="", at=ON, finance=told)
    assert "Finance: what the plan comes to" in headings(whole.blocks)
    name = next(one for one in plan.committees if "finance" not in one.casefold())
    assert not any(text.startswith("Finance:") for text in headings(committee_paper(plan, committee=name, at=ON,
                                                                                  finance=told).blocks))  # fmt: skip
    schemes = told.schemes[0]
    first = schemes.schemes[0]
    owned = replace(schemes, schemes=(replace(first, scheme=replace(first.scheme, deliverable="d1")),))
    own = tuple(committee_blocks(replace(told, schemes=(owned,)), "Board", {"d1"}))
    assert headings(own) == ["Finance: the committee's schemes", "Schemes 2017/18"]
    assert headings(tuple(committee_blocks(told, "Finance and Performance Committee", ())))[1] == "Position 2017/18"


@pytest.mark.parametrize(("name", "home"), finance._HOMES.items())
def test_a_name_is_that_of_its_home_and_is_listed(name: str, home: str) -> None:
    assert getattr(finance, name) is getattr(import_module(home), name)
    assert name in dir(finance)
    assert name in finance.__all__


def test_the_package_of_the_position_is_also_the_function_of_a_notebook(told: Gathered) -> None:
    year = told.book.settings.years[0]
    assert finance.position(told.book, year) == told.positions[0]
    assert finance.position.__name__ == "trigpoint.finance.position"


def test_a_misspelt_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'posytion'"):
        finance.posytion  # noqa: B018


def test_the_package_costs_no_arrays_before_a_name_is_asked_for() -> None:
    code = (
        "import sys, trigpoint.finance, trigpoint.cli.finance\n"
        "from trigpoint.finance import FinanceBook, read_mechanism, evaluate_rules\n"
        "print([name for name in ('numpy', 'polars', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
