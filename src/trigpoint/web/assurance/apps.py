"""Names the application of risks, the assurance framework, impact assessments and gateways."""

from __future__ import annotations

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "trigpoint.web.assurance"
    label = "assurance"
