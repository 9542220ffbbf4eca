#!/usr/bin/env bash
# Runs the browser tests against demos of their own: the drawn classrooms, and the half year for what takes that long.
set -euo pipefail
cd "$(dirname "$0")"
./with-demo.sh -- npm run --silent e2e -- --grep-invert @full "$@"
./with-demo.sh --scenario full -- npm run --silent e2e -- --grep @full "$@"
