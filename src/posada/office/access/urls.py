"""Addresses of this room. Tests: tests/office/access/test_matrix.py."""

from django.urls import path

from posada.office.access import (
    account_views,
    approval_views,
    devices,
    key_views,
    sealed_views,
    session_views,
)

urlpatterns = [
    path("accounts/sessions/end/", devices.sign_out, name="device_sign_out"),
    path("accounts/set-up/<uuid:pk>/<slug:token>/", account_views.account_set_up, name="account_set_up"),
    path("people/", account_views.accounts, name="accounts"),
    path("people/new/", account_views.account_new, name="account_new"),
    path("people/<uuid:pk>/", account_views.account_page, name="account_page"),
    path("people/<uuid:pk>/way-in/", account_views.account_way_in, name="account_way_in"),
    path("people/<uuid:pk>/second-factor/", account_views.account_factor_away, name="account_factor_away"),
    path("people/<uuid:pk>/switch/", account_views.account_switch, name="account_switch"),
    path("people/<uuid:pk>/roles/", account_views.role_give, name="role_give"),
    path("people/<uuid:pk>/roles/<uuid:approval_pk>/", account_views.role_use, name="role_use"),
    path("people/<uuid:pk>/roles/<slug:role>/end/", account_views.role_end, name="role_end"),
    path("people/<uuid:pk>/assignments/", account_views.assignment_give, name="assignment_give"),
    path("assignments/<uuid:pk>/end/", account_views.assignment_end, name="assignment_end"),
    path("sealed/more/", sealed_views.sealed_more, name="sealed_more"),
    path("sealed/<slug:kind>/<uuid:pk>/<slug:field>/", sealed_views.sealed_field, name="sealed_field"),
    path("still-here/", session_views.still_here, name="still_here"),
    path("kept/away/", session_views.kept_form_away, name="kept_form_away"),
    path("sealing-keys/", key_views.keys, name="sealing_keys"),
    path("approvals/", approval_views.approvals, name="approvals"),
    path("approvals/<uuid:pk>/", approval_views.approval_answer, name="approval_answer"),
]
