"""What the pages of a plan's models (activity, finance) have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trigpoint.errors import InputError
from trigpoint.web.register.models import Edition
from trigpoint.web.register.reading import Reading


class Desk(Protocol):
    """What one request reads: the plan, the model in its files, and whether the person may change them.

    ``model.book`` is ``None`` where the files make none, and ``model.problems`` say why.
    """

    @property
    def reading(self) -> Reading: ...

    @property
    def edition(self) -> Edition: ...

    @property
    def model(self) -> Any: ...

    @property
    def may_save(self) -> bool: ...

    def context(self, page: str, *, current: str = "page") -> dict[str, Any]:
        """What the frame of a page shows."""


def model_page(
    request: HttpRequest, desk: Desk, name: str, make: Callable[[], dict[str, Any]], *, folder: str, **frame: str
) -> HttpResponse:
    """A page of the templates in ``folder``; where the model has no book, how to make one, and where it cannot be
    computed, the reason. ``section`` is the page that the frame marks, where it is another."""
    section = frame.pop("section", f"{folder}-{name}")
    context = desk.context(section, **frame)
    if desk.model.book is None:
        return render(request, f"{folder}/none.html", context | {"problems": desk.model.problems})
    try:
        return render(request, f"{folder}/{name}.html", context | make())
    except InputError as error:
        return render(request, f"{folder}/refused.html", context | {"reason": str(error)})
