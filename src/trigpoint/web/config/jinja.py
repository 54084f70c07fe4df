"""The template environment: our pages, the NHS design system's macros, and the filters pages may use."""

from __future__ import annotations

import operator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.module_loading import import_string
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader

from trigpoint.web.config import wording
from trigpoint.web.forms.options import options_of
from trigpoint.wording import capital


class LoudUndefined(ChainableUndefined):
    """Fails when a missing name is printed. The design system's macros only ask whether names are there, and may."""

    def __str__(self) -> str:
        self._fail_with_undefined_error()
        return ""

    __html__ = __str__


def environment(**options: Any) -> Environment:
    """Build the environment; autoescaping is on for every template but the plain text of messages."""
    undefined = import_string(options["undefined"])
    options |= {
        "autoescape": lambda name: not (name or "").endswith(".txt"),
        "undefined": undefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "loader": ChoiceLoader(
            [FileSystemLoader(settings.TEMPLATES[0]["DIRS"]), PackageLoader("nhsuk_frontend_jinja")]
        ),
    }
    env = Environment(**options)  # noqa: S701 - autoescape is set above
    env.globals |= {"static": static, "url": reverse}
    env.filters |= {
        "day": wording.day,
        "short_day": wording.short_day,
        "number": wording.number,
        "count_of": wording.count_of,
        "ended": wording.ended,
        "capital": capital,
        "combined": operator.or_,
        "options": options_of,
    }
    return env


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page may ask of the site itself."""
    return {"demonstration": settings.DEMONSTRATION}
