# Một Cửa. `make run` and `make test` need nothing but python3 (3.11) and make; `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# uv keeps both Python environments from one lock; it is brought here when the machine has none.
UV := $(or $(shell command -v uv 2>/dev/null),.uv/bin/uv)
PY := .venv/bin/python
RASA_PY := .venv-rasa/bin/python
SHARED ?= ../shared/data
CATALOGUE ?= $(SHARED)/procedures.jsonl.gz
# The development questions with the national catalogue where they are; else the project's own with the starter catalogue.
EVALUATED ?= nlu/data/questions/feedback.jsonl $(if $(wildcard $(CATALOGUE)),$(wildcard $(SHARED)/dev_*.jsonl) --catalogue $(CATALOGUE),nlu/data/questions/fixed.jsonl)

export UV_PYTHON_DOWNLOADS ?= never
export RASA_TELEMETRY_ENABLED := false
# Some images tell Python to keep nothing that it compiled: then every start and every test process compiles all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test lint types contracts test-app test-rasa rasa train promote evaluate bench bench-dossiers bench-feedback chaos clean sync

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

.uv/bin/uv:
	python3 -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv

# A stamp per environment: a second `make run` syncs nothing and starts in seconds.
.venv/.synced: pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	$(UV) sync --frozen --quiet --compile-bytecode
	@touch $@

.venv-rasa/.synced: pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	@echo "setting up the Rasa environment (about 2 GB, once)"
	UV_PROJECT_ENVIRONMENT=.venv-rasa $(UV) sync --frozen --quiet --no-default-groups --group rasa --no-install-project
	@touch $@

sync: .venv/.synced .venv-rasa/.synced

setup: sync ## Set up both environments and train the model, nothing more
	$(PY) -m bot train

run: sync ## Set up, then run the assistant on http://127.0.0.1:8080
	exec $(PY) -m bot serve --init --with-rasa $(ARGS)

test: sync ## Lint, types, contracts and both test suites
	bash tests/run.sh

lint: .venv/.synced ## Style
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: .venv/.synced ## Types
	.venv/bin/mypy

contracts: .venv/.synced ## Who may import whom
	.venv/bin/lint-imports

test-app: .venv/.synced ## The app's tests: make test-app ARGS="-k choices"
	.venv/bin/pytest $(ARGS)

test-rasa: .venv-rasa/.synced ## The Rasa environment's tests
	$(RASA_PY) -m pytest -c tests/rasa/pytest.ini tests/rasa $(ARGS)

rasa: .venv-rasa/.synced ## Rasa's own commands: make rasa ARGS="shell nlu"
	$(RASA_PY) -m nlu.rasa_cli $(ARGS)

train: sync ## Learn accepted questions, and train the model if its inputs changed
	$(PY) -m bot train

promote: sync ## Make the newest model live if it is not worse than the live one
	$(PY) -m bot model promote $(ARGS)

evaluate: sync ## Measure understanding and the reading of places, write reports/ (INTENTS=1: intents too, minutes; ABLATION=1: what each part of search is worth)
ifdef ABLATION
	$(PY) -m bot evaluate $(EVALUATED) --ablation --report reports $(ARGS)
else
ifdef INTENTS
	mkdir -p var/evaluate
	$(RASA_PY) -W ignore -m nlu.components.cross_validation --json var/evaluate/intents.json
endif
	$(PY) -m bot evaluate $(EVALUATED) --report reports $(if $(INTENTS),--intents var/evaluate/intents.json,) $(ARGS)
	$(PY) -m benchmarks.places
endif

bench: sync ## Measure how fast webhooks are acknowledged; start, memory, latency and throughput beside a stock Rasa assistant
	$(PY) -m benchmarks.webhooks
	$(PY) -m benchmarks.postal $(if $(wildcard $(CATALOGUE)),--catalogue $(CATALOGUE),)
	$(PY) -m benchmarks.bench $(if $(wildcard $(CATALOGUE)),--catalogue $(CATALOGUE),) $(ARGS)

bench-dossiers: .venv/.synced ## Measure status answers with 10,000 and 1,000,000 dossiers, and the import of 200,000 rows
	$(PY) -m benchmarks.dossiers $(ARGS)

bench-feedback: .venv/.synced ## Hand in 20,000 submissions from 200 conversations under crashes on SQLite and PostgreSQL; count lost, doubled, gaps
	$(PY) -m benchmarks.feedback_load $(ARGS)

chaos: .venv/.synced ## Kill the bot process N times (300) under load on SQLite and PostgreSQL; count lost, doubled, reordered
	$(PY) -m benchmarks.chaos $(if $(N),--kills $(N),) $(ARGS)

clean: ## Remove what setup made; var/ with its data stays
	rm -rf .venv .venv-rasa .uv models .rasa
