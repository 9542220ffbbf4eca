# duxue: two commands for newcomers, the rest for those who stay. `make help` lists them.
SHELL := /bin/bash
export PATH := $(HOME)/.cargo/bin:$(HOME)/.local/bin:$(PATH)

.PHONY: help demo test lint deny web e2e screenshots bench-ingest generate

help: ## list the commands
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

demo: ## install what is missing, build, and show duxue with drawn classrooms
	@scripts/setup.sh run
	@scripts/build-web.sh
	cargo build --release --locked --bin duxue
	@exec ./target/release/duxue demo

test: ## the whole suite: formatting, lints, Rust, web, browser; with a real PostgreSQL and a real S3 server
	@scripts/setup.sh test
	@scripts/test.sh

lint: ## formatting and lints only
	@scripts/setup.sh test
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cd web && npm run lint

deny: ## licences, advisories and who may depend on what (needs cargo-deny)
	cargo deny check bans licenses sources

web: ## build the pages into web/dist
	@scripts/setup.sh run
	@scripts/build-web.sh

e2e: ## browser tests against a demo that they start themselves
	@scripts/setup.sh test
	@scripts/build-web.sh
	cargo build --locked --bin duxue
	@scripts/e2e.sh

bench-ingest: ## CPU and memory of recording against ffmpeg, and of analysis by stage
	@scripts/setup.sh run
	cargo run --release --locked -p duxue-bench -- ingest

generate: ## write api/openapi.json and the web types from the code
	UPDATE_OPENAPI=1 cargo nextest run --locked -p duxue-api openapi
	cd web && npm run generate

screenshots: ## pictures of every page of the full demo, at two sizes, in web/shots/pictures
	@scripts/setup.sh test
	@scripts/build-web.sh
	cargo build --locked --bin duxue
	@scripts/screenshots.sh
