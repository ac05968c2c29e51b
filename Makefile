# Two commands matter to a newcomer: `make demo` and `make test`.
# Both need only Python 3.11+ with venv, and make.

# A distribution's own Python is built with profile-guided optimisation: half as fast again as one built by hand.
PYTHON ?= $(firstword $(shell for one in /usr/bin/python3 python3; do \
    $$one -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one; done) python3)
PORT ?= 8000
DATA ?= .data
WORKERS ?= 2
PYTEST_ARGS ?=

BIN := .venv/bin
# Python compiles what it imports when it first does: that is a small part of what is installed.
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-compile --require-hashes --only-binary :all:
AS_TEST := BONDBOOK_MODE=test

.PHONY: help demo demo-check demo-reset dev-db test lint format types imports migrations migrations-whole \
        migrations-safe templates messages bench lock check clean install dev

help:
	@echo "make demo        start Bondbook on this machine (PORT=8000 DATA=.data)"
	@echo "make demo-reset  throw that data away"
	@echo "make demo-check  start it anew elsewhere, open everything as every role, stop it"
	@echo "make test        run the tests"
	@echo "make check       everything that must be green before a change lands"
	@echo "make bench       measure posting and reading against a bare database"
	@echo "make dev-db      keep a development database running"

# Each stamp is newer than its lock file exactly when the environment holds what the lock says.
.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Bondbook needs Python 3.11 or newer: make PYTHON=python3.12")'
	@echo "Making the Python environment in .venv ..."
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.base: requirements/base.lock | .venv/.made
	@echo "Installing what Bondbook runs on ..."
	@$(PIP) -r requirements/base.lock
	@touch $@

.venv/.dev: requirements/dev.lock requirements/base.lock | .venv/.made
	@echo "Installing what Bondbook is tested with ..."
	@$(PIP) -r requirements/dev.lock
	@touch .venv/.base $@

.venv/.bench: requirements/bench.lock | .venv/.base
	@echo "Installing the peers that Bondbook is measured against ..."
	@$(PIP) --no-binary django-hordak -r requirements/bench.lock
	@touch $@

install: .venv/.base

dev: .venv/.dev

demo: .venv/.base
	@exec $(BIN)/python -m config.embedded demo --port "$(PORT)" --data "$(DATA)"

demo-reset: .venv/.base
	@exec $(BIN)/python -m config.embedded reset --data "$(DATA)"

demo-check: .venv/.base
	@$(AS_TEST) $(BIN)/python -m tests.door

dev-db: .venv/.base
	@exec $(BIN)/python -m config.embedded serve --data "$(DATA)-dev"

test: .venv/.dev
	@$(AS_TEST) $(BIN)/python -m pytest -n $(WORKERS) $(PYTEST_ARGS)

lint: .venv/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: .venv/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: .venv/.dev
	@$(AS_TEST) $(BIN)/mypy

imports: .venv/.dev
	@$(BIN)/lint-imports

migrations: migrations-whole migrations-safe

migrations-whole: .venv/.dev
	@$(AS_TEST) $(BIN)/python -m config.embedded run -- $(BIN)/python manage.py makemigrations --check --dry-run

migrations-safe: .venv/.dev
	@$(AS_TEST) $(BIN)/python -m config.embedded run -- $(BIN)/python manage.py lintmigrations --no-cache --quiet ok ignore --include-apps registry ledger documents customs bonded fuel reports

templates: .venv/.dev
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/python -m config.catalogues check

messages: .venv/.dev
	@$(AS_TEST) $(BIN)/python manage.py makemessages --locale zh_Hans --locale en --locale ru --no-location --ignore '.venv*'

check: lint types imports migrations templates demo-check test

bench: .venv/.bench
	@exec $(BIN)/python -m bench

# Needs uv once, on the machine of whoever changes a dependency; nobody else needs it.
LOCK = uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header --universal --python-version 3.11 pyproject.toml
lock:
	$(LOCK) --output-file requirements/base.lock
	$(LOCK) --constraint requirements/base.lock --group dev --output-file requirements/dev.lock
	$(LOCK) --constraint requirements/dev.lock --group bench --output-file requirements/bench.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
