# Two commands do it all: `make serve` and `make test`. Each sets the machine up first,
# and keeps what it made until what that was made from changes.

PYTHON ?= python3
PORT ?= 8000
MINUTES ?= 28
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/.cache/bin:$(PATH)
export PYTHONUNBUFFERED := 1
# Material for MkDocs would tell of its successor at every build.
export NO_MKDOCS_2_WARNING := 1

SETUP := $(PYTHON) tools/setup.py
# What a part's set-up touches last. A part is set up again when its pins change, not
# when another part was: hence the prerequisites behind the bars below.
UV := .cache/uv/.installed
VENV := .venv/.synced
SERVERS := .venv/.servers
NODE := .cache/bin/.node
NODE_MODULES := node_modules/.package-lock.json
WHEELS := .cache/wheels/.complete
LOCK := docs/assets/runtime/lock.json
PAGE := overrides/page-version.html
# Units smaller than files, in the order of collection: see tests/helpers/scheduling.py.
PYTEST := pytest --numprocesses=auto --no-loadscope-reorder

.PHONY: help serve check test unit capabilities imports build benchmark benchmark-servers lint format lock clean runtime site
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## List what make can do.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 27

serve: runtime $(PAGE) ## Serve the site with live reload (PORT=8000).
	@watchmedo shell-command --recursive --patterns='**/*.py;**/*.js;**/*.css' --wait \
		--command='$(MAKE) --no-print-directory runtime $(PAGE)' \
		src/runnable/inmemory src/page & watcher=$$!; \
	trap 'kill $$watcher 2>/dev/null' EXIT INT TERM; \
	mkdocs serve --config-file mkdocs-serve.yml --watch mkdocs.yml --dev-addr 127.0.0.1:$(PORT)

check: lint unit site ## Prove what takes no server of its own and no browser: for the work in between.
	$(PYTEST) tests/catalogue tests/inmemory tests/repository tests/site

test: lint unit site $(SERVERS) .cache/bin/chromium .cache/bin/firefox ## Prove everything: lint, types, all tests, on all servers and in browsers.
	$(PYTEST)

unit: $(NODE_MODULES) $(VENV) ## Test the page's JavaScript that needs no browser, in Node.
	node --test tests/page/unit/*.test.js

capabilities: $(SERVERS) ## Measure what each server can do, for the tables of the site.
	pytest --write-capabilities --ignore tests/capabilities/test_published.py tests/capabilities
	pytest tests/capabilities/test_published.py

imports: runtime ## Run the examples anew, for which of Python's library they wait.
	python tools/imports.py

build: site ## Write the site to site/, for any static host.

benchmark: site .cache/bin/chromium ## Measure the site in Chromium, in six minutes.
	python -m benchmarks

benchmark-servers: $(SERVERS) ## Measure real servers under load, on a quiet machine (MINUTES=28).
	python -m benchmarks.servers --minutes $(MINUTES)

lint: $(VENV) $(NODE_MODULES) ## Check style, spelling and types only.
	ruff check
	ruff format --check
	codespell
	mypy
	node_modules/.bin/tsc --project tsconfig.json
	node_modules/.bin/tsc --project tests/page/unit/tsconfig.json

format: $(VENV) ## Put the Python code in its standard form.
	ruff check --fix
	ruff format

lock: $(UV) $(NODE) ## Pin anew: the newest versions that the .in files and package.json allow.
	$(SETUP) lock

clean: ## Delete all that make made.
	rm -rf .cache .venv node_modules site docs/assets/runtime docs/assets/page $(PAGE)

# The date that a sitemap gives is that of the last change, so that two builds of it are equal.
site: runtime $(PAGE)
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || date +%s)} mkdocs build --strict
	@python -m runnable.site.publish

runtime: $(VENV) $(NODE_MODULES) $(WHEELS)
	@python -m runnable.runtime.build

# Written only where it changes.
$(LOCK): runtime ;

$(PAGE): $(shell find src/page -name '*.js' -o -name '*.css' -o -name '*.html') tools/bundle.js docs/includes/links.md $(LOCK) $(NODE_MODULES)
	node tools/bundle.js

$(UV): requirements/uv.txt
	$(SETUP) uv
	@touch $@

$(VENV): requirements/dev.txt pyproject.toml | $(UV)
	$(SETUP) venv
	@touch $@

$(SERVERS): requirements/servers.txt tools/setup_servers.py $(VENV)
	$(PYTHON) tools/setup_servers.py
	@touch $@

$(NODE): requirements/node.txt | $(VENV)
	$(SETUP) node
	@touch $@

$(NODE_MODULES): package-lock.json .npmrc | $(NODE)
	npm ci --no-progress
	@touch $@

$(WHEELS): requirements/browser.txt | $(VENV)
	$(SETUP) wheels
	@touch $@

.cache/bin/chromium:
	$(SETUP) chromium

.cache/bin/firefox:
	$(SETUP) firefox
