"""Addresses of this room: of plans, and of what becomes of them. Tests: tests/office/access/test_matrix.py."""

from posada.office.placement import offer_urls, plan_urls

urlpatterns = [*plan_urls.urlpatterns, *offer_urls.urlpatterns]
