# elearn: `make run` starts the real thing, `make test` proves it. Everything they need is installed on the way.
PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
JOBS ?= 2
# Tests that drive browsers and servers wait half of their time: two workers for each of two cores.
WORKERS ?= 4
PACKAGES ?= ../shared/conformance/packages
DRIVER ?= ../shared/conformance/drive.py
DIR ?= ../shared/packages
CASES ?=
PICTURES ?=
OUT ?=
MINUTES ?= 3
BIN := $(VENV)/bin
# Cases that lie beside the checkout are played by `make test` too.
GIVEN_CASES := $(if $(wildcard $(PACKAGES)/cases.json),--conformance-packages=$(PACKAGES))

.PHONY: run test again lint bench conformance conformance-headless packages play faults fuzz load programs clean

$(VENV)/.run: setup.cfg pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

run: $(VENV)/.run
	$(BIN)/elearn run --demo --host $(HOST) --port $(PORT)

test: $(VENV)/.dev lint programs
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(GIVEN_CASES)

# The files of what failed in the last run, alone: nothing else keeps the machine busy then.
again: $(VENV)/.dev lint programs
	$(BIN)/python -m tests.again $(GIVEN_CASES)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What tests drive: Chromium and LibreOffice, from the system's package manager where they are missing.
programs:
	@sh scripts/install-programs.sh

bench: $(VENV)/.dev programs
	$(BIN)/python bench/run.py

# ADL's cases through the real pages, on a server with fresh data.
conformance: $(VENV)/.dev programs
	$(BIN)/python -m tests.conformance.run --driver $(DRIVER) --packages $(PACKAGES) --jobs $(JOBS) --cases "$(CASES)"

# The same cases without a browser: engine and run-time tables only, in seconds.
conformance-headless: $(VENV)/.dev
	$(BIN)/python -m tests.conformance.headless $(PACKAGES) --cases "$(CASES)"

# Every file of a folder through the importer and into Chromium, as a table: PICTURES=folder, OUT=table.md.
packages: $(VENV)/.dev programs
	$(BIN)/python -m tests.packages.table $(DIR) $(if $(PICTURES),--pictures $(PICTURES)) $(if $(OUT),--out $(OUT))

# Every playable file of a folder in Chromium, as a learner plays it, to its outcome: PICTURES=folder keeps screenshots.
play: $(VENV)/.dev programs
	$(BIN)/python -m tests.play.run $(DIR) $(if $(PICTURES),--pictures $(PICTURES)) $(if $(OUT),--out $(OUT))

# Two hundred rounds for each test of random moments, in the server and in the browser; `make test` runs a few. It takes hours.
faults: $(VENV)/.dev programs
	$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder tests/faults --campaign

# A thousand examples of each test in tests/fuzz instead of a hundred.
fuzz: $(VENV)/.dev
	$(BIN)/pytest -n $(JOBS) -m fuzz --campaign

# A school on one machine: 500 starts of a lesson in a minute, then a hundred commits a second; all is read back.
load: $(VENV)/.dev
	$(BIN)/python bench/load.py --minutes $(MINUTES)

clean:
	rm -rf $(VENV) build dist *.egg-info var .pytest_cache .mypy_cache .ruff_cache
