# Two commands are enough: `make play` and `make test`. Each sets up what it needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup play test lint types contracts unit soak monkey fuzz rules golden example evening snapshots pictures balance coverage bench bench-screen bench-saves fast slow claims clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "wargame needs Python 3.11 or newer; '$(PYTHON)' is older. Try: make PYTHON=python3.12 play" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

setup: $(STAMP) ## make the virtual environment

play: $(STAMP) ## set up and open the game
	@$(BIN)/wargame

test: slow lint types contracts unit ## set up and pass all checks and quick tests (a quarter of an hour on two cores)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

unit: $(STAMP)
	$(BIN)/pytest -n 2 --dist worksteal -m "not soak"

soak: $(STAMP) ## the long tests: whole games, kills, privacy, the lab, any hand (half an hour)
	$(BIN)/pytest -n 2 --dist worksteal -m soak

monkey: $(STAMP) ## ten minutes of any hand at the real program, with new seeds
	$(BIN)/python -m tests.monkey --minutes 10

fuzz: $(STAMP) ## play many random games under all the laws
	$(BIN)/wargame fuzz --games 2000

rules: $(STAMP) ## write what docs generate anew: parts of rules.md, docs/cards.md, ten-questions.md, session.md, reference.md
	$(BIN)/python -m tests.rulebook
	$(BIN)/python -m tests.session_page
	$(BIN)/python -m tests.reference_page

golden: $(STAMP) ## write the golden playthroughs anew (then read the diff)
	$(BIN)/python -m tests.golden

example: $(STAMP) ## play the example game in saves/ anew
	$(BIN)/python -m tests.example

evening: $(STAMP) ## play the facilitated evening in saves/ anew
	$(BIN)/python -m tests.evening

snapshots: $(STAMP) ## accept the screens as they are now (look at them first)
	$(BIN)/pytest tests/tui -q --snapshot-update

pictures: $(STAMP) ## draw the pictures in README and docs anew
	$(BIN)/python -m tests.pictures

claims: $(STAMP) ## judge the claims of the decks into docs/claims.md, on judging seeds (half an hour)
	$(BIN)/wargame claims --games 1000 -o docs/claims.md >/dev/null

balance: $(STAMP) ## measure the balance of the decks into docs/balance.md (an hour; after make fast, half)
	$(BIN)/wargame balance --games 2000 --strong 200 -o docs/balance.md >/dev/null

coverage: $(STAMP) ## which lines the tests reach
	$(BIN)/coverage run -m pytest -p no:xdist; $(BIN)/coverage report

bench: $(STAMP) ## measure speed against its budget
	$(BIN)/python -m tests.bench

bench-screen: $(STAMP) ## first paint, key to repaint, bytes and idle time on a pseudo-terminal
	$(BIN)/python -m tests.bench.screen

bench-saves: $(STAMP) ## what the worst saves that pass every limit cost to read
	$(BIN)/python -m tests.bench.worst

fast: $(STAMP) ## compile the rules in place and prove them the same (docs/speed.md)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group fast
	$(BIN)/python scripts/fast.py

slow: ## back to the plain rules
	@find wargame -name '*.so' -delete

clean: slow ## remove what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache monkey-found
