"""Every address of the server."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic.base import RedirectView


@login_not_required
def icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the icon of pages that name none, such as papers."""
    return RedirectView.as_view(url=static("trigpoint/pillar.svg"))(request)


urlpatterns = [
    path("favicon.ico", icon, name="icon"),
    path("", include("trigpoint.web.accounts.urls")),
    path("", include("trigpoint.web.register.urls")),
    path("", include("trigpoint.web.dashboards.urls")),
    path("", include("trigpoint.web.intake.urls")),
    path("", include("trigpoint.web.published.urls")),
    path("", include("trigpoint.web.activity.urls")),
    path("", include("trigpoint.web.finance.urls")),
    path("", include("trigpoint.web.editing.urls")),
    path("", include("trigpoint.web.delivery.urls")),
    path("", include("trigpoint.web.editions.urls")),
    path("", include("trigpoint.web.assurance.urls")),
    path("", include("trigpoint.web.safety.urls")),
    path("", include("trigpoint.web.papers.urls")),
    path("", include("trigpoint.web.api.urls")),
]

handler400 = "trigpoint.web.config.errors.bad_request"
handler403 = "trigpoint.web.config.errors.forbidden"
handler404 = "trigpoint.web.config.errors.not_found"
handler500 = "trigpoint.web.config.errors.server_error"
