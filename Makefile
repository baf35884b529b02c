# `make run` and `make test` set themselves up; nothing but python3, make and git is needed.
# The distribution's own Python is taken first where it will do: it is built to be fast (a quarter
# faster than one that a version manager compiled), and it stays. `make PYTHON=… run` takes another.
PYTHON ?= $(firstword $(foreach p,/usr/bin/python3 python3,$(shell $(p) -c \
	"import ensurepip, venv, sys; sys.version_info >= (3, 11) and print('$(p)')" 2>&1 | grep -x $(p))) python3)
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV := UV_HTTP_RETRIES=1 $(BIN)/uv pip install --quiet --python $(BIN)/python
# uv installs in a third of pip's time. It reads neither pip.conf nor PIP_*, where a machine may say
# which index it has, and is not made for every machine: what it cannot do, pip does.
define install
	@echo "Installing what $(1) names …"
	@$(PIP) install --retries 1 --require-hashes -r requirements-uv.lock \
		&& $(UV) --compile-bytecode --require-hashes -r $(1) \
		&& $(UV) --no-deps --no-build-isolation --editable . \
		|| { echo "Not with uv, then; pip takes a little longer …" \
		&& $(PIP) install --require-hashes -r $(1) \
		&& $(PIP) install --no-deps --no-build-isolation --editable .; }
	$(BIN)/python -m compileall -q $(CODE)
endef
DEMO := build/demo.db
CODE := db exports tui

.PHONY: run demo test test-papers checks lint types pytest bench fuzz screenshots keys lock clean

run: $(VENV)/run.stamp  ## open the register
	$(BIN)/taizhang

demo: $(VENV)/run.stamp  ## open an invented register
	@mkdir -p build
	@test -f $(DEMO) || $(BIN)/taizhang demo $(DEMO)
	$(BIN)/taizhang --db $(DEMO)

test: $(VENV)/test.stamp  ## everything CI runs; what reads the code goes on beside the tests, which often wait
	$(MAKE) --no-print-directory --jobs=2 pytest checks

checks: lint types

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/test.stamp
	$(BIN)/mypy

pytest: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n auto --dist worksteal

test-papers: $(VENV)/test.stamp  ## the papers in LibreOffice and Chromium, where they are installed
	$(BIN)/python -m pytest -n 2 -m papers -rs

bench: $(VENV)/test.stamp  ## everything measured, in one table; QUICK=1 in two to three minutes
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

fuzz: $(VENV)/test.stamp  ## 10,000 strange inputs to every reader
	$(BIN)/python -m tests.fuzz

screenshots: $(VENV)/test.stamp  ## draw the pictures of README and docs
	$(BIN)/python -m tests.making.pictures

keys: $(VENV)/test.stamp  ## write the pages of docs that are made of registries
	$(BIN)/python -m tests.making.key_page
	$(BIN)/python -m tests.making.letter_page

$(VENV)/pyvenv.cfg:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock requirements-uv.lock pyproject.toml | $(VENV)/pyvenv.cfg
	$(call install,requirements.lock)
	@touch $@

$(VENV)/test.stamp: requirements-dev.lock requirements-uv.lock pyproject.toml | $(VENV)/pyvenv.cfg
	$(call install,requirements-dev.lock)
	@touch $@ $(VENV)/run.stamp

lock:  ## pin the newest versions that fit pyproject.toml
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install --quiet uv
	echo uv | $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate - -o requirements-uv.lock
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements-dev.lock
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements-dev.lock --extra build pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
