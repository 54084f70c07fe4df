"""Names the application of kept editions, their comparison and the baseline."""

from __future__ import annotations

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "trigpoint.web.editions"
    label = "editions"
