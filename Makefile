# `make serve` shows the site, `make test` proves it; each sets up what it needs, in this folder, and says so.
# On Linux, the CPU build of torch: make serve TORCH_INDEX=https://download.pytorch.org/whl/cpu

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
TORCH_INDEX ?=
PAGE ?=
UPGRADE ?=
BIN := .venv/bin
SET_UP := $(PYTHON) scripts/environment.py --torch-index '$(TORCH_INDEX)'
UV := uv==0.13.9
NPM := npm_config_cache=.venv/npm npm exec --yes
FIRST := the first time every page's code is run, which takes minutes; then only what changed

# MkDocs' theme prints advice about MkDocs' future at each build; we know.
export NO_MKDOCS_2_WARNING := 1
export PYRIGHT_PYTHON_CACHE_DIR := .venv/pyright

.PHONY: help ready serve site test check mutants notebooks offline processors zensical bench accept browser lock clean

help:  ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

ready:  ## Set up what the others need, and nothing else
	@$(SET_UP)

serve:  ## Show the site at $(ADDRESS), and follow every edit
	@$(PYTHON) scripts/address.py '$(ADDRESS)'
	@$(SET_UP)
	@echo "make serve: building the site, then showing it at http://$(ADDRESS)/ ($(FIRST))"
	@$(BIN)/mkdocs serve --livereload --dev-addr $(ADDRESS)

site: ready  ## Build the site into site/
	$(BIN)/mkdocs build --strict

test: ready browser  ## Prove the pages, then everything that pytest runs: engine, browser, the pages' cells
	@echo "make test: 1 of 3: do the pages say what torch does? ($(FIRST))"
	$(BIN)/unrolled check
	@echo "make test: 2 of 3: the engine, the widget and the site in a browser"
	$(BIN)/python -m pytest -n auto --dist worksteal tests
	@echo "make test: 3 of 3: the pages' cells under pytest"
	$(BIN)/python -m pytest --markdown-docs --markdown-docs-syntax=superfences docs

check: test  ## `test`, strict build, lint and types: what must be green before a merge
	$(BIN)/mkdocs build --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check hooks tests benchmarks scripts
	$(BIN)/codespell
	$(BIN)/pyright
	$(NPM) --package=typescript@5.9.3 -- tsc --project jsconfig.json
	$(NPM) --package=prettier@3.10.1 -- prettier --check quiz_js tests/widget '!tests/widget/torch-steps.js' jsconfig.json package.json
	node --test tests/widget/*.test.js

mutants: ready  ## Change one thing at a time in copies of the pages, and report what the check does not notice
	$(BIN)/unrolled mutants

offline: ready  ## Build build/unrolled.zip: unpacked anywhere, the site works from the file system
	$(BIN)/python -m unrolled.site.take.zipped build/unrolled.zip

notebooks: ready  ## Run the notebook of every page, and compare what its cells give with the page (minutes)
	$(BIN)/python -m pytest -n auto --all-notebooks tests/site/test_notebooks.py

processors: ready  ## Run chains natively and, under QEMU, as other processors, and compare the bits (minutes)
	$(BIN)/python benchmarks/processors

zensical: ready  ## Build the site with Zensical too, and compare each page with MkDocs' (installs Zensical into .cache)
	$(BIN)/python -m benchmarks.zensical

bench: ready  ## Compare the time of builds with plain MkDocs' and markdown-exec's (installs that into .cache; minutes)
	$(BIN)/python -m benchmarks.builds

accept: ready  ## Record the pages' outputs as they are now; PAGE=docs/rnn/learn.md records one page's
	$(BIN)/unrolled accept $(PAGE)

browser: ready
	@$(BIN)/python tests/support/chromium.py

lock:  ## Write requirements.txt from pyproject.toml; UPGRADE=numpy takes its newest version, UPGRADE=all everybody's
	@echo "make lock: asking PyPI for what pyproject.toml needs; versions in requirements.txt are kept where they can be"
	@$(PYTHON) -m venv .cache/uv
	@.cache/uv/bin/python -m pip install --quiet --disable-pip-version-check $(UV)
	@.cache/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-build \
		--no-emit-package torch $(if $(UPGRADE),$(if $(filter all,$(UPGRADE)),--upgrade,--upgrade-package $(UPGRADE))) \
		--custom-compile-command 'make lock (all but torch, whose exact version is in pyproject.toml)' \
		--output-file requirements.txt pyproject.toml
	@git diff --stat -- requirements.txt

clean:  ## Delete everything that can be made again
	rm -rf .venv .cache site build .pytest_cache .ruff_cache hooks/*.egg-info
	find hooks tests scripts -name __pycache__ -prune -exec rm -rf {} +
