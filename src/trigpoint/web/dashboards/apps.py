"""Names the application of measures: their figures under an edition, and the pages that show them."""

from __future__ import annotations

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "trigpoint.web.dashboards"
    label = "dashboards"
