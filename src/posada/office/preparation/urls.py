"""Addresses of this room. Tests: tests/office/access/test_matrix.py."""

from django.urls import URLPattern, path

from posada.office.preparation import checklist_views, declaration_views, form_views, library_views

urlpatterns: list[URLPattern] = [
    path("agenda/late-items/", checklist_views.late_items, name="late_items"),
    path("children/<uuid:pk>/preparation/", checklist_views.preparation, name="preparation"),
    path("children/<uuid:pk>/checklists/<slug:checklist>/", checklist_views.checklist, name="checklist"),
    path(
        "children/<uuid:pk>/checklists/<slug:checklist>/<slug:item>/",
        checklist_views.checklist_item,
        name="checklist_item",
    ),
    path("children/<uuid:pk>/declarations/", declaration_views.child_declarations, name="child_declarations"),
    path("declarations/<uuid:pk>/", declaration_views.declaration, name="declaration"),
    path(
        "declarations/<uuid:pk>/<slug:question>/",
        declaration_views.declaration_question,
        name="declaration_question",
    ),
    path("children/<uuid:pk>/forms/", form_views.child_forms, name="child_forms"),
    path("official-forms/<uuid:pk>/", form_views.official_form, name="official_form"),
    path("library/", library_views.library_page, name="library"),
    path("library/<uuid:pk>/open/", library_views.library_open, name="library_open"),
    path("library/<uuid:pk>/out/", library_views.library_out, name="library_out"),
    path("children/<uuid:pk>/library/", library_views.child_library, name="child_library"),
    path("hearings/<uuid:pk>/interpreters/", library_views.interpreter_request, name="interpreter_request"),
]
