"""What is answered with something other than a page: a file to keep, a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.http import Http404, HttpResponse

from trigpoint.errors import InputError

if TYPE_CHECKING:
    from trigpoint.charts.picture import Picture

CSV = "text/csv; charset=utf-8"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A picture opened by itself may still run nothing: no script, no frame, no other host.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
_Made = TypeVar("_Made")


def attachment(content: bytes | str, name: str, kind: str) -> HttpResponse:
    """A file of that content type, to be kept as ``name``."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def picture_response(picture: Picture) -> HttpResponse:
    """A picture as SVG."""
    from trigpoint.reports.render.picture import svg

    headers = {"Content-Security-Policy": PICTURE_POLICY, "Cache-Control": "private, max-age=600"}
    return HttpResponse(svg(picture.spec), content_type="image/svg+xml", headers=headers)


def found(make: Callable[[], _Made]) -> _Made:
    """What is made; *not found* where what was entered makes none: the page that it belongs to says why."""
    try:
        return make()
    except InputError:
        raise Http404 from None
