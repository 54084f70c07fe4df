"""What one request reads: an edition of a plan, its values, and where everything stands at the reporting date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import reverse

from trigpoint.checks.finding import Finding
from trigpoint.errors import InputError
from trigpoint.periods.iso_day import iso_day
from trigpoint.plans.model import Plan
from trigpoint.plans.state import PlanStates, plan_states
from trigpoint.web.config.clock import today
from trigpoint.web.register import store
from trigpoint.web.register.models import Edition

SECTIONS = (
    ("plan", "Plan on a page"),
    ("search", "Search"),
    ("measures", "Measures"),
    ("activity", "Activity"),
    ("finance", "Finance"),
    ("coverage", "Coverage"),
    ("risks", "Risks"),
    ("checks", "Checks"),
    ("papers", "Papers"),
)


@dataclass(frozen=True)
class Reading:
    """``asked`` is the date in the address, which all links of the page carry on; ``at`` the date that holds."""

    edition: Edition
    plan: Plan
    at: date
    asked: date | None = None

    @cached_property
    def states(self) -> PlanStates:
        """Where every commitment stands at the reporting date."""
        key = (*store.revision_key(self.edition), "states", self.at)
        return store.shelf.get(key, lambda: plan_states(self.plan, self.at))

    @cached_property
    def illustrative(self) -> bool:
        """Whether any progress known at the reporting date was invented."""
        return any(update.illustrative and update.as_at <= self.at for update in self.plan.updates)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks said when the plan was loaded."""
        return store.findings_of(self.edition)

    def url(self, name: str, /, *, query: dict[str, Any] | None = None, **arguments: Any) -> str:
        """The address of one of this plan's pages, for the same reporting date."""
        query = {key: value for key, value in (query or {}).items() if value not in ("", None)}
        if self.asked and "at" not in query:
            query["at"] = self.asked.isoformat()
        path = reverse(name, kwargs={"pk": self.edition.pk, **arguments})
        return f"{path}?{urlencode(query)}" if query else path

    def _has(self, section: str) -> bool:
        """Whether there is something to show in a section that not every plan has."""
        if section == "activity":
            from trigpoint.web.activity.store import has_activity

            return has_activity(self.edition) or bool(self.plan.activity)
        if section == "finance":
            from trigpoint.web.finance.store import has_finance

            return has_finance(self.edition) or bool(self.plan.finance)
        return section != "risks" or bool(self.plan.risks)

    def context(self, section: str, *, current: str = "page") -> dict[str, Any]:
        """What the frame of the page shows. ``current`` is "true" where the page only belongs to the section."""
        navigation = [
            {"href": self.url(name), "text": text, "current": current if name == section else ""}
            for name, text in SECTIONS
            if self._has(name)
        ]
        return {"reading": self, "plan": self.plan, "at": self.at, "link": self.url, "navigation": navigation}


def date_asked(text: str) -> date | None:
    """The date in the address; raises ``BadRequest`` (page 400) when it is none."""
    if not text:
        return None
    try:
        return iso_day(text)
    except InputError:
        raise BadRequest("at is no date") from None


def open_reading(request: HttpRequest, pk: int) -> Reading:
    """The plan that a request asks for; raises ``Http404`` where the person may not see it."""
    edition = store.edition_for(request.user, pk)
    asked = date_asked(request.GET.get("at", ""))
    configured = date_asked(settings.REPORTING_DATE)
    at = store.reporting_date(edition, asked=asked, configured=configured, today=today())
    return Reading(edition, store.plan_of(edition), at, asked)
