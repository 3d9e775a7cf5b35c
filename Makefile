# Dinh: two commands matter, `make run` and `make test`. Each sets up what it needs first.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

export CARGO_TARGET_DIR := $(abspath $(or $(CARGO_TARGET_DIR),target))
export DINH_BUNDLE := $(CARGO_TARGET_DIR)/bundle

.PHONY: help setup plugins build run test test-fast fuzz mutants bench

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## Install everything that running and testing need
	@tools/setup.sh test

plugins: ## Compile the plugins and lay out the bundle that the host loads
	@tools/setup.sh run
	@tools/plugins.sh

build: plugins ## The release binary, plugins and themes inside
	cargo build --locked --release --workspace --bins
	@echo "built $(CARGO_TARGET_DIR)/release/dinh"

run: plugins ## Everything needed, then the demo on http://localhost:8080
	cargo build --locked --workspace --bins
	$(CARGO_TARGET_DIR)/debug/dinh demo

test: ## Everything needed, then every check, on both databases and in the browser
	@tools/test.sh all

test-fast: ## For developers: formatting, lints, unit and integration tests on SQLite
	@tools/test.sh fast

fuzz: plugins ## Random components at the door of the sandbox, SECONDS_EACH=600 for each of three sorts
	cargo build --locked --workspace --bins
	DINH_FUZZ_SECONDS=$(or $(SECONDS_EACH),600) cargo test --locked --workspace --test portal hostile::random -- --nocapture

mutants: plugins ## Take away one guard after the other: the tests must notice each
	node tools/mutants.mjs

bench: plugins ## Measure the portal beside nginx and the bare search engine, on both databases
	@tools/setup.sh bench
	@tools/bench.sh $(CASES)
