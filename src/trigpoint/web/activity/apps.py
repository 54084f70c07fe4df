"""Names the application of the activity model: its files under an edition, its scenarios, and the pages of both."""

from __future__ import annotations

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "trigpoint.web.activity"
    label = "activity"
