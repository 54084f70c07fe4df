"""On the page of an objective: the savings that rest on its deliverables and milestones."""

from __future__ import annotations

from collections.abc import Mapping

from trigpoint.finance.book.book import Scheme
from trigpoint.finance.words import gbp_words
from trigpoint.web.finance.desk import model_of
from trigpoint.web.finance.store import has_finance
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.resting import Resting


def savings_on(reading: Reading, items: Mapping[str, str]) -> list[Resting]:
    """The schemes of the finance that name one of ``items`` (id → text), each once, in the order of the files.

    Only the files are read, nothing is computed: a page of the plan does not wait for its finance.
    """
    if not has_finance(reading.edition) or (book := model_of(reading.edition).book) is None:
        return []
    found: dict[str, Scheme] = {}
    for each in book.schemes:
        if each.deliverable in items:
            found.setdefault(each.id, each)
    return [
        Resting(
            name=each.stated.name or each.id,
            href=reading.url("finance-scheme", sid=each.id, query={"year": each.year.label}),
            on=items[each.deliverable],
            said=_said(each),
            illustrative=each.stated.illustrative,
        )
        for each in found.values()
    ]


def _said(scheme: Scheme) -> str:
    stage = f". Stage: {scheme.stage}" if scheme.stage else ""
    return f"{gbp_words(scheme.full_year_effect_gbp)} in a full year, from {scheme.start.label}{stage}"
