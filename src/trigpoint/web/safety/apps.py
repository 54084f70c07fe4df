"""Names the application of the quality and safety registers."""

from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "trigpoint.web.safety"
    label = "safety"
