# The two commands to start with are `make html` and `make test`; `make help` lists the rest.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
BUILD  := _build
JOBS   ?= auto
PORT   ?= 8000
RUN    := PYTHONPATH=_ext $(BIN)/python -m interop
PIP    := -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help html serve check import schema drift addresses accept test coverage mutants fuzz lint bench clean

help: ## Print this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

html: $(VENV)/site ## Build the site into _build/html
	@$(BIN)/python -m sphinx -n -W -q -j $(JOBS) -c . -b html -d $(BUILD)/doctrees source $(BUILD)/stage \
	  || { rm -rf $(BUILD)/doctrees; echo "The build failed; $(BUILD)/html is unchanged."; exit 1; }
	@PYTHONPATH=_ext $(BIN)/python -m interop.sphinx_ext.publish $(BUILD)/stage $(BUILD)/html
	@echo "The site is in $(BUILD)/html: open $(BUILD)/html/index.html, or run 'make serve'."

serve: html ## Build the site and serve it at http://localhost:8000 (PORT=...)
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(BUILD)/html $(PORT)

check: $(VENV)/site ## Check all guideline files (FILES=... for some; FINDINGS=1 for every finding of the rules)
	@$(RUN) check $(if $(FINDINGS),--findings) $(FILES)

import: $(VENV)/site ## Import official JSON: SRC=file, folder or checkout (COMMIT=...)
	@$(RUN) import $(SRC) $(if $(COMMIT),--commit $(COMMIT))

schema: $(VENV)/site ## Write the JSON Schema for editors to guidelines/guideline.schema.json
	@$(RUN) schema > guidelines/guideline.schema.json

drift: ## Look up the tests in today's Tempest and plugins; writes guidelines/drift.yaml
	$(check_python)
	@$(PYTHON) -m venv $(BUILD)/drift
	@$(BUILD)/drift/bin/python $(PIP) --upgrade -r requirements-drift.txt
	@PYTHONPATH=_ext $(BUILD)/drift/bin/python -m interop.tools.suites guidelines $$(date -u +%F)

addresses: $(VENV)/site ## Add new URLs to guidelines/addresses.txt, the list of permanent URLs
	@$(BIN)/python -m sphinx -n -W -q -E -j $(JOBS) -c . -b html -D interop_addresses=add -d $(BUILD)/doctrees source $(BUILD)/stage
	@rm -rf $(BUILD)/doctrees

test: $(VENV)/dev ## Run all tests; browser tests need Chromium and its driver
	@$(BIN)/python -m pytest $(ARGS)

accept: $(VENV)/dev ## Write current messages to tests/corpus/*/expected.txt; then review git diff
	@PYTHONPATH=_ext $(BIN)/python -m tests.accept

coverage: export COVERAGE_FILE = $(CURDIR)/.coverage
coverage: $(VENV)/dev ## Run the unit and site tests, and print how much of the code they run
	@$(BIN)/python -m coverage erase
	@$(BIN)/python -m coverage run -m pytest tests/unit tests/site $(ARGS) || failed=1; \
	  $(BIN)/python -m coverage combine --quiet && $(BIN)/python -m coverage report && exit $${failed:-0}

mutants: $(VENV)/dev ## See whether the unit tests notice known mistakes (ARGS=part of a path for some of them)
	@$(BIN)/python tests/mutants.py $(ARGS)

fuzz: $(VENV)/dev ## Read many wrong files, which must be refused in words or be safe (ARGS="--mutants 50000 --seed 1")
	@PYTHONPATH=_ext $(BIN)/python -m tests.fuzz $(ARGS)

lint: $(VENV)/dev ## Check code style, imports, types and guideline files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@out=$$(PYTHONPATH=_ext $(BIN)/lint-imports --no-logo --no-cache 2>&1) || { echo "$$out"; exit 1; }
	@$(BIN)/mypy
	@$(RUN) check > /dev/null || $(RUN) check

bench: $(VENV)/dev ## Measure how long builds take
	@$(BIN)/python tests/bench.py $(ARGS)

clean: ## Remove the built site and the virtual environment
	@find source -name '*.rst' -exec grep -l '^\.\. Generated from the record' {} + | xargs -r rm
	@rm -rf $(BUILD) $(VENV) .coverage*

# Set-up: a virtual environment with the packages for the site (site), and for tests and `make lint` (dev).
$(VENV)/site: requirements.txt constraints.txt | $(BIN)/pip
	@echo "Installing the packages for the site into $(VENV) ..."
	@$(BIN)/python $(PIP) -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/site
	@echo "Installing the packages for tests and lint into $(VENV) ..."
	@$(BIN)/python $(PIP) -r requirements-dev.txt -c constraints.txt
	@touch $@

$(BIN)/pip:
	$(check_python)
	@$(PYTHON) -m venv $(VENV)

# Reports a missing prerequisite in one line.
define check_python
@command -v $(PYTHON) > /dev/null \
  || { echo "$(PYTHON) is not installed. On Debian and Ubuntu: sudo apt install python3 python3-venv" >&2; exit 1; }
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || { echo "This needs Python 3.11 or newer; $$($(PYTHON) -V 2>&1) is too old. To use another: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null \
  || { echo "Python's venv is not installed. On Debian and Ubuntu: sudo apt install $(notdir $(PYTHON))-venv" >&2; exit 1; }
endef
