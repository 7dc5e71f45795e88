"""The office as a WSGI application. Tests: tests/web/test_settings.py."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posada.web.settings.office")
application = get_wsgi_application()
