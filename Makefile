# Everything starts from a fresh machine with Python 3.11 or newer; .venv is made where it is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
INSTALL := pip install --quiet --disable-pip-version-check --require-hashes
# For every Python from 3.11 on and every kind of machine at once.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links

.PHONY: setup run serve test check format bench soak lock audit vendor pictures

setup: $(VENV)/.ready
run: $(VENV)/.ready
	$(BIN)/flask --app app run --port $(PORT)

serve: $(VENV)/.ready
	MALLOC_ARENA_MAX=2 $(BIN)/gunicorn --config gunicorn.conf.py

$(VENV)/.ready: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/$(INSTALL) --requirement requirements.txt
	touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	$(BIN)/$(INSTALL) --requirement requirements-dev.txt
	touch $@

test: $(VENV)/.ready-dev
	tests/install_chromium.sh
	tests/install_iproute2.sh
	$(BIN)/pytest

check: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/flask --app app texts

format: $(VENV)/.ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.ready-dev
	$(BIN)/python -m bench

soak: $(VENV)/.ready-dev
	$(BIN)/python -m soak

lock: $(VENV)/.ready-dev
	$(BIN)/$(LOCK) requirements.in --output-file requirements.txt
	$(BIN)/$(LOCK) requirements-dev.in --output-file requirements-dev.txt

audit: $(VENV)/.ready-dev
	$(BIN)/pip-audit --disable-pip --require-hashes --requirement requirements.txt \
		--format json 2>/dev/null | $(BIN)/python .ci/audit.py

vendor: $(VENV)/.ready
	$(BIN)/python -m web.vendor

pictures: $(VENV)/.ready-dev
	tests/install_chromium.sh
	$(BIN)/python -m bench.pictures
