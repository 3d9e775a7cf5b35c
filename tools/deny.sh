#!/usr/bin/env bash
# Licences, bans and sources of every dependency; advisories too where their database can be reached.
# cargo-deny is compiled once into a cache of its own: that takes minutes, and lasts.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/env.sh

DENY_VERSION=0.20.2
ADVISORIES=https://github.com/RustSec/advisory-db
REACH_SECONDS_MAX=20

root="${XDG_CACHE_HOME:-$HOME/.cache}/dinh/cargo-deny-$DENY_VERSION"
if [ ! -x "$root/bin/cargo-deny" ]; then
  echo "compiling cargo-deny $DENY_VERSION, once"
  CARGO_TARGET_DIR="$CARGO_TARGET_DIR/tools/cargo-deny" \
    cargo install cargo-deny --version "$DENY_VERSION" --locked --quiet --root "$root"
  rm -rf "$CARGO_TARGET_DIR/tools/cargo-deny"
fi
export PATH="$root/bin:$PATH"

cargo deny --locked check bans licenses sources

if timeout "$REACH_SECONDS_MAX" git ls-remote --quiet --exit-code "$ADVISORIES" HEAD >/dev/null 2>&1; then
  cargo deny --locked check advisories
else
  echo "NOTE: advisories were not checked: $ADVISORIES does not answer from here"
fi
