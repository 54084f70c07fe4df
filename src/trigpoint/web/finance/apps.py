"""Names the application of finance: its files under an edition, and the pages of what is computed from them."""

from __future__ import annotations

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "trigpoint.web.finance"
    label = "finance"
