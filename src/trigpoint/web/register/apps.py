"""Names the application of the plan register."""

from __future__ import annotations

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "trigpoint.web.register"
    label = "register"
