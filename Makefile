# Two commands do everything on a fresh machine: `make demo` and `make test`. Both set up what they need.
PYTHON ?=
PORT ?= 8000
VENV := .venv/bin

.PHONY: demo test check bench docs picture assets format lock clean help

help:
	@echo "make demo   read, check and serve the example plan (PORT=8000)"
	@echo "make test   the whole suite: SQLite and PostgreSQL, browser journeys"
	@echo "make check  format, lint, types, layers, documentation"
	@echo "make bench  the speed claims, as ratios"
	@echo "make docs   the documentation site, in site/"

demo:
	@PYTHON=$(PYTHON) scripts/setup.sh
	@$(VENV)/python scripts/demo.py --port $(PORT)

test:
	@PYTHON=$(PYTHON) scripts/setup.sh browser postgres spark
	@scripts/test.sh

check:
	@PYTHON=$(PYTHON) scripts/setup.sh
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/mypy
	$(VENV)/lint-imports
	$(VENV)/python scripts/check_docs.py
	NO_MKDOCS_2_WARNING=1 $(VENV)/mkdocs build --strict

bench:
	@PYTHON=$(PYTHON) scripts/setup.sh
	$(VENV)/python -m benchmarks

docs:
	@PYTHON=$(PYTHON) scripts/setup.sh
	NO_MKDOCS_2_WARNING=1 $(VENV)/mkdocs build --strict

picture:
	@PYTHON=$(PYTHON) scripts/setup.sh browser
	$(VENV)/python scripts/picture.py

assets:
	@rm -f src/trigpoint/web/static/vendor/.built
	@PYTHON=$(PYTHON) scripts/setup.sh

format:
	$(VENV)/ruff format .
	$(VENV)/ruff check --fix .

# Names, versions and hashes, and no address of any registry, so that it works behind a mirror.
lock:
	uv pip compile -q --universal --generate-hashes --extra web --group dev pyproject.toml -o requirements.lock --no-header --no-annotate
	sed -n 's/^ *"\(pyspark[^"]*\)".*/\1/p' pyproject.toml | uv pip compile -q --universal --generate-hashes - -o requirements-spark.lock --no-header --no-annotate

clean:
	rm -rf build dist site .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
