"""Names the application of updates, their requests and exceptions."""

from __future__ import annotations

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "trigpoint.web.delivery"
    label = "delivery"
