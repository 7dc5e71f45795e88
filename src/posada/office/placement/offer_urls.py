"""Addresses of offers, of the pages of a home, and of children who live in one. No name and no folder id is in them.

Tests: tests/office/access/test_matrix.py.
"""

from django.urls import path

from posada.office.placement import answer_views, offer_views, placed_views

urlpatterns = [
    path("offers/", offer_views.offer_list, name="offers"),
    path("offers/send/", offer_views.send, name="offers_send"),
    path("offers/<uuid:pk>/", offer_views.page, name="offer_page"),
    path("offers/<uuid:pk>/phone/", offer_views.by_phone, name="offer_phone"),
    path("offers/<uuid:pk>/withdraw/", offer_views.withdraw, name="offer_withdraw"),
    path("offers/<uuid:pk>/again/", offer_views.again, name="offer_again"),
    path("offers/<uuid:pk>/came-back/", offer_views.came_back, name="offer_came_back"),
    path("offer/<slug:token>/", answer_views.link, name="offer_link"),
    path("my-home/", answer_views.home, name="my_home"),
    path("my-home/offers/<uuid:pk>/", answer_views.my_offer, name="my_offer"),
    path("my-home/<uuid:pk>/bring/", answer_views.bring, name="my_home_bring"),
    path("reminders/stop/<str:token>/", answer_views.stop_reminders, name="reminders_stop"),
    path("my-home/<uuid:pk>/confirm/", answer_views.confirm, name="my_home_confirm"),
    path("placed/", placed_views.placed_list, name="placed"),
    path("placed/check-ins/<uuid:pk>/", placed_views.check_in, name="check_in"),
    path("placed/<uuid:pk>/", placed_views.group_page, name="placed_group"),
    path("placed/<uuid:pk>/arrival/", placed_views.arrival, name="placed_arrival"),
    path("placed/<uuid:pk>/move/", placed_views.move, name="placed_move"),
    path("placed/<uuid:pk>/end/", placed_views.end, name="placed_end"),
    path("placed/<uuid:pk>/broke-off/", placed_views.broke_off, name="placed_broke_off"),
    path("placed/<uuid:pk>/incident/", placed_views.incident, name="placed_incident"),
]
