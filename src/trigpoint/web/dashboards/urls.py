"""The addresses of measures and of what they cover."""

from __future__ import annotations

from django.urls import path

from trigpoint.web.dashboards import views

# An id may hold any character, so it is matched last and everything that follows it is fixed.
urlpatterns = [
    path("plans/<int:pk>/coverage/", views.coverage, name="coverage"),
    path("plans/<int:pk>/coverage/coverage.csv", views.coverage_csv, name="coverage-csv"),
    path("plans/<int:pk>/measures/", views.measures, name="measures"),
    path("plans/<int:pk>/measures/measures.csv", views.measures_csv, name="measures-csv"),
    path("plans/<int:pk>/measures/committees/", views.committees, name="measures-committees"),
    path("plans/<int:pk>/measures/committees/picture.svg", views.committee_image, name="committee-picture"),
    path("plans/<int:pk>/measures/<path:mid>/picture.svg", views.picture, name="measure-picture"),
    path("plans/<int:pk>/measures/<path:mid>/figures.csv", views.figures_csv, name="figures"),
    path("plans/<int:pk>/measures/<path:mid>/", views.measure, name="measure"),
]
