# The two commands to start with are `make html` and `make test`; `make help` lists the rest.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
BUILD  := _build
JOBS   ?= auto
PORT   ?= 8000
RUN    := PYTHONPATH=_ext $(BIN)/python -m interop
SITE   := PYTHONPATH=_ext $(BIN)/python -m interop.sphinx_ext.build $(BUILD)
PIP    := -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help html live serve check import reconstruction amendments schema drift addresses accept test coverage mutants soak fuzz lint bench upgrade dist clean

help: ## Print this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

html: $(VENV)/site ## Build the site into _build/html
	@$(SITE) --jobs $(JOBS)
	@echo "The site is in $(BUILD)/html: open $(BUILD)/html/index.html, or run 'make serve'."

live: $(VENV)/live ## Serve the site, build it again after each save, and reload the browser (PORT=...)
	@PYTHONPATH=_ext exec $(BIN)/python -m interop.sphinx_ext.live $(BUILD) --port $(PORT)

serve: html ## Build the site and serve it at http://localhost:8000 (PORT=...)
	@PYTHONPATH=_ext exec $(BIN)/python -m interop.sphinx_ext.serve $(BUILD)/html --port $(PORT)

check: $(VENV)/site ## Check all guideline files (FILES=... for some; ALL=1 for known observations and all findings too)
	@$(RUN) check $(if $(ALL),--all) $(FILES)

import: $(VENV)/site ## Import official JSON: SRC=file, folder, checkout or URL of a repository (COMMIT=...)
	@$(RUN) import $(SRC) $(if $(COMMIT),--commit $(COMMIT))

reconstruction: $(VENV)/site ## Compare partial guidelines with official JSON: SRC=... COMMIT=... as for import
	@$(RUN) reconstruction $(SRC) $(if $(COMMIT),--commit $(COMMIT))

amendments: $(VENV)/site ## Read the history of all official files: SRC=checkout, as for import
	@$(RUN) amendments $(SRC)

schema: $(VENV)/site ## Write the JSON Schemas for editors: guidelines/guideline.schema.json and _schemas/
	@$(RUN) schema --write .

drift: ## Look up the tests in today's Tempest and plugins; writes guidelines/drift.yaml
	$(check_python)
	@$(PYTHON) -m venv $(BUILD)/drift
	@$(BUILD)/drift/bin/python $(PIP) --upgrade -r requirements-drift.txt
	@PYTHONPATH=_ext $(BUILD)/drift/bin/python -m interop.tools.suites guidelines $$(date -u +%F)

addresses: $(VENV)/site ## Add new URLs to guidelines/addresses.txt, the list of permanent URLs
	@$(SITE) --jobs $(JOBS) --add-addresses

test: $(VENV)/dev ## Run all tests; browser tests need Chromium and its driver
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

accept: $(VENV)/dev ## Write current messages to tests/corpus/*/expected.txt; then review git diff
	@PYTHONPATH=_ext $(BIN)/python -m tests.accept

coverage: export COVERAGE_FILE = $(CURDIR)/.coverage
coverage: $(VENV)/dev ## Run the unit and site tests, and print how much of the code they run
	@$(BIN)/python -m coverage erase
	@$(BIN)/python -m coverage run -m pytest tests/unit tests/site $(ARGS) || failed=1; \
	  $(BIN)/python -m coverage combine --quiet && $(BIN)/python -m coverage report && exit $${failed:-0}

mutants: $(VENV)/dev ## See whether the unit tests notice known mistakes (ARGS=part of a path for some of them)
	@$(BIN)/python tests/mutants.py $(ARGS)

soak: export PYTHONPATH = _ext
soak: $(VENV)/dev ## Compare builds after random edits and interruptions with clean ones (ARGS="--steps 50 --seed 7")
	@$(BIN)/python -m tests.soak $(ARGS)

fuzz: $(VENV)/dev ## Read many wrong files, which must be refused in words or be safe (ARGS="--mutants 50000 --seed 1")
	@PYTHONPATH=_ext $(BIN)/python -m tests.fuzz $(ARGS)

lint: $(VENV)/dev ## Check code style, imports, types and guideline files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@out=$$(PYTHONPATH=_ext $(BIN)/lint-imports --no-logo --no-cache 2>&1) || { echo "$$out"; exit 1; }
	@$(BIN)/mypy
	@$(RUN) check > /dev/null || $(RUN) check

bench: $(VENV)/dev ## Measure how long builds take (ARGS="--saves 10" for make live beside sphinx-autobuild)
	@$(BIN)/python -m tests.bench $(ARGS)

