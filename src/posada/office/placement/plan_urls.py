"""Addresses of the plan board. Tests: tests/office/access/test_matrix.py."""

from django.urls import path

from posada.office.placement import plan_views as views

urlpatterns = [
    path("plan/", views.plan_board, name="plan_board"),
    path("plan/solve/", views.plan_solve, name="plan_solve"),
    path("plan/compare/", views.plan_compare, name="plan_compare"),
    path("plan/homes/", views.plan_homes, name="plan_homes"),
    path("plan/<uuid:pk>/", views.plan_run, name="plan_run"),
    path("plan/<uuid:pk>/progress/", views.plan_progress, name="plan_progress"),
    path("plan/<uuid:pk>/stop/", views.plan_stop, name="plan_stop"),
    path("plan/<uuid:pk>/send/", views.plan_send, name="plan_send"),
    path("plan/<uuid:pk>/approval/", views.plan_approval, name="plan_approval"),
    path("plan/groups/<uuid:pk>/", views.plan_group, name="plan_group"),
    path("plan/groups/<uuid:pk>/ask/", views.plan_ask, name="plan_ask"),
    path("plan/groups/<uuid:pk>/decide/", views.plan_decide, name="plan_decide"),
    path("plan/choices/<uuid:pk>/end/", views.plan_override_end, name="plan_override_end"),
]
