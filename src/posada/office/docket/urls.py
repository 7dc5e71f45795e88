"""Addresses of this room. Tests: tests/office/access/test_matrix.py."""

from django.urls import URLPattern, path

from posada.office.docket import deadline_views, hearing_views, register_views, rule_views, views

urlpatterns: list[URLPattern] = [
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/print/", views.agenda_print, name="agenda_print"),
    path("agenda/no-date/", views.agenda_gaps, name="agenda_gaps"),
    path("agenda/watch/", views.docket_watch, name="docket_watch"),
    path("agenda/rules/", rule_views.rules_page, name="rules_page"),
    path("agenda/rules/moved/", rule_views.rules_moved, name="rules_moved"),
    path("agenda/rules/<slug:version>/", rule_views.rule_sign_off, name="rule_sign_off"),
    path("agenda/calendar/", hearing_views.calendar_page, name="calendar_page"),
    path("agenda/calendar/docket.ics", hearing_views.calendar_file, name="calendar_file"),
    path("calendar/<str:token>/docket.ics", hearing_views.calendar_feed, name="calendar_feed"),
    path("children/<uuid:pk>/docket/", views.docket_child, name="docket_child"),
    path("children/<uuid:pk>/docket/event/", views.docket_event_add, name="docket_event_add"),
    path("docket-events/<uuid:pk>/void/", views.docket_event_void, name="docket_event_void"),
    path("deadlines/<uuid:pk>/", deadline_views.deadline_page, name="deadline_page"),
    path("deadlines/<uuid:pk>/met/", deadline_views.deadline_met, name="deadline_met"),
    path("deadlines/<uuid:pk>/excused/", deadline_views.deadline_excused, name="deadline_excused"),
    path("deadlines/<uuid:pk>/step/", deadline_views.deadline_step, name="deadline_step"),
    path("deadlines/<uuid:pk>/adjust/", deadline_views.deadline_adjust, name="deadline_adjust"),
    path("hearings/<uuid:pk>/", hearing_views.hearing_page, name="hearing_page"),
    path("hearings/<uuid:pk>/transport/", hearing_views.transport_confirmed, name="transport_confirmed"),
    path("children/<uuid:pk>/notice/paper/", hearing_views.notice_paper, name="notice_paper"),
    path("children/<uuid:pk>/notice/", hearing_views.notice_add, name="notice_add"),
    path("notices/<uuid:pk>/asked/", hearing_views.notice_asked, name="notice_asked"),
    path("children/<uuid:pk>/remedies/", register_views.remedies, name="remedies"),
    path(
        "children/<uuid:pk>/remedies/statement/", register_views.remedies_statement, name="remedies_statement"
    ),
    path(
        "children/<uuid:pk>/remedies/<slug:remedy>/entry/", register_views.remedy_entry, name="remedy_entry"
    ),
    path("children/<uuid:pk>/screening/", register_views.screening, name="screening"),
    path("children/<uuid:pk>/order/", register_views.order_check, name="order_check"),
    path("children/<uuid:pk>/removal/", register_views.removal_page, name="removal_page"),
    path("children/<uuid:pk>/removal/answer/", register_views.removal_answer, name="removal_answer"),
    path("children/<uuid:pk>/removal/record/", register_views.removal_record, name="removal_record"),
]
