"""Addresses of this room. Tests: tests/office/access/test_matrix.py."""

from django.urls import URLPattern, path

from posada.office.packets import exhibit_views, share_views, views

urlpatterns: list[URLPattern] = [
    path("packets/", views.packets, name="packets"),
    path("children/<uuid:pk>/packets/", views.child_packets, name="child_packets"),
    path("children/<uuid:pk>/packets/new/", views.packet_new, name="packet_new"),
    path("packets/<uuid:pk>/", views.packet_page, name="packet_page"),
    path("packets/<uuid:pk>/change/", views.packet_change, name="packet_change"),
    path("packets/<uuid:pk>/void/", views.packet_void, name="packet_void"),
    path("packets/<uuid:pk>/papers/", exhibit_views.exhibits_add, name="exhibits_add"),
    path("packets/<uuid:pk>/scans/", exhibit_views.scans_add, name="scans_add"),
    path("packets/<uuid:pk>/build/", views.packet_build, name="packet_build"),
    path("packets/<uuid:pk>/progress/", views.packet_progress, name="packet_progress"),
    path("packets/<uuid:pk>/download/", views.packet_download, name="packet_download"),
    path("packets/<uuid:pk>/filed/", views.packet_filed, name="packet_filed"),
    path("packet-exhibits/<uuid:pk>/", exhibit_views.exhibit_change, name="exhibit_change"),
    path("packet-exhibits/<uuid:pk>/move/", exhibit_views.exhibit_move, name="exhibit_move"),
    path("packet-exhibits/<uuid:pk>/out/", exhibit_views.exhibit_out, name="exhibit_out"),
    path("children/<uuid:pk>/shares/", share_views.child_shares, name="child_shares"),
    path("shares/<uuid:pk>/", share_views.share_page, name="share_page"),
    path("shares/<uuid:pk>/agree/", share_views.share_agree, name="share_agree"),
    path("shares/<uuid:pk>/code/", share_views.share_code, name="share_code"),
    path("shares/<uuid:pk>/revoke/", share_views.share_revoke, name="share_revoke"),
    path("shared/<str:token>/", share_views.shared_archive, name="shared_archive"),
]
