"""The addresses of the activity model."""

from __future__ import annotations

from django.urls import path

from trigpoint.web.activity import views

BASE = "plans/<int:pk>/activity/"
# A code or an id may hold any character, so it is matched last and everything that follows it is fixed.
urlpatterns = [
    path(BASE, views.overview, name="activity"),
    path(f"{BASE}picture.svg", views.picture, name="activity-picture"),
    path(f"{BASE}template.xlsx", views.template, name="activity-template"),
    path(f"{BASE}return.xlsx", views.national_return, name="activity-return"),
    path(f"{BASE}section.docx", views.section, name="activity-section"),
    path(f"{BASE}editor/", views.editor, name="activity-editor"),
    path(f"{BASE}editor/answer.json", views.answer, name="activity-answer"),
    path(f"{BASE}scenarios/", views.scenarios, name="activity-scenarios"),
    path(f"{BASE}scenarios/compare/", views.compare, name="activity-compare"),
    path(f"{BASE}scenarios/<slug:key>/withdraw/", views.withdraw, name="activity-withdraw"),
    path(f"{BASE}outturn/", views.outturn, name="activity-outturn"),
    path(f"{BASE}back-test/", views.back_test, name="activity-back-test"),
    path(f"{BASE}monitor/", views.monitor, name="activity-monitor"),
    path(f"{BASE}assumptions/", views.assumptions, name="activity-assumptions"),
    path(f"{BASE}assumptions/send/", views.send, name="activity-send"),
    path(f"{BASE}assumptions/sent/<int:number>/", views.proposal, name="activity-proposal"),
    path(f"{BASE}schemes/", views.schemes, name="activity-schemes"),
    path(f"{BASE}schemes/<path:sid>/", views.scheme, name="activity-scheme"),
    path(f"{BASE}pods/<path:pod>/months.csv", views.pod_csv, name="activity-pod-csv"),
    path(f"{BASE}pods/<path:pod>/", views.pod, name="activity-pod"),
]
