"""The addresses of finance."""

from __future__ import annotations

from django.urls import path

from trigpoint.web.finance import views

BASE = "plans/<int:pk>/finance/"
# An id may hold any character, so it is matched last and everything that follows it is fixed.
urlpatterns = [
    path(BASE, views.position, name="finance"),
    path(f"{BASE}picture.svg", views.picture, name="finance-picture"),
    path(f"{BASE}template.xlsx", views.template, name="finance-template"),
    path(f"{BASE}export.xlsx", views.export, name="finance-export"),
    path(f"{BASE}section.docx", views.section, name="finance-section"),
    path(f"{BASE}tables/<slug:name>.csv", views.table, name="finance-table"),
    path(f"{BASE}answers/<slug:name>.json", views.answer, name="finance-answer"),
    path(f"{BASE}rules/", views.rules, name="finance-rules"),
    path(f"{BASE}schemes/", views.schemes, name="finance-schemes"),
    path(f"{BASE}risks/", views.risks, name="finance-risks"),
    path(f"{BASE}contracts/", views.contracts, name="finance-contracts"),
    path(f"{BASE}peers/", views.peers, name="finance-peers"),
    path(f"{BASE}triangulation/", views.triangulation, name="finance-triangulation"),
    path(f"{BASE}files/", views.files, name="finance-files"),
    path(f"{BASE}files/send/", views.send, name="finance-send"),
    path(f"{BASE}files/sent/<int:number>/", views.proposal, name="finance-proposal"),
    path(f"{BASE}schemes/<path:sid>/", views.scheme, name="finance-scheme"),
    path(f"{BASE}contracts/<path:cid>/", views.contract, name="finance-contract"),
]
