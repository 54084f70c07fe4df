"""The links from one page of a long list to the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator


def page_links(page: Page, href: Callable[[int], str]) -> dict[str, Any] | None:
    """What the design system's pagination shows; ``None`` where there is one page."""
    if page.paginator.num_pages == 1:
        return None
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    items = [
        {"ellipsis": True}
        if number == Paginator.ELLIPSIS
        else {"number": number, "href": href(number), "current": number == page.number}
        for number in numbers
    ]
    found: dict[str, Any] = {"items": items}
    if page.has_previous():
        found["previous"] = {"href": href(page.number - 1)}
    if page.has_next():
        found["next"] = {"href": href(page.number + 1)}
    return found
