# Everything starts from a fresh machine with Python 3.11 or newer; .venv is made where it is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# Processes in which the tests run at once.
JOBS ?= 2
# By module and not by script: a script's first line breaks where the folder's name has a space.
RUN := $(BIN)/python -m
INSTALL := pip install --quiet --disable-pip-version-check --require-hashes
# For every Python from 3.11 on and every kind of machine at once.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links

# What the resolver has learned: confusions, everyday speech, confidence. ROWS: spoken rows to learn from.
ROWS ?=

.PHONY: setup dev run serve house alexa test check types form format fit fit-names bench soak mutants lock audit vendor pictures speech serve-speech sounds hear

setup: $(VENV)/.ready
	$(RUN) shared.compiled

# For who works on it: everything the tests need, and a look at each commit before it is made.
dev: $(VENV)/.ready-dev
	tests/install_chromium.sh
	tests/install_iproute2.sh
	$(RUN) pre_commit install --hook-type pre-commit --hook-type pre-push

run: $(VENV)/.ready
	$(RUN) flask --app app run --port $(PORT)

serve: $(VENV)/.ready
	MALLOC_ARENA_MAX=2 $(BIN)/python serve.py

# A machine without a C compiler gets that of the package ziglang (shared/compiled).
$(VENV)/.ready: requirements.txt requirements-cc.txt
	$(PYTHON) -m venv $(VENV)
	$(RUN) $(INSTALL) --requirement requirements.txt
	command -v cc >/dev/null || $(RUN) $(INSTALL) --requirement requirements-cc.txt
	touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	$(RUN) $(INSTALL) --requirement requirements-dev.txt
	touch $@

test: $(VENV)/.ready-dev
	tests/install_chromium.sh
	tests/install_iproute2.sh
	tests/install_baresip.sh
	$(RUN) pytest --numprocesses $(JOBS) --dist loadgroup --no-loadscope-reorder $(PYTEST_OPTIONS)

# In two parts, so that `make --jobs 2 check` has both cores.
check: types form

types: $(VENV)/.ready-dev
	$(RUN) mypy

form: $(VENV)/.ready-dev
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(BIN)/python -c "from importlinter.cli import lint_imports_command as lint; lint()"
	$(RUN) checks
	$(RUN) nlu.fit --check

format: $(VENV)/.ready-dev
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

fit: $(VENV)/.ready-dev
	$(RUN) nlu.fit

bench: $(VENV)/.ready-dev
	$(RUN) bench

# Fits all anew to ROWS. What it makes is not in all what is committed: docs/decisions/names.md tells
# what differs, and why that stands.
fit-names: $(VENV)/.ready-dev
	$(RUN) bench.names_readings
	$(RUN) bench.names_fit $(ROWS)
	$(RUN) bench.names_background $(ROWS)
	$(RUN) bench.names_calibrate $(ROWS)
	$(RUN) bench.naming $(ROWS)

soak: $(VENV)/.ready-dev
	$(RUN) soak

# ROOMS="shared/query shared/feed" MINUTES=20 SEED=3; by default every room, within the hour.
mutants: $(VENV)/.ready-dev
	$(BIN)/python .ci/mutants.py $(ROOMS) $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED))

lock: $(VENV)/.ready-dev
	$(RUN) $(LOCK) requirements.in --output-file requirements.txt
	$(RUN) $(LOCK) requirements-cc.in --output-file requirements-cc.txt
	$(RUN) $(LOCK) requirements-dev.in --output-file requirements-dev.txt

audit: $(VENV)/.ready-dev
	$(RUN) pip_audit --disable-pip --require-hashes --requirement requirements.txt \
		--format json 2>/dev/null | $(BIN)/python .ci/audit.py

vendor: $(VENV)/.ready
	$(BIN)/python .ci/vendor.py

pictures: $(VENV)/.ready-dev
	tests/install_chromium.sh
	$(RUN) bench.pictures

# A recogniser and a voice on this machine, for trying out calls with sound (docs/sip.md).
SPEECH := var/speech
KOKORO_JS := kokoro-js-1.2.1.tgz
# Without its dependencies: they bring another language's dictionaries, of a gigabyte.
MISAKI := 0.9.4

speech: $(SPEECH)/kokoro.onnx

$(SPEECH)/kokoro.onnx: sip/local/requirements.txt
	mkdir -p $(SPEECH)
	$(PYTHON) -m venv $(SPEECH)/.venv
	$(SPEECH)/.venv/bin/pip install --quiet --disable-pip-version-check --requirement sip/local/requirements.txt
	$(SPEECH)/.venv/bin/pip install --quiet --disable-pip-version-check --no-deps misaki==$(MISAKI)
	cd $(SPEECH) && npm pack --silent kokoro-js@1.2.1
	$(SPEECH)/.venv/bin/python -m sip.local.assemble $(SPEECH) $(SPEECH)/$(KOKORO_JS)
	@echo "Whisper base (MIT) and Kokoro 82M (Apache 2.0) stand in $(SPEECH): make serve-speech"

serve-speech: speech
	$(SPEECH)/.venv/bin/python -m sip.local.wyoming_server $(SPEECH)

# Sixty spoken questions through a real call, some thirty minutes (bench/hear.py); bench.hear_back: the answers.
hear: speech $(VENV)/.ready-dev
	$(RUN) bench.hear --speech $(SPEECH)

sounds: speech $(VENV)/.ready
	$(RUN) checks.sound_pack | $(SPEECH)/.venv/bin/python -m sip.local.pack_clips $(SPEECH) sip/sounds

# A session with npm's virtual-alexa in each language: the exported models, the skill, half a minute.
alexa: $(VENV)/.ready-dev
	npm install --silent --no-fund --no-audit --prefix build/virtual-alexa virtual-alexa@0.7.8
	$(RUN) tests.skills.alexa.virtual

# A real Home Assistant, in an environment of its own: the newest that the Python named here runs.
HOUSE_PYTHON ?= python3.13
HOUSE := .venv-house

house: $(VENV)/.ready-dev
	test -d $(HOUSE) || $(HOUSE_PYTHON) -m venv $(HOUSE)
	$(HOUSE)/bin/pip install --quiet --disable-pip-version-check pytest-homeassistant-custom-component wyoming
	$(HOUSE)/bin/python -m pytest -c tests/home_assistant/pytest.ini --rootdir . -s tests/home_assistant
