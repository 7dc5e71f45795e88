"""Addresses of the desk. Tests: tests/office/access/test_matrix.py."""

from django.urls import path

from posada.office.desk import task_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("keys/", views.keys, name="keys"),
    path("director/", views.director, name="director"),
    path("tasks/", task_views.task_list, name="tasks"),
    path("tasks/<uuid:pk>/", task_views.task_page, name="task_page"),
    path("tasks/<uuid:pk>/<slug:act>/", task_views.task_act, name="task_act"),
    path("my-list/", task_views.my_list, name="my_list"),
]
