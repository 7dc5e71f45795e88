"""Addresses of this room. Tests: tests/office/access/test_matrix.py."""

from django.urls import path

from posada.office.audit import views

urlpatterns = [
    path("log/", views.log, name="log"),
    path("log/verify/", views.log_verify, name="log_verify"),
]
