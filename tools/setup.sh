#!/usr/bin/env bash
# Everything a fresh Debian or Ubuntu machine with rustup lacks. Quick when there is nothing to do.
# usage: tools/setup.sh run|test|bench
#   run    what the demo needs: Rust, a C compiler, node (for the text face of the theme)
#   test   also what the checks need: PostgreSQL, Chromium, Java, an object store, Python with the foreign readers
#   bench  what the benchmark needs: PostgreSQL, nginx, wrk
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/env.sh
purpose=${1:?usage: tools/setup.sh run|test|bench}

S3S_FS_VERSION=0.14.1 # it checks signatures; others accept a wrong secret

say() { printf 'set-up: %s\n' "$*"; }
fail() {
  printf 'set-up: %s\n' "$*" >&2
  exit 1
}

rust() {
  command -v rustup >/dev/null || fail "rustup is missing; install it from https://rustup.rs and run make again"
  local channel installed
  channel=$(sed -nE 's/^channel = "(.*)"/\1/p' rust-toolchain.toml)
  installed=$(rustup component list --installed --toolchain "$channel" 2>/dev/null || true)
  if ! grep -q '^clippy' <<<"$installed" || ! grep -q '^rustfmt' <<<"$installed" ||
    ! rustup target list --installed --toolchain "$channel" | grep -qx wasm32-wasip2; then
    say "Rust $channel with clippy, rustfmt and wasm32-wasip2"
    rustup toolchain install "$channel" --profile minimal -c clippy -c rustfmt -t wasm32-wasip2
  fi
}

debian_packages() {
  local missing=()
  command -v cc >/dev/null && command -v make >/dev/null || missing+=(build-essential)
  command -v xz >/dev/null || missing+=(xz-utils)
  command -v git >/dev/null || missing+=(git)
  # npm comes with the node of NodeSource, and as a package of its own with Debian's.
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  if [ "$purpose" = test ]; then
    [ -n "$(postgres_programs)" ] || missing+=(postgresql)
    [ -n "$(chromium_program)" ] || missing+=(chromium fonts-liberation)
    command -v qpdf >/dev/null || missing+=(qpdf)
    command -v java >/dev/null || missing+=(default-jre-headless)
    command -v xmllint >/dev/null || missing+=(libxml2-utils)
    local office=/usr/lib/libreoffice/program
    [ -e $office/libsclo.so ] || missing+=(libreoffice-calc-nogui)
    [ -e $office/libswlo.so ] || missing+=(libreoffice-writer-nogui)
    python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv)
  fi
  if [ "$purpose" = bench ]; then
    [ -n "$(postgres_programs)" ] || missing+=(postgresql)
    command -v psql >/dev/null || missing+=(postgresql-client)
    command -v nginx >/dev/null || missing+=(nginx-light)
    command -v wrk >/dev/null || missing+=(wrk)
    command -v curl >/dev/null || missing+=(curl)
    [ -x /usr/bin/time ] || missing+=(time)
  fi
  ((${#missing[@]})) || return 0
  command -v apt-get >/dev/null || fail "these are missing, and there is no apt-get to bring them: ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    fail "Debian packages are missing. Run this, then make again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  fi
  say "Debian packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -y -q --no-install-recommends "${missing[@]}"
  if [ "$purpose" = test ] && [ -z "$(chromium_program)" ]; then
    fail "no browser runs here. Ubuntu ships Chromium as a snap only: install one and name it in CHROME_PATH"
  fi
}

newer_node() {
  node_is_recent && return
  local arch
  case $(uname -m) in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) fail "node $(node --version) is older than $NODE_MAJOR_MIN; install a newer one and run make again" ;;
  esac
  say "node 22, because $(node --version) is older than $NODE_MAJOR_MIN"
  mkdir -p "$node_folder"
  npm install --silent --no-save --prefix "$node_folder" "node-linux-$arch@22"
  ln -sf "node_modules/node-linux-$arch/bin/node" "$node_folder/node"
  PATH="$node_folder:$PATH"
  node_is_recent || fail "the node that npm brought does not run"
}

npm_packages() {
  local wanted stamp=node_modules/.dinh-lock
  wanted=$(sha256sum <package-lock.json)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
  say "npm packages"
  npm ci --silent
  printf '%s\n' "$wanted" >"$stamp"
}

# The object store of the tests, compiled once: about a minute and a half of one core. Debug is fast enough, and is
# made in half the time.
object_store() {
  local root="$CARGO_TARGET_DIR/tools/s3s-fs" built="$CARGO_TARGET_DIR/tools/s3s-fs-build"
  [ "$("$root/bin/s3s-fs" --version 2>/dev/null)" = "s3s-fs $S3S_FS_VERSION" ] && return
  say "s3s-fs $S3S_FS_VERSION, compiled once"
  cargo install s3s-fs --version "$S3S_FS_VERSION" --locked --features binary --debug --quiet --force \
    --root "$root" --target-dir "$built"
  rm -rf "$built"
}

# The readers of other people that tests/foreign tries: in a folder of their own, nothing of the system's changes.
python_packages() {
  [ "$purpose" = test ] || return 0
  local wanted stamp="$python_folder/.dinh-requirements"
  wanted=$(sha256sum <tools/requirements.txt)
  [ -x "$python_folder/bin/pytest" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
  say "Python packages"
  rm -rf "$python_folder"
  python3 -m venv "$python_folder"
  "$python_folder/bin/python" -m pip install --quiet --disable-pip-version-check -r tools/requirements.txt
  printf '%s\n' "$wanted" >"$stamp"
}

rust
debian_packages
newer_node
npm_packages
[ "$purpose" != test ] || object_store
python_packages
