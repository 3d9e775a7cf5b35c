#!/usr/bin/env bash
# The benchmark: the release binary beside its peers, on SQLite and on a PostgreSQL of its own.
# usage: tools/bench.sh [CASE…]
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/env.sh

cargo build --locked --release --workspace --bins --examples
# A durable cluster: what it costs to keep what was saved is part of the figure.
DINH_POSTGRES_DURABLE=1 tools/postgres.sh run node tools/bench/main.mjs "$@"
