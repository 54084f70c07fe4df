"""Signs every visitor in as the demonstration user – on a server that only this machine can reach."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from trigpoint.web.accounts.models import User
from trigpoint.web.accounts.services import DEMONSTRATION_EMAIL

LOOPBACK_ADDRESSES = {"127.0.0.1", "::1"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


class DemonstrationMiddleware:
    """Takes itself out unless the server was started as a demonstration."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.DEMONSTRATION:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The server listens on the loopback address alone; asking again here costs nothing.
        if not request.user.is_authenticated and request.META.get("REMOTE_ADDR") in LOOPBACK_ADDRESSES:
            user = User.objects.filter(email=DEMONSTRATION_EMAIL, is_active=True).first()
            if user is not None:
                login(request, user, backend=BACKEND)
        return self.get_response(request)
