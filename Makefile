# On a fresh clone with Python 3.11+ and make alone: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv

.PHONY: demo test lint types unit bench clean help

help:            ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

$(UV):
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv

$(VENV)/.user: $(UV) pyproject.toml constraints.txt
	$(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[offline]'
	@touch $@

$(VENV)/.dev: $(VENV)/.user
	$(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[offline]' --group dev
	@touch $@

demo: $(VENV)/.user  ## ingest the example conversation and ask it about times
	@$(BIN)/mem0g demo

lint: $(VENV)/.dev   ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev  ## mypy, strict
	$(BIN)/mypy

unit: $(VENV)/.dev   ## pytest
	$(BIN)/pytest -q

test: lint types unit  ## everything CI runs

clean:           ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
