"""Whose published statistics a request looks at, and where its pages stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from trigpoint.web.accounts.access import Right
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.published.models import PublishedFile

SECTIONS = (
    ("published", "Measures"),
    ("published-organisations", "Organisations"),
    ("published-files", "Files"),
)
ADD = ("published-add", "Add files")
ASKED = "for"
"""The name in an address of the organisation whose files are looked at, where a person belongs to several."""


@dataclass(frozen=True)
class Desk:
    """The organisation whose files are looked at, and what the person may do for it.

    ``owners`` are all the organisations that the person belongs to; ``may_add`` those that files may be added for.
    """

    owner: Organisation
    owners: tuple[Organisation, ...]
    may_add: tuple[Organisation, ...]

    def url(self, name: str, /, *, query: dict[str, Any] | None = None, **arguments: Any) -> str:
        """The address of a page of the same organisation."""
        asked = {ASKED: str(self.owner.pk)} if len(self.owners) > 1 else {}
        question = {key: value for key, value in ((query or {}) | asked).items() if value not in ("", None)}
        path = reverse(name, kwargs=arguments or None)
        return f"{path}?{urlencode(question)}" if question else path

    def context(self, section: str, *, current: str = "page") -> dict[str, Any]:
        """What the frame of a page shows. ``current`` is "true" where the page only belongs to the section."""
        sections = (*SECTIONS, *((ADD,) if self.may_add else ()))
        navigation = [
            {"href": self.url(name), "text": text, "current": current if name == section else ""}
            for name, text in sections
        ]
        return {
            "desk": self,
            "link": self.url,
            "navigation": navigation,
            "navigation_name": "Published statistics",
            "asked": ASKED,
        }


def open_desk(request: HttpRequest, owner: Organisation | None = None) -> Desk:
    """Whose files are asked for: ``owner``'s, those that the address names, else those that were added to last.

    Raises ``Http404`` where the person does not belong to it: what others hold is theirs; ``PermissionDenied`` (page
    403) for who belongs to no organisation.
    """
    rows = _rights(request.user)
    if not rows:
        raise PermissionDenied
    owners = tuple(row for row, _ in rows)
    chosen = owner or _asked(owners, request.GET.get(ASKED, "")) or _latest(request, owners)
    if chosen not in owners:
        raise Http404
    return Desk(chosen, owners, tuple(row for row, may in rows if may))


def _rights(user: User) -> list[tuple[Organisation, bool]]:
    """The organisations of a person by name, and whether files may be added for each."""
    adding = set(user.organisations_where(Right.IMPORT))
    return [(each, each in adding) for each in user.organisations_where(Right.READ).order_by("name")]


def _asked(owners: tuple[Organisation, ...], text: str) -> Organisation | None:
    if not text:
        return None
    for owner in owners:
        if str(owner.pk) == text:
            return owner
    raise Http404


def _latest(request: HttpRequest, owners: tuple[Organisation, ...]) -> Organisation:
    if len(owners) == 1:
        return owners[0]
    newest = PublishedFile.objects.visible_to(request.user).select_related("owner").first()
    return newest.owner if newest else owners[0]
