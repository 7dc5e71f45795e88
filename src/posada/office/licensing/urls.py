"""Addresses of licensing. Tests: tests/office/access/test_matrix.py."""

from django.urls import path

from posada.office.licensing import enquiry_views, home_views

urlpatterns = [
    path("enquiries/", enquiry_views.queue, name="enquiries"),
    path("enquiries/give/", enquiry_views.give, name="enquiries_give"),
    path("enquiries/new/", enquiry_views.new, name="enquiry_new"),
    path("enquiries/funnel/", enquiry_views.funnel, name="enquiries_funnel"),
    path("enquiries/<uuid:pk>/", enquiry_views.page, name="enquiry_page"),
    path("enquiries/<uuid:pk>/move/", enquiry_views.move, name="enquiry_move"),
    path("enquiries/<uuid:pk>/call/", enquiry_views.call, name="enquiry_call"),
    path("homes/", home_views.homes, name="homes"),
    path("homes/expiring/", home_views.expiring, name="homes_expiring"),
    path("homes/<uuid:pk>/", home_views.page, name="home_page"),
    path("homes/<uuid:pk>/state/<slug:act>/", home_views.state, name="home_state"),
    path("homes/<uuid:pk>/license/", home_views.license_decision, name="home_license"),
    path("homes/<uuid:pk>/checks/", home_views.check, name="home_check"),
    path("homes/<uuid:pk>/checks/<uuid:check_pk>/", home_views.check, name="home_check_change"),
    path("homes/<uuid:pk>/members/", home_views.member, name="home_member"),
    path("homes/<uuid:pk>/members/<uuid:member_pk>/", home_views.member_left, name="home_member_left"),
    path("homes/<uuid:pk>/study/", home_views.study, name="home_study"),
    path(
        "homes/<uuid:pk>/study/<uuid:study_pk>/approve/", home_views.approve_study, name="home_study_approve"
    ),
    path("homes/<uuid:pk>/exceptions/", home_views.exception, name="home_exception"),
    path(
        "homes/<uuid:pk>/exceptions/<uuid:exception_pk>/approve/",
        home_views.approve_exception,
        name="home_exception_approve",
    ),
    path("homes/<uuid:pk>/typed-checks/", home_views.keep_checks, name="home_keep_checks"),
    path("homes/<uuid:pk>/refusals/<uuid:refused_pk>/", home_views.acknowledge, name="home_acknowledge"),
]
