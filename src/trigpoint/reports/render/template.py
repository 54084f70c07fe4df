"""The templates of the HTML papers: everything escaped, and a name that is not given is an error, never a gap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

_NO_FILTERS: Mapping[str, Callable[..., str]] = MappingProxyType({})


def template(
    name: str,
    *,
    filters: Mapping[str, Callable[..., str]] = _NO_FILTERS,
    finalise: Callable[[object], object] | None = None,
) -> Template:
    """The template of this name, with filters of its own; ``finalise`` is given each value before it is printed."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only when a page is made

    environment = Environment(
        loader=PackageLoader("trigpoint.reports.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalise,
    )
    environment.filters.update(filters)
    return environment.get_template(name)
