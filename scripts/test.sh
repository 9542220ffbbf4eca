#!/usr/bin/env bash
# The whole suite, cheapest checks first. Called by `make test` after setup.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n\033[1m== %s (%(%H:%M:%S)T)\033[0m\n' "$1" -1; }

step "formatting"
cargo fmt --all --check

step "web pages: lint, unit tests, build"
(cd web && npm run --silent lint && npm run --silent check && npm run --silent test)
scripts/build-web.sh

step "Rust: lints"
cargo clippy --workspace --all-targets --locked -- -D warnings

step "Rust: build"
cargo build --workspace --locked --bins
cargo nextest run --workspace --locked --no-run

step "Rust: tests, with a private PostgreSQL"
scripts/test-services cargo nextest run --workspace --locked

step "whatever the OpenAPI document allows, asked of a real service"
scripts/fuzz_api.py "${DUXUE_BINARY:-target/debug/duxue}"

step "browser tests against the demo"
scripts/e2e.sh
