"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class SignIn(LoginView):
    """The sign-in page. One message for every failure, so that nobody learns which addresses exist."""

    template_name = "accounts/sign_in.html"
    authentication_form = AuthenticationForm
    redirect_authenticated_user = True


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Whom an attempt to sign in is counted against: the address as it is compared, whatever its case."""
    given = (credentials or {}).get("username") or request.POST.get("username", "")
    return given.strip().lower()


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """After too many failures: how long to wait."""
    return render(request, "accounts/locked_out.html", status=429)
