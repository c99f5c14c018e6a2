# `make serve` shows the site, `make test` proves it; each sets up what it needs, in this folder.
# The CPU build of torch on Linux elsewhere: make serve TORCH_INDEX=https://download.pytorch.org/whl/cpu

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
TORCH_INDEX ?=
BIN := .venv/bin
READY := .venv/ready

# MkDocs' theme prints advice about MkDocs' future at each build; we know.
export NO_MKDOCS_2_WARNING := 1
export PYRIGHT_PYTHON_CACHE_DIR := .venv/pyright

.PHONY: help serve site test check mutants processors accept browser clean

help:  ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

serve: $(READY)  ## Show the site at $(ADDRESS), and follow every edit
	$(BIN)/mkdocs serve --livereload --dev-addr $(ADDRESS)

site: $(READY)  ## Build the site into site/
	$(BIN)/mkdocs build --strict

test: $(READY) browser  ## Prove the pages, then everything that pytest runs: engine, browser, the pages' cells
	$(BIN)/unrolled check
	$(BIN)/python -m pytest -n auto --dist worksteal tests
	$(BIN)/python -m pytest --markdown-docs --markdown-docs-syntax=superfences docs

check: test  ## `test`, strict build, lint and types: what must be green before a merge
	$(BIN)/mkdocs build --strict --quiet
	$(BIN)/ruff check .
	$(BIN)/ruff format --check hooks tests benchmarks
	$(BIN)/codespell
	$(BIN)/pyright
	npm_config_cache=.venv/npm npm exec --yes --package=typescript@5.9.3 -- tsc --noEmit --allowJs --checkJs --strict \
		--target es2022 --module es2022 --moduleResolution bundler --lib es2022,dom,dom.iterable quiz_js/*.js

mutants: $(READY)  ## Change one thing at a time in copies of the pages, and report what the check does not notice
	$(BIN)/unrolled mutants

processors: $(READY)  ## Run chains natively and, under QEMU, as other processors, and compare the bits (minutes)
	$(BIN)/python benchmarks/processors

accept: $(READY)  ## Record the pages' outputs as they are now
	$(BIN)/unrolled accept

browser: $(READY)
	@$(BIN)/python tests/browser.py

clean:  ## Delete everything that can be made again
	rm -rf .venv .cache site build .pytest_cache .ruff_cache hooks/*.egg-info
	find hooks tests -name __pycache__ -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, and $(PYTHON) is " + sys.version.split()[0] + ". Say which to use: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) --constraint constraints.txt --editable '.[dev]'
	@touch $@
