"""Addresses of children's files. Tests: tests/office/access/test_matrix.py, tests/office/casefile/test_views.py."""

from django.urls import URLPattern, path

from posada.office.casefile import paper_views, views

urlpatterns: list[URLPattern] = [
    path("children/", views.children, name="children"),
    path("children/<uuid:pk>/", views.child_page, name="child_page"),
    path("children/<uuid:pk>/print/", views.child_print, name="child_print"),
    path("children/<uuid:pk>/history/", views.child_history, name="child_history"),
    path("children/<uuid:pk>/change/", views.child_change, name="child_change"),
    path("children/<uuid:pk>/documents/", paper_views.document_add, name="document_add"),
    path("children/<uuid:pk>/notes/", paper_views.note_add, name="note_add"),
    path("children/<uuid:pk>/wishes/", paper_views.wish_add, name="wish_add"),
    path("children/<uuid:pk>/names/", paper_views.name_add, name="name_add"),
    path("wishes/<uuid:pk>/answer/", paper_views.wish_answer, name="wish_answer"),
    path("documents/<uuid:pk>/", paper_views.document_open, name="document_open"),
    path("documents/<uuid:pk>/legible/", paper_views.document_legible, name="document_legible"),
    path("homes/<uuid:pk>/documents/", paper_views.home_documents, name="home_documents"),
    path("home-documents/<uuid:pk>/", paper_views.home_document_open, name="home_document_open"),
    path(
        "home-documents/<uuid:pk>/legible/", paper_views.home_document_legible, name="home_document_legible"
    ),
    path("records/<slug:kind>/<uuid:pk>/void/", paper_views.record_void, name="record_void"),
]
