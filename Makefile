# Evenhand. `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OFFICE_FOR_CHECKS := EVENHAND_DATABASE_URL=$(VENV)/check/office.sqlite3
EXAMPLE := examples/neck-cold-therapy

.DEFAULT_GOAL := help
.PHONY: help run serve demo test coverage test-full check bench lock schemas permissions ui format clean

help:  ## list the targets
	@echo "Evenhand: independent medical review"; echo
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-18s%s\n", $$1, $$2}'
	@echo; echo "Afterwards: $(BIN)/evenhand --help"

run: $(VENV)/installed  ## set everything up and take the example case through the whole office
	@$(BIN)/evenhand run $(EXAMPLE)

serve: $(VENV)/installed  ## the office and the public site on http://127.0.0.1:8000
	@$(BIN)/evenhand serve

demo: $(VENV)/installed  ## the office with invented cases at every stage, to be entered in any role with one click
	@$(BIN)/evenhand serve --demo

test: $(VENV)/installed-dev  ## the tests but for the slow ones and those in a browser
	@$(BIN)/pytest -n 2 -m "not slow and not browser"

coverage: $(VENV)/installed-dev  ## every line and branch of the law's engine is run by the tests of the law alone
	@$(BIN)/pytest -n 2 -m "not slow" --cov=evenhand.law tests/law

test-full: check coverage  ## types, lint, import contracts, coverage, every test, and those of the office once more on PostgreSQL
	@$(BIN)/pytest -n 2
	@$(BIN)/pytest -n 2 --postgresql -m "not browser" tests/office

check: $(VENV)/installed-dev  ## lint, format, types, import contracts, migrations, schemas
	@$(BIN)/ruff check src tests bench
	@$(BIN)/ruff format --check src tests bench
	@$(OFFICE_FOR_CHECKS) $(BIN)/mypy
	@$(BIN)/lint-imports
	@$(OFFICE_FOR_CHECKS) DJANGO_SETTINGS_MODULE=evenhand.office.settings $(BIN)/python -m django makemigrations --check --dry-run

bench: $(VENV)/installed-bench  ## the benchmarks: each prints a ratio against a named peer
	@for bench in bench/bench_*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

schemas: $(VENV)/installed  ## write docs/schemas/ anew from the dataclasses
	@$(BIN)/evenhand schemas --out docs/schemas

permissions: $(VENV)/installed  ## write docs/permissions.md anew from the tables of roles
	@$(BIN)/python -m evenhand.office.people.tables > docs/permissions.md

ui: $(VENV)/bin/python  ## build the stylesheet and icons of the pages anew (needs Node)
	@cd tools/uswds && npm ci --ignore-scripts --no-audit --no-fund --silent
	@$(BIN)/python tools/uswds/build.py

screenshots: $(VENV)/installed-dev  ## take the pictures of docs/pictures anew (needs Chromium; a few minutes)
	@$(BIN)/python tools/screenshots.py

format: $(VENV)/installed-dev  ## put the code into the one format
	@$(BIN)/ruff check --fix -q src tests bench; $(BIN)/ruff format src tests bench

lock: $(VENV)/bin/python  ## resolve the dependencies anew into the lock files
	@$(BIN)/python -m pip install -q uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml --extra office --extra postgresql --group build -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml --extra office --extra postgresql --group build --group dev -c requirements.lock -o requirements-dev.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml --group bench -c requirements-dev.lock -o requirements-bench.lock

clean:  ## remove the environment and what was made (var/ and out/ too)
	@rm -rf $(VENV) var out .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# One pip for everybody, the one in tools/: Debian's Python has none without python3-venv, and pips before 23.3 do not hold a package
# asked for with extras (coverage[toml]) to the version of the lock, so that each new release of it would break the set-up.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Evenhand needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Name another: make run PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV) (once; about a minute)"
	@$(PYTHON) -m venv --without-pip $(VENV)
	@for wheel in tools/pip-*.whl; do $(VENV)/bin/python $$wheel/pip install -q --disable-pip-version-check --no-index --find-links tools pip || { rm -rf $(VENV); exit 1; }; done

$(VENV)/installed: $(VENV)/bin/python requirements.lock pyproject.toml
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/installed-bench: $(VENV)/installed-dev requirements-bench.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@
