# Two commands for a newcomer: make run, make test. Everything lives in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install run test check fast scenarios browser chaos bench desk-claims desk-week ear detect-report readability words pictures lock clean

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

install: $(VENV)/.installed

run: install
	$(BIN)/safebot demo

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(VENV)/.installed-dev
	$(BIN)/pytest

browser: $(VENV)/.installed-dev
	$(BIN)/pytest -m browser -s

fast: $(VENV)/.installed-dev
	$(BIN)/pytest -m "not scenario and not browser and not chaos"

chaos: $(VENV)/.installed-dev
	$(BIN)/python -m tests.chaos

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench

# Fifty moderators, two thousand cases, two consoles on one file, one of them killed: nobody shares a case, none is stranded.
desk-claims: $(VENV)/.installed-dev
	$(BIN)/python -m tests.desk.claims

# A week at the desk by a fake clock, through the real rules of order, claims and alerts: who was read in time.
desk-week: $(VENV)/.installed-dev
	$(BIN)/python -m tests.desk.week

# The detector's model, from the word lists, the corpus and the sets that measure no more: the same bytes on every machine.
ear: $(VENV)/.installed-dev
	@$(BIN)/python -m bot.flowfile.ear.training . tests/detect/corpus tests/detect/heldout.jsonl $(wildcard tests/data/detection/*.tuning.jsonl)

# How well the detector hears, on every set of made-up messages: recall, false alarms, levels, time.
detect-report: $(VENV)/.installed-dev
	$(BIN)/python -m tests.detect.report $(ARGS)

# How hard the texts are to read, per language.
readability: $(VENV)/.installed-dev
	$(BIN)/python -m tests.readability

# The sentences of the console's pages, from templates and Python, to locales/*/LC_MESSAGES/console.po.
words: $(VENV)/.installed-dev
	$(BIN)/python -m bot.console.collecting .

# The drawings of flows/pictures/ as pictures that Telegram takes.
pictures: $(VENV)/.installed-dev
	$(BIN)/python -m tests.pictures

lock:
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet pip-tools
	$(VENV)/lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --extra build -o requirements.lock pyproject.toml
	$(VENV)/lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --extra build --extra dev -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
