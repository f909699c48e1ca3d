# One entrance for people and for CI. `make demo` and `make test` work on a fresh clone.

PYTHON ?= python3
BOOT   := .cache/uv
UV     := $(BOOT)/bin/uv
BIN    := .venv/bin
PUBLIC := csc_verify tests tools benchmarks action
SHARED ?= ../shared
SECONDS ?= 600
YEARS  ?= 10

export UV_PYTHON_DOWNLOADS = never
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types unit real corpus fuzz soak bench pictures generate format clean

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: .venv/.done ## make the environment from the lock
.venv/.done: uv.lock pyproject.toml tools/uv.txt
	@$(PYTHON) tools/check_system.py
	@test -x $(UV) || { $(PYTHON) -m venv $(BOOT) && $(BOOT)/bin/python -m pip install \
		--quiet --disable-pip-version-check --require-hashes --requirement tools/uv.txt; }
	@$(UV) sync --quiet --locked --all-groups --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"
	@touch $@

demo: setup ## the weekly run on the embedded world: no token, no network
	@$(BIN)/csc-verify demo

test: lint types unit ## everything that must hold

lint: setup
	@$(BIN)/ruff format --check --quiet $(PUBLIC)
	@$(BIN)/ruff check --quiet $(PUBLIC)
	@$(BIN)/lint-imports --no-logo >$(BOOT)/imports.txt || { cat $(BOOT)/imports.txt; exit 1; }
	@$(UV) lock --check --quiet
	@$(UV) export --quiet --locked --no-dev --no-emit-project --no-emit-package graphql-core \
		--no-header --format requirements.txt | diff - action/requirements.txt
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-actions action.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	@$(BIN)/zizmor --offline --quiet --no-progress --persona pedantic action.yml .github

types: setup
	@$(BIN)/mypy --no-error-summary

unit: setup
	@$(BIN)/pytest -q -n auto --cov --cov-report=term

real: setup ## check on captured feeds and commit logs beside the project (SHARED=../shared)
	@$(BIN)/python tools/real.py $(SHARED)

corpus: setup ## measure the blog's parts on the captured corpus (SHARED=../shared)
	@$(BIN)/python -m tools.corpus $(SHARED)

fuzz: setup ## mutate what the blog's parsers are given (SECONDS=600)
	@$(BIN)/python -m tools.fuzz $(SECONDS)

soak: setup ## simulated years with kills, outages and pushes, each with another seed (YEARS=10)
	@$(BIN)/python -m tools.soak $(YEARS)

bench: setup ## start-up, requests and parsing, as ratios
	@$(BIN)/python benchmarks/start_up.py
	@$(BIN)/python benchmarks/feeds.py
	@$(BIN)/python benchmarks/cohort.py
	@$(BIN)/python benchmarks/contacts.py
	@$(BIN)/python -m benchmarks.cohort_many
	@$(BIN)/python benchmarks/cohort_page.py

pictures: setup ## draw the pictures of the documentation anew
	@$(BIN)/python tools/pictures.py

generate: setup ## write again what is generated: schema, requirements, lock
	@$(UV) lock --quiet
	@$(UV) export --quiet --locked --no-dev --no-emit-project --no-emit-package graphql-core \
		--no-header --format requirements.txt --output-file action/requirements.txt >/dev/null
	@$(BIN)/python tools/write_schema.py
	@$(BIN)/python tools/write_examples.py

format: setup ## format and fix what can be fixed
	@$(BIN)/ruff check --quiet --fix $(PUBLIC) || true
	@$(BIN)/ruff format --quiet $(PUBLIC)

clean: ## remove what was made
	@rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage* demo-out
