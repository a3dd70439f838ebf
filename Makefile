# Every target sets up what it needs: a virtual environment in .venv, from Python 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin
PRISM := .venv/prism/prism
PRISM_VERSION := v2.77.0
DEMO := build/demo

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-portable lint format type oracles coverage bench bench-parse bench-truth bench-dedup bench-hot bench-rebuild bench-exclude bench-mutants torture calibrate keywords golden clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/ready  ## make the virtual environment and install warpbeam with all it needs

.venv/ready: setup.py pipeline/__init__.py
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "warpbeam needs Python 3.11 or newer, and %s is %s; try: make PYTHON=python3.11" % (sys.executable, sys.version.split()[0]))'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[demo,dev]'
	@touch $@

demo: setup  ## build and validate a dataset from real code of this machine and a few packages
	$(BIN)/python -m pipeline.demo $(DEMO)

test: setup  ## run the tests
	$(BIN)/python -m pytest -q

test-portable: setup  ## run the graph on Prism, a Beam job service with workers of its own
	@if command -v go >/dev/null; then $(MAKE) --no-print-directory $(PRISM) && $(BIN)/python -m pytest -q tests/portable --prism=$(PRISM); \
	else echo 'SKIPPED: the portable run needs Go to install Prism, and there is no go here'; fi

$(PRISM):
	GOBIN=$(abspath $(dir $@)) go install github.com/apache/beam/sdks/v2/go/cmd/prism@$(PRISM_VERSION)

lint: setup  ## check style and form
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: setup  ## mend style and form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

type: setup  ## check types
	$(BIN)/mypy

oracles: setup  ## hold outlines against the languages' own parsers and taggers: make oracles CORPUS=folder
	$(BIN)/python -m tests.oracles all $(CORPUS)
	$(BIN)/python -m tests.oracles.tags all $(CORPUS)
	$(BIN)/python -m tests.oracles.ctags all $(CORPUS)

coverage: setup  ## what the outlines see of a corpus, each held to its promises: make coverage CORPUS=folder
	$(BIN)/python -m tests.benchmarks.coverage $(CORPUS) $(LANGUAGES)

bench: setup  ## measure throughput and memory; takes minutes
	$(BIN)/python -m tests.benchmarks.build

bench-parse: setup  ## measure parsing by language against bare tree-sitter: make bench-parse CORPUS=folder
	$(BIN)/python -m tests.benchmarks.parse $(CORPUS) $(LANGUAGES)

bench-truth: setup  ## hold file dedup against the exact truth on a corpus and edited copies: make bench-truth CORPUS=folder
	$(BIN)/python -m tests.benchmarks.dedup_truth $(CORPUS)

bench-dedup: setup  ## measure near dedup against the reference and its peers, and its share of a build: make bench-dedup CORPUS=folder
	$(BIN)/python -m tests.benchmarks.dedup $(CORPUS)
	$(BIN)/python -m tests.benchmarks.dedup_share $(CORPUS)

bench-hot: setup  ## measure near dedup where 100,000 files, or a million band keys, fall into one bucket
	$(BIN)/python -m tests.benchmarks.dedup_hot

bench-rebuild: setup  ## measure rebuilds with a dedup index against full builds: make bench-rebuild CORPUS=folder
	$(BIN)/python -m tests.benchmarks.rebuild $(CORPUS)

bench-exclude: setup  ## what is found of HumanEval, what is taken by mistake, what it costs: make bench-exclude CORPUS=folder
	$(BIN)/python -m tests.benchmarks.decontaminate $(CORPUS)

bench-mutants: setup  ## what share of Python bugs changes what doctests and tests say: make bench-mutants CORPUS=folder of packages, which it runs
	$(BIN)/python -m tests.benchmarks.mutants $(CORPUS) $(COUNT) $(SITE)

torture: setup  ## every grammar under hostile files, through drafts and a build; takes half an hour
	$(BIN)/python -m tests.benchmarks.torture $(CORPUS)

golden: setup  ## write the golden outlines and README's table again; review the difference
	$(BIN)/python -m tests.outlines.golden $(LANGUAGE)
	$(BIN)/python -m tests.readme

calibrate: setup  ## make the difficulty table again: make calibrate CORPUS=folder
	$(BIN)/python -m pipeline.calibrate $(CORPUS)

keywords: setup  ## make the list of keywords again from the parser's grammars
	$(BIN)/python -m pipeline.keywords

clean:  ## remove what the targets made
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
