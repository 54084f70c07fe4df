"""Names the application of imports: from an uploaded file to an edition of a plan."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "trigpoint.web.intake"
    label = "intake"
