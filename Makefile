# `make demo` and `make test` set up everything they need; only Python 3.11 or later and make must be there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready.stamp
COMPILE = $(BIN)/uv pip compile --quiet --system-certs --generate-hashes --no-emit-index-url --universal \
	--python-version 3.11 --custom-compile-command "make lock" $(UPGRADE)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
# Tests start hundreds of processes; without bytecode each of them compiles the same modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check format bench lock wheel clean
.DELETE_ON_ERROR:

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

demo: $(READY) ## Run a province for 60 working days, verify its trail, show a forgery being caught
	$(BIN)/motcua demo

test: $(READY) ## Run the tests, on SQLite and on a PostgreSQL that they start themselves
	$(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

check: $(READY) ## Hold the tree to the house rules
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_house.py

format: $(READY) ## Format the code
	$(BIN)/ruff check --select I --fix
	$(BIN)/ruff format

bench: $(READY) ## Measure; nothing is asserted
	PYTHONPATH=tests $(BIN)/python -m benchmarks

wheel: $(READY) ## Build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

lock: $(READY) ## Write the lock files anew; UPGRADE=--upgrade takes newer releases
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) -c requirements.lock --group dev pyproject.toml -o requirements-dev.lock
	echo uv | $(COMPILE) --no-annotate - -o requirements-uv.lock

clean: ## Remove everything that was made
	rm -rf $(VENV) .motcua .demo .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache build dist

# uv installs in seconds; where it cannot reach the packages, pip, which heeds the machine's settings, does it.
$(READY): pyproject.toml requirements-dev.lock requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=..." if sys.version_info < (3, 11) else 0)'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	{ $(BIN)/python -m pip install --quiet --require-hashes -r requirements-uv.lock \
		&& $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python --require-hashes -r requirements-dev.lock; } \
		|| $(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@
