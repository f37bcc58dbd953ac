# make run    sets up what the dashboard needs and starts it on http://localhost:8501 (PORT=8600 make run for another)
# make test   sets up what the tests need and runs all of them
# make pictures  draws every slide into var/pictures, plain, in grey and as with each colour-vision deficiency
# make soak   the long runs: publishing killed a hundred times, 200 random datasets attacked, 20 pairs of stores compared, servers killed and lines cut
# make load   a hundred readers at once, fifty who act beside large workbooks
# make supply pins everything with hashes, writes the bill of materials and the licences, and looks for known faults
# make bench  measures every page against an empty Streamlit page

PORT ?= 8501
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
PIP := $(VENV)/bin/python -m pip install --disable-pip-version-check --quiet
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable microsoft-edge microsoft-edge-stable

.PHONY: run test soak bench load supply pictures browser clean

run: $(VENV)/run.ready
	@echo "The dashboard: http://localhost:$(PORT) (stop it with Ctrl+C)"
	@exec $(VENV)/bin/python -m streamlit run dashboard.py --server.port $(PORT) --browser.serverPort $(PORT)

test: $(VENV)/test.ready browser
	$(VENV)/bin/python -m pytest --numprocesses auto --maxprocesses 4

bench: $(VENV)/test.ready browser
	@$(PIP) -r benchmarks/requirements.txt
	$(VENV)/bin/python -m benchmarks

soak: $(VENV)/test.ready browser
	$(VENV)/bin/python -m tests.store.soak
	$(VENV)/bin/python -m tests.domain.soak
	$(VENV)/bin/python -m tests.pages.soak_two_stores
	$(VENV)/bin/python -m pytest tests/browser/soak_faults.py

load: $(VENV)/test.ready browser
	$(VENV)/bin/python -m benchmarks.load

SUPPLY := var/supply/bin
supply: $(VENV)/run.ready
	@$(PYTHON) -m venv var/supply && $(SUPPLY)/python -m pip install --disable-pip-version-check --quiet -r deploy/supply.txt
	$(SUPPLY)/uv pip compile requirements.txt --universal --python-version 3.11 --generate-hashes --quiet --no-header --output-file deploy/requirements.lock
	$(SUPPLY)/cyclonedx-py requirements deploy/requirements.lock --output-reproducible --output-format JSON --output-file deploy/bill-of-materials.json
	$(SUPPLY)/pip-licenses --python $(VENV)/bin/python --packages $$(sed -n 's/^\([a-z0-9._-]*\)==.*/\1/p' deploy/requirements.lock) --format markdown --with-urls --output-file deploy/licences.md
	$(SUPPLY)/pip-audit --requirement deploy/requirements.lock --require-hashes --disable-pip

pictures: $(VENV)/test.ready
	$(VENV)/bin/python -m tests.pictures

$(VENV)/run.ready: requirements.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed, and none was found. Name it: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up the dashboard in $(VENV) with $(PYTHON): this takes about half a minute, once."
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
		&& echo "Installing what Python needs to make a virtual environment." && apt-get update -qq \
		&& apt-get install -y -qq python3-venv >/dev/null && $(PYTHON) -m venv $(VENV); } \
		|| { echo "Python cannot make a virtual environment here. On Debian: apt-get install python3-venv"; exit 1; }
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/test.ready: $(VENV)/run.ready tests/requirements.txt
	@echo "Setting up what the tests need in $(VENV)."
	@$(PIP) -r tests/requirements.txt
	@touch $@

# What tests use beside Python: a browser of each kind, what opens a presentation as PowerPoint would, and the server that stands in front.
browser:
	@missing=""; \
	has() { for p in "$$@"; do command -v $$p >/dev/null && return 0; done; return 1; }; \
	has $(BROWSERS) || missing="$$missing chromium"; \
	has firefox-esr firefox || missing="$$missing firefox-esr"; \
	has soffice libreoffice || missing="$$missing libreoffice-impress"; \
	has pdftoppm || missing="$$missing poppler-utils"; \
	has nginx /usr/sbin/nginx || missing="$$missing nginx-light"; \
	has openssl || missing="$$missing openssl"; \
	test -z "$$missing" && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing what the tests use:$$missing. This takes a minute, once."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else echo "Not here:$$missing. Tests that need them are reported as skipped (a browser of Playwright's own is used if there is one)."; fi

clean:
	rm -rf $(VENV)
