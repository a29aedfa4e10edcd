# Two commands do everything: `make run` and `make test`. The others are their parts.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export CONFLICTMAP_DATA_DIR ?= $(CURDIR)/var
VAR := $(CONFLICTMAP_DATA_DIR)
CHROMIUM_NAMES := chromium chromium-browser google-chrome google-chrome-stable

.DEFAULT_GOAL := help
.PHONY: help run test lint types unit browser format lock clean chromium

help: ## List the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

run: $(VENV)/.run $(VAR)/.gazetteer $(VAR)/.samples ## Set up what is missing, then open the dashboard
	@$(BIN)/conflictmap serve $(SERVE)

test: $(VENV)/.test chromium lint types unit browser ## Lint, types, tests, browser tests

lint: $(VENV)/.test ## Check style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

types: $(VENV)/.test ## Check types
	@$(BIN)/mypy

unit: $(VENV)/.test ## Run the tests that need no browser
	@$(BIN)/pytest -n 2 --dist loadfile -m "not browser and not network"

browser: $(VENV)/.test chromium ## Run the tests in headless Chromium
	@$(BIN)/pytest -n 2 --dist loadfile -m "browser and not network"

format: $(VENV)/.test ## Format the code
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

lock: $(VENV)/.test ## Renew the lock files from pyproject.toml (needs uv: pip install uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--group build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## Remove what was made, except the store
	rm -rf $(VENV) $(VAR)/.gazetteer $(VAR)/gazetteer.sqlite .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results

# -- environment ------------------------------------------------------------------------------

# Debian and Ubuntu ship Python without its venv module: install that where we may, else say so.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed, and $(PYTHON) is older: run make PYTHON=python3.12, for example."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		version=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq $$version >/dev/null; \
		elif command -v sudo >/dev/null; then sudo apt-get update -qq && sudo apt-get install -y -qq $$version >/dev/null; \
		else echo "Python's venv module is missing: install the package $$version."; exit 1; fi; }
	@echo "Making the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing packages (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 2 geodata dashboard
	@touch $@

$(VENV)/.test: requirements-dev.lock $(VENV)/.run
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

chromium:
	@for name in $(CHROMIUM_NAMES); do command -v $$name >/dev/null && exit 0; done; \
	echo "Installing Chromium for the browser tests ..."; \
	if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	elif command -v sudo >/dev/null; then sudo apt-get update -qq && sudo apt-get install -y -qq chromium >/dev/null; \
	else echo "Chromium is missing: install the package chromium."; exit 1; fi

# -- data -------------------------------------------------------------------------------------

$(VAR)/.gazetteer: $(wildcard geodata/gazetteer/*.py geodata/gazetteer/data/* geodata/regions/data/*) | $(VENV)/.run
	@mkdir -p $(VAR)
	@$(BIN)/conflictmap gazetteer build
	@touch $@

$(VAR)/.samples: geodata/samples/articles.jsonl | $(VAR)/.gazetteer
	@$(BIN)/conflictmap ingest --samples
	@touch $@
