# Two commands are all there is to set up: `make run` and `make test`.

PORT ?= 8000
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3 || echo python3)

export PORT

.DEFAULT_GOAL := help
.PHONY: help run test bench fuzz lint clean

help:  ## tell what there is
	@sed -n 's/^\([a-z]*\):.*## */  make \1	/p' Makefile | expand -t 16

run:  ## start everything: address and demo log-ins are printed, Ctrl-C stops it
	@$(PYTHON) -m drafting.launch run

test:  ## check everything: style, types, layers, migrations, front end, all tests
	@$(PYTHON) -m drafting.launch test

bench:  ## measure import, redline, papers and pages on a 200-page draft
	@$(PYTHON) -m drafting.launch bench

fuzz:  ## try the line between browsers and server for an hour; SEED=n plays one trial again
	@$(PYTHON) -m drafting.launch fuzz

lint:  ## only style, types and layers
	@$(PYTHON) -m drafting.launch lint

clean:  ## remove what can be made again; the data folder stays
	@$(PYTHON) -m drafting.launch clean
