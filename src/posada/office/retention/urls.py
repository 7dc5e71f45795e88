"""Addresses of this room. Tests: tests/office/access/test_matrix.py."""

from django.urls import URLPattern, path

from posada.office.retention import views

urlpatterns: list[URLPattern] = [
    path("retention/", views.retention, name="retention"),
    path("retention/erase/<uuid:pk>/", views.retention_erase, name="retention_erase"),
    path("retention/hold/", views.retention_hold, name="retention_hold"),
    path("retention/holds/<uuid:pk>/lift/", views.retention_lift, name="retention_lift"),
]
