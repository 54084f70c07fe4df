"""Any plan that a workspace may hold makes a paper, and no text in it becomes mark-up."""

from __future__ import annotations

import io
from datetime import date

import docx as python_docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from strategies import plans
from trigpoint.plans.model import Plan
from trigpoint.plans.state import State, plan_states
from trigpoint.reports import committee_paper
from trigpoint.reports.blocks import Figure, Table
from trigpoint.reports.committee import remit
from trigpoint.reports.render.docx import docx
from trigpoint.reports.render.html import html

DATES = st.dates(date(1990, 1, 1), date(2060, 12, 31))
SLOW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@given(plans(), DATES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_table_is_square_and_every_commitment_is_counted_once(plan: Plan, at: date) -> None:
    for committee in ("", *plan.committees):
        paper = committee_paper(plan, committee=committee, at=at)
        tables = [block for block in paper.blocks if isinstance(block, Table)]
        tables_of_figures = [block.picture.table for block in paper.blocks if isinstance(block, Figure)]
        for table in (*tables, *tables_of_figures):
            assert {len(row) for row in table.rows} <= {len(table.headers)}
        of = remit(plan, committee, at)
        assert sum(len(of.in_state(state)) for state in State) == len(of.commitments) == of.summary.total
    everything = remit(plan, "", at).summary
    assert everything.counts == plan_states(plan, at).whole.counts


@given(plans(), DATES)
@SLOW
def test_no_text_becomes_markup_and_both_editions_can_be_read_again(plan: Plan, at: date) -> None:
    paper = committee_paper(plan, committee="", at=at)
    page = LexborHTMLParser(html(paper))
    assert len(page.css("h1")) == 1
    assert page.css("script, iframe, object, embed, link") == []
    assert len(page.css("figure")) == sum(isinstance(block, Figure) for block in paper.blocks)
    document = python_docx.Document(io.BytesIO(docx(paper)))
    assert len(document.inline_shapes) == len(page.css("figure"))
