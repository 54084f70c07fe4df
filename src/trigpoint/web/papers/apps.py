"""Names the application of committee packs and published parts."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "trigpoint.web.papers"
    label = "papers"
