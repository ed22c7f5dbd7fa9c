# The two commands a newcomer needs are `make html` and `make serve`; `make help` lists the rest.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
BUILD  := _build
JOBS   ?= auto
PORT   ?= 8000
RUN    := PYTHONPATH=_ext $(BIN)/python -m interop

.DEFAULT_GOAL := help
.PHONY: help html serve check import schema drift addresses accept test coverage lint bench clean

help: ## Print this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

html: $(VENV)/site ## Build the site into _build/html
	@$(BIN)/python -m sphinx -n -W -q -j $(JOBS) -c . -b html -d $(BUILD)/doctrees source $(BUILD)/stage \
	  || { rm -rf $(BUILD)/doctrees; echo "The build failed; _build/html is what it was before."; exit 1; }
	@PYTHONPATH=_ext $(BIN)/python -m interop.sphinx_ext.publish $(BUILD)/stage $(BUILD)/html
	@echo "The site is in $(BUILD)/html: open $(BUILD)/html/index.html, or run 'make serve'."

serve: html ## Build, then serve the site at http://localhost:8000 (PORT=...)
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(BUILD)/html $(PORT)

check: $(VENV)/site ## Check every file of the record (FILES=... for some)
	@$(RUN) check $(FILES)

import: $(VENV)/site ## Import official JSON into the record: SRC=file, folder or checkout
	@$(RUN) import $(SRC) $(if $(COMMIT),--commit $(COMMIT))

schema: $(VENV)/site ## Write the JSON Schema that editors use
	@$(RUN) schema > guidelines/guideline.schema.json

drift: ## Read today's test suites, in an environment of their own, and write guidelines/drift.yaml
	@$(PYTHON) -m venv $(BUILD)/drift
	@$(BUILD)/drift/bin/python -m pip install --quiet --disable-pip-version-check --upgrade -r requirements-drift.txt
	@PYTHONPATH=_ext $(BUILD)/drift/bin/python -m interop.tools.suites guidelines $$(date -u +%F)

addresses: $(VENV)/site ## Add new public addresses to the ledger, guidelines/addresses.txt
	@$(BIN)/python -m sphinx -n -W -q -E -j $(JOBS) -c . -b html -D interop_addresses=add -d $(BUILD)/doctrees source $(BUILD)/stage
	@rm -rf $(BUILD)/doctrees

test: $(VENV)/dev ## Run the tests, in a browser too where Chromium is installed
	@$(BIN)/python -m pytest $(ARGS)

accept: $(VENV)/dev ## Accept the messages about bad input as they are today; then read git diff
	@PYTHONPATH=_ext $(BIN)/python -m tests.accept

coverage: export COVERAGE_FILE = $(CURDIR)/.coverage
coverage: $(VENV)/dev ## Run the unit and site tests, and print how much of the code they run
	@$(BIN)/python -m coverage erase
	@$(BIN)/python -m coverage run -m pytest tests/unit tests/site $(ARGS) || failed=1; \
	  $(BIN)/python -m coverage combine --quiet && $(BIN)/python -m coverage report && exit $${failed:-0}

lint: $(VENV)/dev ## Check the style of the code and the record
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(RUN) check > /dev/null || $(RUN) check

bench: $(VENV)/dev ## Time builds beside a control, in one run
	@$(BIN)/python tests/bench.py $(ARGS)

clean: ## Remove what was built and the virtual environment
	@find source -name '*.rst' -exec grep -l '^\.\. Generated from the record' {} + | xargs -r rm
	@rm -rf $(BUILD) $(VENV) .coverage*

$(VENV)/site: requirements.txt constraints.txt
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/site
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch $@
