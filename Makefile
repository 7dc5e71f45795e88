# `make demo` and `make test` set everything up by themselves; Python 3.11 or later must be there.
# .venv is made by the first of these that runs and is new enough.
PYTHONS = python3.11 python3.12 python3.13 python3.14 python3
PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Wagtail asks for it; its wheels carry x265 under GPL-2.0, and nothing here needs it (release/licences.toml).
WITHOUT = .venv/bin/python -m pip uninstall --quiet --disable-pip-version-check --yes pillow-heif

ON_BOTH = tests/office tests/web tests/promises tests/journeys tests/newsroom
# One process for each core, each with its own database, office and browser; a file stays in one process.
SPREAD = -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: setup demo test test-all lint promises bench release audit clean

setup: .venv/.installed-test

demo: .venv/.installed
	.venv/bin/posada demo

# Everything once, on SQLite; races, promises and migrations again on a private PostgreSQL.
test: lint
	.venv/bin/pytest $(SPREAD)
	.venv/bin/python tests/postgresql.py .venv/bin/pytest $(SPREAD) -m postgresql_too $(ON_BOTH)

# Everything on both databases, with every size and language of the journeys.
test-all: lint
	POSADA_TEST_ALL=1 .venv/bin/pytest $(SPREAD)
	POSADA_TEST_ALL=1 .venv/bin/python tests/postgresql.py .venv/bin/pytest $(SPREAD) $(ON_BOTH)

lint: .venv/.installed-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# The long form of every promise, and the page that says what was reached; begun again, it goes on where it was.
promises: .venv/.installed-test
	.venv/bin/python bench/promises.py

bench: .venv/.installed-bench
	.venv/bin/python bench/run.py

# The commit HEAD built twice and compared; wheel, source, hashes, bill of materials and licences in dist/.
release: .venv/.installed
	.venv/bin/python -m release.make

# Known faults of the parts of the release in dist/: make audit ADVISORIES=a folder or archive of OSV records.
audit: .venv/.installed-test
	.venv/bin/python -m release.audit --advisories "$(ADVISORIES)"

clean:
	rm -rf .venv demo dist build .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@for each in $(PYTHONS); do \
	  if $$each -c 'import ensurepip, sys, venv; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Setting up .venv with $$each"; $$each -m venv .venv && exit 0; rm -rf .venv; \
	  fi; \
	done; \
	echo "Posada needs Python 3.11 or later with its venv module (on Debian and Ubuntu: python3-venv)." >&2; \
	exit 1

.venv/.installed: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable '.[newsroom]'
	$(WITHOUT)
	@touch $@

.venv/.installed-test: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable '.[test]'
	$(WITHOUT)
	@touch .venv/.installed $@

.venv/.installed-bench: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable '.[bench]'
	$(WITHOUT)
	@touch .venv/.installed $@
