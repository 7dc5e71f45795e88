"""The web process knows every page and loads no solver: that is the worker's work, and memory."""

import subprocess
import sys

ASKED = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "posada.web.settings.test"
import django
django.setup()
import posada.web.office_urls
print(sorted({"highspy", "ortools", "distributed", "typst", "pikepdf"} & set(sys.modules)))
"""


def test_pages_load_no_solver_and_no_typesetter() -> None:
    answer = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
