# make app       open the simulator in a browser            make check  format, lint, types, floors, fast tests
# make test      the tests, browser included, some minutes  make bench  the benchmarks, with their budgets
# make test-all  the long ones first, then make test
# Needs Python 3.12 or newer. Everything is installed into .venv, each file checked against a hash in the lock.

PORT = 8765
PYTHON =
WORKERS = 2

VENV = .venv
BIN = $(VENV)/bin
PY = $(BIN)/python
PIP = $(PY) -m pip --disable-pip-version-check install --quiet
# A file's tests stay together, for what they share; the files come in the order of tests/conftest.py, the long ones first.
PYTEST = $(PY) -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder

export SOLARA_TELEMETRY_MIXPANEL_ENABLE = false
export PYRIGHT_PYTHON_IGNORE_WARNINGS = 1

.PHONY: setup setup-dev app test test-all test-quick test-browser test-long test-long-browser test-patterns test-bounds lint lint-format lint-rules lint-types lint-floors lint-odd \
  coverage-rules mutants check format bench lock clean

setup: $(VENV)/.stamp-setup

setup-dev: $(VENV)/.stamp-setup-dev

# The stamps make both skip when neither the locks nor pyproject.toml changed.
$(VENV)/.stamp-setup: requirements.txt pyproject.toml
	@if ! $(PY) -c 'import sys, pip; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then \
	  found=; \
	  for python in $(PYTHON) python3.12 python3.13 python3 python; do \
	    if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then \
	      found=$$python; break; \
	    fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "The simulator needs Python 3.12 or newer, with its modules venv and ensurepip; none was found as" >&2; \
	    echo "python3.12, python3.13, python3 or python. Install one (Debian, Ubuntu: also the package python3-venv)," >&2; \
	    echo "or name one: make PYTHON=/where/it/is/python3.12 setup" >&2; \
	    exit 1; \
	  fi; \
	  echo "Creating $(VENV) with $$($$found --version)"; \
	  "$$found" -m venv --clear $(VENV) || exit 1; \
	fi
	@echo "Installing what the simulator needs (once; a minute or two)"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.stamp-setup-dev: requirements-dev.txt $(VENV)/.stamp-setup
	@echo "Installing what the tests need"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

app: setup
	@$(PY) -m dashboard.serving --port $(PORT)

test: test-quick test-browser

test-all: test-long test-long-browser test

# Four parts, each in processes of its own, so that none holds the memory of another. The browser's apart from the rest: a browser
# that is open keeps a loop running in its process, which tests of other loops do not bear.
test-quick: setup-dev
	$(PYTEST) -m "not slow and not browser"

test-browser: setup-dev
	$(PYTEST) -m "browser and not slow"

# One test at a time to whoever is free, the longest first: here a single test can take minutes.
test-long: setup-dev
	$(PYTEST) --dist load --maxschedchunk 1 -m "slow and not browser"

test-long-browser: setup-dev
	$(PYTEST) -m "slow and browser"

test-patterns: setup-dev
	$(PYTEST) --dist load --maxschedchunk 1 tests/patterns

# Compiled rules with every index checked. numba's cache does not know this switch, so it gets one of its own.
test-bounds: setup-dev
	NUMBA_BOUNDSCHECK=1 NUMBA_CACHE_DIR=.cache/numba-boundscheck $(PYTEST) -m "(golden or unit) and not slow"

# Every way out of every condition of a rule, taken by rows worked by hand with the compiler off.
coverage-rules: setup-dev
	NUMBA_DISABLE_JIT=1 $(PY) -m coverage run --branch --source=agents -m tests.mutants.branches
	$(PY) -m coverage report --include='agents/*/*.py' --omit='*/__init__.py,*/record.py' --fail-under=95

# Some minutes, not in CI; writes docs/mutants.md.
mutants: setup-dev
	$(PY) -m tests.mutants --seed 4 --number 200 --workers $(WORKERS)

lint: lint-format lint-rules lint-types lint-floors lint-odd

lint-format: setup-dev
	$(PY) -m ruff format --check .

lint-rules: setup-dev
	$(PY) -m ruff check .

lint-types: setup-dev
	$(PY) -m pyright

lint-floors: setup-dev
	$(BIN)/lint-imports

lint-odd: setup-dev
	$(BIN)/alliance odd --check

check: lint test-quick

format: setup-dev
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: setup-dev
	@for benchmark in benchmarks/*.py; do \
	  [ -e "$$benchmark" ] || { echo "No benchmarks yet"; exit 0; }; \
	  echo "== $$benchmark"; \
	  $(PY) "$$benchmark" || exit 1; \
	done

# For maintainers: the newest versions that fit pyproject.toml. Needs uv; the files name no index.
lock:
	uv pip compile --quiet --upgrade --generate-hashes --universal --no-header \
	  --group build pyproject.toml -o requirements.txt
	uv pip compile --quiet --upgrade --generate-hashes --universal --no-header --constraint requirements.txt \
	  --group dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) .cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .grimp_cache .coverage build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
