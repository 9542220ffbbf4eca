#!/usr/bin/env bash
# Runs the browser tests against a demo of their own.
set -euo pipefail
exec "$(dirname "$0")/with-demo.sh" -- npm run --silent e2e -- "$@"
