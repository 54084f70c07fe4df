"""Finding an organisation by its code or words of its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page

from trigpoint.web.config.wording import count_of
from trigpoint.web.published.desk import Desk
from trigpoint.web.published.presenters.values import BASES
from trigpoint.web.register.presenters.paging import page_links
from trigpoint.wording import capital


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """A code with its name, on each basis that it reports on."""

    code: str
    name: str
    href: str
    basis: str
    parent: str


def organisations_page(desk: Desk, words: str, page: Page) -> dict[str, Any]:
    """What answers to the words, by name."""
    lines = [
        OrganisationLine(
            row.code,
            row.name or row.code,
            desk.url("published-organisation", code=row.code),
            capital(BASES[row.basis][0]),
            row.parent if row.parent != row.code else "",
        )
        for row in page
    ]
    return {
        "q": words,
        "lines": lines,
        "count": count_of(page.paginator.count, "organisation"),
        "page_words": f" (page {page.number} of {page.paginator.num_pages})" if page.number > 1 else "",
        "pagination": page_links(
            page, lambda number: desk.url("published-organisations", query={"q": words, "page": number})
        ),
    }
