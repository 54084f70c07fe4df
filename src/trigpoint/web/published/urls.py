"""The addresses of published statistics."""

from __future__ import annotations

from django.urls import path

from trigpoint.web.published import views

# The name of a measure is matched last; none is called like what stands before it.
urlpatterns = [
    path("published/", views.measures, name="published"),
    path("published/add/", views.add, name="published-add"),
    path("published/added/<int:pk>/", views.added, name="published-added"),
    path("published/files/", views.files, name="published-files"),
    path("published/files/<int:pk>/", views.file, name="published-file"),
    path("published/organisations/", views.organisations, name="published-organisations"),
    path("published/organisations/<str:code>/", views.organisation, name="published-organisation"),
    path("published/sources/<slug:release>/", views.source, name="published-source"),
    path("published/<slug:mid>/", views.measure, name="published-measure"),
    path("published/<slug:mid>/picture.svg", views.picture, name="published-picture"),
    path("published/<slug:mid>/figures.csv", views.figures_csv, name="published-figures"),
    path("published/<slug:mid>/compare/", views.compare, name="published-compare"),
    path("published/<slug:mid>/compare/compare.csv", views.compare_csv, name="published-compare-csv"),
]
