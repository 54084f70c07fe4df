"""Names the application that changes plans."""

from __future__ import annotations

from django.apps import AppConfig


class PlanEditingConfig(AppConfig):
    name = "trigpoint.web.editing"
    label = "editing"
