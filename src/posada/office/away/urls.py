"""Addresses of this room. Everything that the service worker may answer for lies under `/away/`.

Tests: tests/office/access/test_matrix.py.
"""

from django.urls import URLPattern, path

from posada.office.away import app_views, views

urlpatterns: list[URLPattern] = [
    path("app.webmanifest", app_views.app_manifest, name="app_manifest"),
    path("away/worker.js", app_views.away_worker, name="away_worker"),
    path("away/offline/<slug:language>/", app_views.away_shell, name="away_shell"),
    path("away/start/", views.away_start, name="away_start"),
    path("away/", views.away, name="away"),
    path("away/take/", views.away_take, name="away_take"),
    path("away/state/", views.away_state, name="away_state"),
    path("away/send/", views.away_send, name="away_send"),
    path("away/forms/<uuid:pk>/", views.away_form, name="away_form"),
    path("away/devices/<uuid:pk>/erase/", views.away_erase, name="away_erase"),
]
