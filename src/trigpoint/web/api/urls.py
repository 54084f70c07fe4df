"""The addresses of api."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
