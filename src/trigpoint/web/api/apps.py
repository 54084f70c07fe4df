"""Names the application of the REST API, its tokens and webhooks."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "trigpoint.web.api"
    label = "api"
