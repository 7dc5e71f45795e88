"""Addresses of the counsel desk. Tests: tests/office/access/test_matrix.py, tests/office/counsel/test_views.py."""

from django.urls import URLPattern, path

from posada.office.counsel import case_views, hours_offer_views, views

urlpatterns: list[URLPattern] = [
    path("counsel/", views.counsel_desk, name="counsel_desk"),
    path("counsel/alone/", views.unrepresented, name="unrepresented"),
    path("counsel/mine/", case_views.my_groups, name="my_groups"),
    path("counsel/new/", views.counsel_new, name="counsel_new"),
    path("counsel/<uuid:pk>/", views.counsel_page, name="counsel_page"),
    path("counsel/<uuid:pk>/change/", views.counsel_change, name="counsel_change"),
    path("counsel/<uuid:pk>/cover/", views.cover_add, name="cover_add"),
    path("counsel/<uuid:pk>/hand-over/", views.counsel_hand_over, name="counsel_hand_over"),
    path("counsel/<uuid:pk>/deactivate/", views.counsel_deactivate, name="counsel_deactivate"),
    path("counsel/hours-offers/", hours_offer_views.hours_offers, name="hours_offers"),
    path("counsel/hours-offers/<uuid:pk>/", hours_offer_views.hours_offer_page, name="hours_offer_page"),
    path("counsel/hours-offers/<uuid:pk>/move/", hours_offer_views.hours_offer_move, name="hours_offer_move"),
    path(
        "counsel/hours-offers/<uuid:pk>/enter/", hours_offer_views.hours_offer_enter, name="hours_offer_enter"
    ),
    path("groups/<uuid:pk>/counsel/", case_views.group_counsel, name="group_counsel"),
    path("groups/<uuid:pk>/check/", case_views.conflict_check, name="conflict_check"),
    path("groups/<uuid:pk>/parties/", case_views.party_add, name="party_add"),
    path("parties/<uuid:pk>/", case_views.party_change, name="party_change"),
    path("parties/<uuid:pk>/void/", case_views.party_void, name="party_void"),
    path("checks/<uuid:pk>/engage/", case_views.engage, name="engage"),
    path("engagements/<uuid:pk>/end/", case_views.engagement_end, name="engagement_end"),
    path("engagements/<uuid:pk>/void/", case_views.engagement_void, name="engagement_void"),
]
