#!/usr/bin/env bash
# Runs a command against a PostgreSQL cluster of its own, which is gone afterwards, also after a failure.
# usage: tools/postgres.sh run COMMAND [ARGUMENT…]
# The command finds a superuser's address in DINH_TEST_DATABASE_URL. Durability is off, for tests, unless
# DINH_POSTGRES_DURABLE is set, for benchmarks.
set -euo pipefail
source "$(dirname "$0")/env.sh"

CONNECTIONS_MAX=200 # every test has a pool of its own and two cores run a handful at once
START_SECONDS_MAX=60

[ "${1:-}" = run ] && [ $# -ge 2 ] || {
  echo "usage: tools/postgres.sh run COMMAND [ARGUMENT…]" >&2
  exit 2
}
shift

programs=$(postgres_programs)
[ -n "$programs" ] || {
  echo "postgres.sh: no PostgreSQL 14 or newer below /usr/lib/postgresql; run: make setup" >&2
  exit 1
}
version=$(basename "$(dirname "$programs")")

folder=$(mktemp -d "${TMPDIR:-/tmp}/dinh-postgres.XXXXXX")
# PostgreSQL refuses to run as root.
as_owner=()
if [ "$(id -u)" = 0 ]; then
  id postgres >/dev/null 2>&1 || useradd --system postgres
  chown postgres "$folder"
  as_owner=(setpriv --reuid=postgres --regid="$(id -g postgres)" --init-groups)
fi
owner() { (cd "$folder" && env HOME="$folder" "${as_owner[@]}" "$@"); }

stop() {
  local code=$?
  trap - EXIT INT TERM HUP
  if [ -f "$folder/data/postmaster.pid" ]; then
    owner "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 ||
      echo "postgres.sh: the cluster in $folder did not stop" >&2
  fi
  rm -rf "$folder"
  exit "$code"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# A linguistic collation where there is one: queries that rely on the database's own order then fail here,
# and not first on an office's server.
locale=(--locale=C.UTF-8)
if ((version >= 15)); then
  locale+=(--locale-provider=icu --icu-locale=vi)
fi
owner "$programs/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --no-sync "${locale[@]}" \
  >"$folder/initdb.log" 2>&1 || {
  cat "$folder/initdb.log" >&2
  exit 1
}

settings="-c listen_addresses=127.0.0.1 -c max_connections=$CONNECTIONS_MAX -c shared_buffers=128MB"
if [ -z "${DINH_POSTGRES_DURABLE:-}" ]; then
  settings+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
fi

# A port can be taken between the look and the start: try a few.
started=""
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 20000))
  if owner "$programs/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t "$START_SECONDS_MAX" \
    -o "-p $port -k $folder $settings" start >"$folder/start.log" 2>&1; then
    started=yes
    break
  fi
done
[ -n "$started" ] || {
  cat "$folder/start.log" "$folder/server.log" >&2
  exit 1
}

echo "PostgreSQL $version on port $port"
DINH_TEST_DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres" "$@"
