"""Addresses of this room. Tests: tests/office/access/test_matrix.py."""

from django.urls import URLPattern, path

from posada.office.ledger import cost_views, kept_views, publish_views

urlpatterns: list[URLPattern] = [
    path("ledger/", cost_views.ledger, name="ledger"),
    path("ledger/entries/", cost_views.ledger_entries, name="ledger_entries"),
    path("ledger/rows/", cost_views.ledger_rows, name="ledger_rows"),
    path("ledger/close/", cost_views.ledger_close, name="ledger_close"),
    path("ledger/set-right/", cost_views.ledger_set_right, name="ledger_set_right"),
    path("ledger/what-if/", cost_views.ledger_what_if, name="ledger_what_if"),
    path("ledger/claim/", cost_views.ledger_claim, name="ledger_claim"),
    path("ledger/rates/", kept_views.ledger_rates, name="ledger_rates"),
    path("ledger/rates/new/", kept_views.ledger_rate_new, name="ledger_rate_new"),
    path("ledger/rates/<uuid:pk>/out/", kept_views.ledger_rate_out, name="ledger_rate_out"),
    path("ledger/hours/", kept_views.counsel_hours, name="counsel_hours"),
    path("ledger/hours/<uuid:pk>/out/", kept_views.counsel_hours_out, name="counsel_hours_out"),
    path("ledger/publish/", publish_views.ledger_publish, name="ledger_publish"),
    path("ledger/publish/now/", publish_views.ledger_publish_now, name="ledger_publish_now"),
    path("ledger/publish/daily/", publish_views.ledger_publish_daily, name="ledger_publish_daily"),
]
