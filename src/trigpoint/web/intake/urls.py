"""The addresses of imports."""

from __future__ import annotations

from django.urls import path

from trigpoint.web.intake import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:pk>/", views.one_import, name="import"),
    path("imports/<int:pk>/file/", views.file, name="import-file"),
    path("imports/<int:pk>/review/", views.review, name="import-review"),
    path("imports/<int:pk>/review/<int:position>/", views.correct, name="import-correct"),
    path("imports/<int:pk>/decide/", views.decide, name="import-decide"),
    path("imports/<int:pk>/decide-all/", views.decide_all, name="import-decide-all"),
    path("imports/<int:pk>/undo/", views.undo, name="import-undo"),
    path("imports/<int:pk>/summary/", views.summary, name="import-summary"),
    path("imports/<int:pk>/discard/", views.discard, name="import-discard"),
]
