#!/usr/bin/env bash
# Starts a demo of its own on a free port, runs a command in web/ with its address and sign-ins, and stops it.
#
#   scripts/with-demo.sh [OPTIONS OF THE DEMO] -- COMMAND
set -euo pipefail
cd "$(dirname "$0")/.."
options=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=("$1"); shift; done
[ $# -gt 1 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 64; }
shift
binary=${DUXUE_BINARY:-target/debug/duxue}
work=$(mktemp -d)
"$binary" demo "${options[@]}" --listen 127.0.0.1:0 --data "$work/data" --ready "$work/ready.env" >"$work/demo.log" 2>&1 &
demo=$!
finish() {
  status=$?
  # What a demo said that ended by itself is wanted whole; of one that ran on, only what it complained of.
  last_words="grep -E WARN|ERROR|panicked"
  kill -0 "$demo" 2>/dev/null || last_words=cat
  kill -TERM "$demo" 2>/dev/null || true
  wait "$demo" 2>/dev/null || true
  if [ "$status" -ne 0 ]; then echo "--- the demo's last words:"; $last_words "$work/demo.log" | tail -n 8 || true; fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT
for _ in $(seq 600); do
  [ -e "$work/ready.env" ] && break
  kill -0 "$demo" 2>/dev/null || { echo "the demo ended before it was ready"; exit 1; }
  sleep 0.5
done
[ -e "$work/ready.env" ] || { echo "the demo was not ready within five minutes"; exit 1; }
set -a
# shellcheck source=/dev/null
. "$work/ready.env"
set +a
cd web
"$@"
