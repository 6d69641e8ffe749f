# The commands of the project; README.md says what each is for.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
PORT   ?= 8000
FLASK  := $(PY) -m flask --app wsgi
SOURCE := diary tests bench wsgi.py

.PHONY: install run test soak bench check format

install: $(VENV)/.installed

$(VENV)/.installed: requirements.txt requirements-dev.txt
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# A bloc of made-up people on this machine only. exec: the server takes the signals sent to this process, and the worker ends with it.
run: install
	@export DIARY_DEMO=1 && $(FLASK) demo --if-empty && { nice $(FLASK) worker --parent $$$$ & } && \
	exec $(PY) -m granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 1 --blocking-threads 4 --backpressure 64 --no-ws --log-level warning wsgi:app

test: install
	@$(PY) -m tests.run

soak: install
	@$(PY) -m pytest --soak -m soak -n 0

bench: install
	@$(PY) -m bench

check: install
	@$(VENV)/bin/ruff check $(SOURCE)
	@$(VENV)/bin/ruff format --check --quiet $(SOURCE)
	@$(VENV)/bin/mypy

format: install
	@$(VENV)/bin/ruff check --fix $(SOURCE)
	@$(VENV)/bin/ruff format $(SOURCE)
