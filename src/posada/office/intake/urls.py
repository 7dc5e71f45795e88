"""Addresses of intake. Tests: tests/office/access/test_matrix.py, tests/office/intake/test_import_views.py."""

from django.urls import path

from posada.office.intake import child_views, duplicate_views, export_views, group_views, import_views

urlpatterns = [
    path("arrivals/", import_views.arrivals, name="arrivals"),
    path("arrivals/upload/", import_views.upload, name="import_upload"),
    path("imports/<uuid:pk>/", import_views.page, name="import_page"),
    path("imports/<uuid:pk>/running/", import_views.running, name="import_running"),
    path("imports/<uuid:pk>/choose/", import_views.choose, name="import_choose"),
    path("imports/<uuid:pk>/take/", import_views.take, name="import_take"),
    path("imports/<uuid:pk>/throw-away/", import_views.throw_away, name="import_throw_away"),
    path("imports/<uuid:pk>/refused/", import_views.refused, name="import_refused"),
    path("arrivals/child/", child_views.new, name="child_new"),
    path("arrivals/languages/", child_views.languages, name="languages"),
    path("children/<uuid:pk>/void/", child_views.void, name="child_void"),
    path("children/<uuid:pk>/voided/", child_views.voided, name="child_voided"),
    path("groups/<uuid:pk>/family/", group_views.page, name="intake_group"),
    path("groups/<uuid:pk>/family/join/", group_views.join, name="intake_join"),
    path("groups/<uuid:pk>/family/<slug:kind>/", group_views.tie, name="intake_tie"),
    path("groups/<uuid:pk>/family/<slug:kind>/<uuid:record_pk>/end/", group_views.end, name="intake_tie_end"),
    path("duplicates/", duplicate_views.pairs, name="duplicates"),
    path("duplicates/<uuid:pk>/", duplicate_views.pair, name="duplicate"),
    path("export/", export_views.export, name="export"),
    path("export/<uuid:pk>/write/", export_views.write, name="export_write"),
    path("merges/<uuid:pk>/undo/", duplicate_views.unmerge, name="unmerge"),
]
