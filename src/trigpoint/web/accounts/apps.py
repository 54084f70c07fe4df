"""Names the application of people and organisations."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "trigpoint.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Signals are heard from here on."""
        from trigpoint.web.accounts import recording  # noqa: F401
