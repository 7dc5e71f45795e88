"""The public site as a WSGI application. Tests: tests/newsroom/test_site.py."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posada.web.settings.newsroom")
application = get_wsgi_application()
