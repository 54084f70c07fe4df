"""Names the application of published statistics: files that people send, their figures, and the pages of both."""

from __future__ import annotations

from django.apps import AppConfig


class PublishedConfig(AppConfig):
    name = "trigpoint.web.published"
    label = "published"