# uv finds the newest versions that work together on every Python and system; pip installs them.
UV    = $(BUILD)/upgrade/bin/uv pip compile -q --universal --fork-strategy fewest --python-version 3.11 \
          --generate-hashes --no-annotate --no-header

upgrade: ## Pin the newest versions of all packages in constraints/, with hashes and their licences
	$(check_python)
	@$(PYTHON) -m venv $(BUILD)/upgrade && $(BUILD)/upgrade/bin/python $(PIP) --upgrade uv pip-licenses
	@rm -rf $(BUILD)/pins && mkdir -p $(BUILD)/pins
	@sed '/^-r/d; /^this-needs/d' requirements.txt > $(BUILD)/pins/site.in
	@sed '/^-r/d' requirements-live.txt | cat $(BUILD)/pins/site.in - > $(BUILD)/pins/live.in
	@sed '/^-r/d' requirements-dev.txt | cat $(BUILD)/pins/live.in - > $(BUILD)/pins/dev.in
	@$(UV) $(BUILD)/pins/dev.in -o $(BUILD)/pins/dev.txt
	@for list in site live; do $(UV) $(BUILD)/pins/$$list.in -c $(BUILD)/pins/dev.txt -o $(BUILD)/pins/$$list.txt || exit 1; done
	@mv $(BUILD)/pins/*.txt constraints/
	@$(PYTHON) -m venv --clear $(BUILD)/licences && $(BUILD)/licences/bin/python $(PIP) --require-hashes -r constraints/dev.txt
	@$(BUILD)/upgrade/bin/pip-licenses --python=$(BUILD)/licences/bin/python --from=mixed --order=name --format=markdown \
	  --with-system --ignore-packages pip --output-file=$(BUILD)/licences.md > /dev/null
	@tr -s ' -' < $(BUILD)/licences.md > constraints/licences.md
	@rm -r $(BUILD)/pins $(BUILD)/licences

dist: html $(VENV)/dev ## Pack the site, the data and the references for Sphinx, with checksums, into dist/
	@PYTHONPATH=_ext $(BIN)/python -m interop.tools.release $(BUILD)/html dist
	@test -n "$$INTEROP_BASE_ADDRESS" || echo "The site is marked as a preview, since INTEROP_BASE_ADDRESS is not set."

clean: ## Remove the built site, dist/ and the virtual environment
	@rm -rf $(BUILD) $(VENV) dist .coverage*

# Set-up: a virtual environment with the packages for the site (site), for `make live` (live), and for tests and
# `make lint` (dev).
$(VENV)/site: constraints/site.txt | $(BIN)/pip $(BIN)/python
	$(check_venv)
	@echo "Installing the packages for the site into $(VENV) ..."
	@$(BIN)/python $(PIP) --require-hashes -r constraints/site.txt
	@touch $@

$(VENV)/live: constraints/live.txt $(VENV)/site
	@echo "Installing the packages for make live into $(VENV) ..."
	@$(BIN)/python $(PIP) --require-hashes -r constraints/live.txt
	@touch $@

$(VENV)/dev: constraints/dev.txt $(VENV)/site
	@echo "Installing the packages for tests and lint into $(VENV) ..."
	@$(BIN)/python $(PIP) --require-hashes -r constraints/dev.txt
	@touch $@

$(BIN)/pip:
	$(check_python)
	@$(PYTHON) -m venv --clear $(VENV)

# A link to the Python that made the environment. Make runs this if that Python is no longer installed.
$(BIN)/python: | $(BIN)/pip
	@test -x $@ || { echo "The Python that made $(VENV) is not installed any more. Remove $(VENV) and try again: rm -r $(VENV)" >&2; exit 1; }

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

# Reports a missing prerequisite in one line.
define check_python
@command -v $(PYTHON) > /dev/null \
  || { echo "$(PYTHON) is not installed. On Debian and Ubuntu: sudo apt install python3 python3-venv" >&2; exit 1; }
@$(PYTHON) -c '$(NEW_ENOUGH)' \
  || { echo "This needs Python 3.11 or newer; $$($(PYTHON) -V 2>&1) is too old. To use another: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null \
  || { echo "Python's venv is not installed. On Debian and Ubuntu: sudo apt install $(notdir $(PYTHON))-venv" >&2; exit 1; }
endef

# Reports an environment that an older Python made, on which pip would fail without saying why.
define check_venv
@$(BIN)/python -c '$(NEW_ENOUGH)' \
  || { echo "This needs Python 3.11 or newer; $$($(BIN)/python -V 2>&1) made $(VENV). Remove $(VENV) and try again: rm -r $(VENV)" >&2; exit 1; }
endef
