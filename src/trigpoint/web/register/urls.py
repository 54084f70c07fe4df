"""The addresses of the plan register."""

from __future__ import annotations

from django.urls import path, re_path

from trigpoint.web.register import views

# An id may hold any character, so it is matched last and everything that follows it is fixed.
urlpatterns = [
    path("", views.plans, name="plans"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/objectives/<path:oid>/", views.objective, name="objective"),
    path("plans/<int:pk>/search/", views.search, name="search"),
    path("plans/<int:pk>/search/commitments.csv", views.search_csv, name="search-csv"),
    re_path(
        r"^plans/(?P<pk>[0-9]+)/measures/(?P<mid>.+)/chart-(?P<which>areas|[0-9]{1,4})\.svg$",
        views.measure_picture,
        name="picture",
    ),
    path("plans/<int:pk>/risks/", views.risks, name="risks"),
    path("plans/<int:pk>/checks/", views.checks, name="checks"),
    path("plans/<int:pk>/papers/", views.papers, name="papers"),
    path("plans/<int:pk>/papers/paper.html", views.paper_html, name="paper-html"),
    path("plans/<int:pk>/papers/paper.docx", views.paper_docx, name="paper-docx"),
]
