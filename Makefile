# Two commands do everything on a fresh machine: `make run` and `make test`. Each may be run again.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)
DEV := DEBUG=1 PUBLIC_BASE_URL=$${PUBLIC_BASE_URL:-http://localhost:$(PORT)}
WORKERS ?= 2
PG_URL ?= postgres://postgres@127.0.0.1:5432/test
REDIS_TEST_URL ?= redis://127.0.0.1:6379/9
TESTS := DJANGO_SETTINGS_MODULE=tests.settings
SERVICES := DATABASE_URL=$(PG_URL) REDIS_URL=$(REDIS_TEST_URL)

.PHONY: help run port-is-free manage test test-embedded test-services test-browser screenshots check identity fuzz explore bench lock diagrams clean

help:
	@echo "make run     the portal with a demo on http://localhost:$(PORT)"
	@echo "make test    the whole suite: embedded, in a browser, and on PostgreSQL + Redis where they answer"
	@echo "make check   linters, types, import contracts, templates, migrations, the house's numbers"
	@echo "make fuzz    2,000 damaged files of every kind at the cleaners"
	@echo "make explore the property tests with examples nobody has tried yet"
	@echo "make bench   the benchmarks"
	@echo "make identity  precision and recall of the check for names, by rule"
	@echo "make manage ARGS=\"sweep\"   one of the portal's commands, with the settings of development"

# --- set-up: each step leaves a stamp, so that a second run takes seconds ------------------------
var/.packages:
	@mkdir -p var
	@.ci/packages run
	@touch $@

.venv/bin/python:
	@echo "==> Making the virtual environment"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 run"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock | .venv/bin/python
	@echo "==> Installing what the portal needs (about a minute the first time)"
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock | .venv/bin/python
	@echo "==> Installing what tests and checks need"
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@ .venv/.runtime

node_modules/.stamp: package-lock.json | .venv/.runtime
	@echo "==> Fetching the front-end files"
	@npm ci --silent --no-audit --no-fund
	@touch $@

var/.packages-test: var/.packages
	@.ci/packages test
	@touch $@

.obvenv/.stamp: tests/openbadges/ob2check-requirements.txt
	@echo "==> Installing the official Open Badges validator in an environment of its own"
	@tests/openbadges/install
	@touch $@

# --- run ------------------------------------------------------------------------------------------
port-is-free:
	@$(PYTHON) .ci/port $(PORT)

run: port-is-free var/.packages .venv/.runtime node_modules/.stamp
	@mkdir -p var
	@echo "==> Preparing the database"
	@$(DEV) $(BIN)/python manage.py migrate -v 0
	@$(DEV) $(BIN)/python manage.py load_library
	@$(DEV) $(BIN)/python manage.py load_demo
	@$(DEV) $(SHELL) -c 'echo $$PUBLIC_BASE_URL' > var/address # make manage speaks of the same
	@echo "==> http://localhost:$(PORT)  (Ctrl+C stops it; mail is written to var/mail)"
	@$(DEV) PORT=$(PORT) $(BIN)/honcho -f Procfile start

manage: .venv/.runtime
	@PUBLIC_BASE_URL=$${PUBLIC_BASE_URL:-$$(cat var/address 2>/dev/null || true)}; export PUBLIC_BASE_URL; \
	  $(DEV) $(BIN)/python manage.py $(ARGS)

# --- test -----------------------------------------------------------------------------------------
test: test-embedded test-browser test-services
	@cat var/test-summary

TEST_SETUP := var/.packages-test .venv/.dev node_modules/.stamp .obvenv/.stamp

test-embedded: $(TEST_SETUP)
	@echo "==> The suite on the embedded default (SQLite)"
	@rm -f .coverage .coverage.* var/test-summary
	@$(TESTS) $(BIN)/pytest -n $(WORKERS) -q -m "not browser" --cov --cov-report=
	@echo "==> Branch coverage" && $(BIN)/coverage report --fail-under=97 | grep -E "^(Name|TOTAL)"

test-browser: $(TEST_SETUP)
	@echo "==> The journeys in Chromium"
	@$(TESTS) SQLITE_ON_A_FILE=1 $(BIN)/pytest -n $(WORKERS) -q -m browser

test-services: $(TEST_SETUP)
	@if $(SERVICES) $(BIN)/python .ci/services; then \
	  echo "==> The suite again on PostgreSQL and Redis, with a real worker"; \
	  $(TESTS) $(SERVICES) $(BIN)/pytest -n $(WORKERS) -q -m "not browser"; \
	  echo "Ran on SQLite and on PostgreSQL + Redis." > var/test-summary; \
	elif [ "$${REQUIRE_SERVICES:-0}" = 1 ]; then \
	  echo "PostgreSQL or Redis does not answer and REQUIRE_SERVICES=1 is set."; exit 1; \
	else \
	  echo "!!! NOT RUN: the suite on PostgreSQL + Redis, because they do not answer here !!!" > var/test-summary; \
	fi

screenshots: $(TEST_SETUP)
	@$(TESTS) SCREENSHOTS=docs/screenshots $(BIN)/pytest -q tests/journeys/test_browser.py

# --- check ----------------------------------------------------------------------------------------
check: .venv/.dev node_modules/.stamp
	@echo "==> ruff";          $(BIN)/ruff check -q . && $(BIN)/ruff format -q --check .
	@echo "==> mypy";          DEBUG=1 $(BIN)/mypy portal catalog submissions reviews badges credits
	@echo "==> import-linter"; $(BIN)/lint-imports | tail -n 12
	@echo "==> djlint";        $(BIN)/djlint templates --lint --quiet
	@echo "==> Django";        DEBUG=1 $(BIN)/python manage.py check
	@DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	@DEBUG=1 $(BIN)/python manage.py diagrams --check
	@SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') FIELD_KEYS=check \
	  PUBLIC_BASE_URL=https://portal.example.org $(BIN)/python manage.py check --deploy --fail-level WARNING
	@echo "==> The house's numbers"; $(BIN)/python tests/tools/house.py .

fuzz: $(TEST_SETUP)
	@FUZZ_FILES=$${FUZZ_FILES:-2000} $(TESTS) $(BIN)/pytest -q -s tests/fuzz

explore: $(TEST_SETUP)
	@EXPLORE=1 $(TESTS) $(BIN)/pytest -n $(WORKERS) -q -m "hypothesis and not browser"

identity: .venv/.dev
	@$(BIN)/python -m tests.submissions.identity.measure

bench: .venv/.dev
	@for file in tests/bench/bench_*.py; do echo "==> $$file"; DEBUG=1 $(BIN)/python $$file; done

lock: .venv/.dev
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -q pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -q --extra dev pyproject.toml -o requirements-dev.lock

diagrams: .venv/.runtime
	@DEBUG=1 $(BIN)/python manage.py diagrams

clean:
	rm -rf .venv .obvenv node_modules var staticfiles
