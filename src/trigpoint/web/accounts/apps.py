"""Names the application of people and organisations."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "trigpoint.web.accounts"
    label = "accounts"
