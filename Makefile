# Everything a person does with the project starts here. `make help` lists it.
# Needs Python 3.11 or newer and make; every target sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HONGQI := $(BIN)/hongqi
# A file's tests share their bot and stay together, in the order of `tests/faults/conftest.py`: the longest first.
# They wait for their bots at times, so there may be more of them than processors.
PARALLEL := -n 4 --dist loadfile --no-loadscope-reorder
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

.PHONY: help setup setup-dev demo run test check bench pictures lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.program ## create the environment (.venv) that runs the program
setup-dev: $(VENV)/.tools

# Without dependencies: the locks name them all, and where a lock pins `coverage`, an older pip would look for the
# newest `coverage[toml]` besides, which no lock has a hash for, and refuse everything.
$(VENV)/.program: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hongqi needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which one: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tools: $(VENV)/.program requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

demo: setup ## play the whole thing in a browser: sandbox, bot and demo district (KEEP=DIR keeps the state)
	@$(HONGQI) demo $(if $(KEEP),--keep $(KEEP)) $(if $(PORT),--port $(PORT))

run: setup ## start the real bot from .env
	@$(HONGQI) run

test: setup-dev ## run the tests
	$(BIN)/python -m pytest $(PARALLEL)

check: setup-dev ## what CI runs: ruff, mypy, import-linter, tests with branch coverage
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report=
	$(BIN)/coverage report --skip-covered --show-missing --include='core/*' --fail-under=100
	$(BIN)/coverage report --skip-covered --show-missing --include='bot/*' --fail-under=95

# pandas is measured against, and installed for nothing else.
$(VENV)/.bench: $(VENV)/.tools requirements-bench.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
	@touch $@

bench: setup-dev $(VENV)/.bench ## measure taps against a bare bot, a thousand reminders, rankings against pandas
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.reminders
	$(BIN)/python -m tests.bench.ranking_scale

pictures: setup-dev ## draw the pictures of the README anew
	$(BIN)/python -m tests.pictures

lock: setup-dev ## resolve the dependencies anew
	$(BIN)/uv pip compile pyproject.toml --all-extras --group build $(LOCK) --upgrade -o requirements.lock
	$(BIN)/uv pip compile --group dev $(LOCK) --upgrade -c requirements.lock -o requirements-dev.lock
	$(BIN)/uv pip compile --group bench $(LOCK) --upgrade -c requirements.lock -c requirements-dev.lock -o requirements-bench.lock

clean: ## remove the environment and what tools left behind
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* htmlcov out
