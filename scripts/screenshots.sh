#!/usr/bin/env bash
# Takes a picture of every page of the full demo, at two sizes, into web/shots/pictures.
set -euo pipefail
cd "$(dirname "$0")/.."
exec scripts/with-demo.sh --scenario full -- npx playwright test --config shots/playwright.config.ts "$@"
