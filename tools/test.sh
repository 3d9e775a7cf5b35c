#!/usr/bin/env bash
# Every check of the project, stage by stage, with a summary of what ran, what it found and how long it took.
# usage: tools/test.sh all|fast
# Logs of the stages lie in $CARGO_TARGET_DIR/test-logs. Ends with 1 when a stage failed or could not run.
set -uo pipefail
cd "$(dirname "$0")/.."
source tools/env.sh
mode=${1:?usage: tools/test.sh all|fast}

export NO_COLOR=1 CARGO_TERM_COLOR=never RUSTDOCFLAGS="-D warnings"
logs="$CARGO_TARGET_DIR/test-logs"
rm -rf "$logs"
mkdir -p "$logs"

stages=0 passed_total=0 failed_total=0 bad_stages=0
declare -A outcome_of
summary=()

minutes_since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", (to - from) / 60 }'; }

# Prints "passed failed skipped" of cargo test, node --test, pytest and `N passed, N failed` lines.
counts_in() {
  awk '/^test result: /                                { passed += $4; failed += $6; skipped += $8 }
       /^(#|ℹ) pass [0-9]+$/                           { passed += $3 }
       /^(#|ℹ) (fail|cancelled) [0-9]+$/               { failed += $3 }
       /^(#|ℹ) (skipped|todo) [0-9]+$/                 { skipped += $3 }
       /^[0-9]+ passed, [0-9]+ failed$/                { passed += $1; failed += $3 }
       /^=* ?[0-9]+ (passed|failed|skipped|error).* in [0-9.]+s/ {
         for (at = 1; at < NF; at++) {
           if ($(at + 1) ~ /^passed/) passed += $at
           if ($(at + 1) ~ /^(failed|errors?),?$/) failed += $at
           if ($(at + 1) ~ /^skipped/) skipped += $at
         }
       }
       END { print passed + 0, failed + 0, skipped + 0 }' "$1"
}

add_row() { # stage, result, minutes, remark
  summary+=("$(printf '%-26s %-8s %7s  %s' "$1" "$2" "$3" "$4")")
  outcome_of[$1]=$2
  [ "$2" = ok ] || bad_stages=$((bad_stages + 1))
}

# stage NAME KIND NEEDS COMMAND…   KIND: check, or tests (some must have run); NEEDS: a stage, or -
stage() {
  local name=$1 kind=$2 needs=$3 log began code result remark note passed failed skipped
  shift 3
  stages=$((stages + 1))
  if [ "$needs" != - ] && [ "${outcome_of[$needs]:-}" != ok ]; then
    failed_total=$((failed_total + 1))
    add_row "$name" "NOT RUN" - "needs the stage: $needs"
    return
  fi
  log="$logs/$(printf '%02d' $stages)-${name//[^a-zA-Z0-9]/-}.log"
  printf '\n=== %s\n' "$name"
  began=$EPOCHREALTIME
  "$@" 2>&1 | tee "$log"
  code=${PIPESTATUS[0]}
  result=ok remark=""
  read -r passed failed skipped < <(counts_in "$log")
  if [ "$kind" = tests ]; then
    remark="$passed passed, $failed failed"
    ((skipped == 0)) || remark+=", $skipped skipped"
    if ((code == 0 && passed + failed == 0)); then
      code=1 remark="no test ran"
    fi
    passed_total=$((passed_total + passed))
    failed_total=$((failed_total + failed))
  fi
  if ((code != 0)); then
    result=FAILED
    remark+=" (log: $log)"
    # A stage that failed without a failing test to show for it counts as one.
    if [ "$kind" != tests ] || ((failed == 0)); then
      failed_total=$((failed_total + 1))
    fi
  fi
  note=$(sed -n 's/^NOTE: //p' "$log" | head -n 3 | paste -sd ';')
  [ -z "$note" ] || remark="${remark:+$remark; }$note"
  add_row "$name" "$result" "$(minutes_since "$began")" "${remark# }"
}

# Native, and once more what exists on WebAssembly alone: the exports of the guests.
lint() {
  # shellcheck disable=SC2046
  cargo clippy --locked --workspace --all-targets -- -D warnings &&
    cargo clippy --locked --target wasm32-wasip2 --profile plugin $(guest_packages) -- -D warnings
}

# One build for all that follows: tests, bins and libraries together have one feature set.
compile() { cargo build --locked --workspace --lib --bins --tests; }
cases() {
  local folder code=0
  for folder in "$DINH_BUNDLE"/plugins/*/ "$DINH_BUNDLE"/samples/*/; do
    "$CARGO_TARGET_DIR/debug/dinh" plugin test "$folder" || code=1
  done
  return $code
}

# What a developer's quick run does without, where `make setup` has not brought it yet.
without_object_store() {
  [ -x "$CARGO_TARGET_DIR/tools/s3s-fs/bin/s3s-fs" ] && return
  echo "NOTE: tests of the object store were skipped: \`make setup\` brings it"
  export DINH_TEST_WITHOUT_S3=1
}
fast_tests() {
  without_object_store
  env -u DINH_TEST_DATABASE_URL cargo test --locked --workspace --no-fail-fast
}

# Feed reader, spreadsheet reader, OpenAPI tools: programs by others read what the portal hands out.
foreign() { PYTHONDONTWRITEBYTECODE=1 "$python_folder/bin/python" -m pytest tests/foreign; }

whole_began=$EPOCHREALTIME
case $mode in
  all)
    stage set-up check - tools/setup.sh test
    stage formatting check set-up cargo fmt --all --check
    stage plugins check set-up tools/plugins.sh
    stage lints check set-up lint
    stage documentation check set-up cargo doc --locked --workspace --no-deps
    stage dependencies check set-up tools/deny.sh
    stage compilation check plugins compile
    stage "tests on SQLite" tests compilation env -u DINH_TEST_DATABASE_URL cargo test --locked --workspace --no-fail-fast
    stage "tests on PostgreSQL" tests compilation tools/postgres.sh run node tools/database-tests.mjs
    stage "plugin cases" tests compilation cases
    stage "foreign readers" tests compilation foreign
    stage browser tests compilation node --test --test-concurrency=1 --test-reporter=spec tests/browser/*.test.mjs
    ;;
  fast)
    stage set-up check - tools/setup.sh run
    stage formatting check set-up cargo fmt --all --check
    stage plugins check set-up tools/plugins.sh
    stage lints check set-up lint
    stage compilation check plugins compile
    stage "tests on SQLite" tests compilation fast_tests
    ;;
  *)
    echo "usage: tools/test.sh all|fast" >&2
    exit 2
    ;;
esac

printf '\n%-26s %-8s %7s  %s\n' stage result minutes remark
printf '%s\n' "${summary[@]}"
printf '%-26s %-8s %7s  %s\n\n' "all $stages stages" "" "$(minutes_since "$whole_began")" "$bad_stages failed or could not run"
printf '%d passed, %d failed\n' "$passed_total" "$failed_total"
((bad_stages == 0 && failed_total == 0))
