#!/usr/bin/env bash
# Builds the pages into web/dist, unless nothing has changed since the last time.
set -euo pipefail
cd "$(dirname "$0")/../web"
stamp=dist/.built
if [ -e "$stamp" ] && [ -z "$(find src public build index.html package-lock.json vite.config.ts tsconfig.json -newer "$stamp" -print -quit 2>/dev/null)" ]; then
  exit 0
fi
echo "building the web pages"
npm run --silent build
touch "$stamp"
