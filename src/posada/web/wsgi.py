"""The office as a WSGI application. Tests: tests/web/test_settings.py."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from posada.web.operating.restored import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posada.web.settings.office")
application = get_wsgi_application()
settle(Path(settings.DEPLOYMENT.folder))  # a restored office falls silent before its first request
