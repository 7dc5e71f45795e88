"""Addresses of this room. Tests: tests/office/access/test_matrix.py."""

from django.urls import URLPattern, path

from posada.office.nudges import views

urlpatterns: list[URLPattern] = [
    path("nudges/", views.nudges, name="nudges"),
    path("nudges/switch/", views.nudges_switch, name="nudges_switch"),
]
