"""Names the application of the record of what happened."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "trigpoint.web.audit"
    label = "audit"
