"""Which part of a review a page shows: the whole of it stands in the address, so that every form leads back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from trigpoint.web.intake.models import Upload
from trigpoint.web.intake.store import Show


@dataclass(frozen=True, slots=True)
class Listing:
    """A filter by decision, one by table ("" for all) and a page."""

    show: Show = Show.ALL
    table: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Listing:
        """What an address asks for; what it asks for that there is not counts as not asked."""
        show = next((each for each in Show if each.value == given.get("show")), Show.ALL)
        page = given.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        return cls(show, given.get("table", "")[:30], max(number, 1))

    @property
    def query(self) -> dict[str, Any]:
        """As an address has it; what is usual is left out."""
        asked = {"show": self.show.value if self.show is not Show.ALL else "", "table": self.table}
        asked["page"] = str(self.page) if self.page > 1 else ""
        return {name: value for name, value in asked.items() if value}

    def on(self, page: int) -> Listing:
        """The same on another page."""
        return replace(self, page=page)

    def url(self, name: str, upload: Upload, *, more: Mapping[str, Any] | None = None, **arguments: Any) -> str:
        """The address of one of an import's pages, this listing kept in it."""
        query = urlencode({**self.query, **(more or {})})
        path = reverse(name, kwargs={"pk": upload.pk, **arguments})
        return f"{path}?{query}" if query else path
