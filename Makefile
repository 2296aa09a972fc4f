# Both commands set up what they need: .venv from PyPI, and for the tests Debian's packages for the lab.
PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/bash

.PHONY: help demo test fast lint fix docs records lab-packages clean

help:
	@echo "make demo   set up, then judge the shipped record of a practice estate; reports in out/"
	@echo "make test   set up, then run formatter, linter, types, import contracts and every test, the lab included"
	@echo "make fast   the tests that need no lab, again and again"
	@echo "make fix    let the formatter and the linter mend what they can"
	@echo "make docs   write the generated pages again"
	@echo "make records  read the machines of both practice records anew, when a check asks them for more"

demo: .venv/ready
	@mkdir -p out
	@$(BIN)/hv-preflight demo --html out/report.html --junit out/junit.xml --json out/report.json; \
	  code=$$?; if [ $$code -ne 1 ]; then echo "expected exit 1 (not ready), got $$code"; exit 1; fi
	@echo "open out/report.html"

test: .venv/ready-test lint
	$(BIN)/python -m pytest $(PYTEST)

fast: .venv/ready-test
	$(BIN)/python -m pytest -q -m "not lab and not browser" $(PYTEST)

lint: .venv/ready-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports

fix: .venv/ready-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/ready
	$(BIN)/python -m docs.generate

records: .venv/ready-test
	$(BIN)/python -m lab machines

.venv/bin/python:
	@$(PYTHON) -m venv .venv 2>/dev/null || { rm -rf .venv; \
	  [ "$$(id -u)" = 0 ] || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null && $(PYTHON) -m venv .venv; }

.venv/ready: .venv/bin/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/ready-test: .venv/bin/python pyproject.toml | lab-packages
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[kerberos,credssp,dev]" || \
	  { [ "$$(id -u)" != 0 ] && echo "without Kerberos, which needs libkrb5-dev, python3-dev and gcc" && \
	    $(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[credssp,dev]"; }
	@touch .venv/ready $@

# Samba, Kerberos, namespaces, Chromium; without root the tests that need them are skipped and say so.
lab-packages:
	@if [ "$$(id -u)" = 0 ]; then lab/install.sh; else echo "not root: the tests that need the lab will be skipped"; fi

clean:
	rm -rf .venv out
