# Every target sets up .venv from the lock, once; what only tests need comes with the first of them.
# Set PYTHON to choose the interpreter.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
READY := $(VENV)/ready
TESTED := $(VENV)/tested
BENCHMARK := .venv-benchmark
# Files as wholes, in the order of conftest.py.
SPREAD := -n auto --dist loadfile --no-loadscope-reorder
# What a user has set for other programs; the rest of it commands and tests set aside themselves.
unexport $(filter PYTHON% PYTEST%,$(.VARIABLES))
export PIP_DISABLE_PIP_VERSION_CHECK := 1
.PHONY: briefings handouts test mutation faults benchmark notebooks messages lab clean
.DELETE_ON_ERROR:

briefings: $(READY)  ## set up, run what has changed, write pages and sheets; EDITION=en for one language
	$(RUN) briefing briefings $(addprefix --edition ,$(EDITION))

handouts: $(READY)  ## write workbook, Word, slides and charts that people edit
	$(RUN) briefing handouts

test: $(TESTED)  ## set up, run all tests
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) briefing briefings
	PIP_NO_INDEX=1 $(RUN) pytest --nbval $(SPREAD) notebooks tests

faults: $(TESTED)  ## let every command be killed, find a full disk and more; takes minutes
	PYTHONPATH=tests $(RUN) faults

mutation: $(TESTED)  ## change the project in one place at a time and see whether tests notice
	PYTHONPATH=tests $(RUN) mutation

notebooks: $(READY)  ## run every notebook and store its outputs
	$(RUN) briefing notebooks

messages: $(READY)  ## bring the PO files up to date with what the notebooks say
	$(RUN) briefing messages

lab: $(READY)  ## open JupyterLab on the notebook for exploring
	$(RUN) jupyter lab notebooks/10-explore.ipynb

benchmark: $(BENCHMARK)/ready  ## measure against other tools, write benchmarks/RESULTS.md
	$(BENCHMARK)/bin/python -m benchmarks

clean:  ## remove what make has made
	rm -rf $(VENV) $(BENCHMARK) .fonts site

$(READY): requirements.txt pyproject.toml
	@echo "Setting up $(VENV): the packages of the lock, some 650 MB; a minute or more, as the network is."
	$(PYTHON) -m venv --clear $(VENV)
	# The lock is whole; pip of before 2024 would look for what an extra adds in newer versions.
	$(RUN) pip install --quiet --no-deps --require-hashes -r requirements.txt
	# A relative path, as Python cannot read one with other than ASCII letters in every locale.
	cd $(VENV)/lib/python3*/site-packages && echo ../../../.. > briefing.pth
	# Lists the fonts once, so that no command has to; settings.py finds the list there.
	MPLCONFIGDIR=$(VENV)/matplotlib $(RUN) matplotlib.font_manager
	touch $(READY)

$(TESTED): $(READY) requirements-test.txt
	@echo "Adding what tests need, some 250 MB; half a minute or more."
	$(RUN) pip install --quiet --no-deps --require-hashes -r requirements-test.txt
	touch $(TESTED)

$(BENCHMARK)/ready: requirements.txt requirements-test.txt benchmarks/requirements.txt
	$(PYTHON) -m venv --clear $(BENCHMARK)
	$(BENCHMARK)/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements.txt
	$(BENCHMARK)/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements-test.txt
	$(BENCHMARK)/bin/python -m pip install --quiet --requirement benchmarks/requirements.txt
	$(BENCHMARK)/bin/python -m matplotlib.font_manager
	MPLCONFIGDIR=$(BENCHMARK)/matplotlib $(BENCHMARK)/bin/python -m matplotlib.font_manager
	touch $@
