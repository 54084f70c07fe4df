#!/usr/bin/env bash
# The whole suite. The pages and services run on PostgreSQL first, then everything on SQLite, so that
# the last line is the closing line of the whole suite.
set -uo pipefail
cd "$(dirname "$0")/.."
workers=$(python3 -c 'import os; print(min(4, os.cpu_count() or 1))')

echo "PostgreSQL: tests/web"
scripts/with-postgres.sh .venv/bin/pytest -q -n "$workers" tests/web
code=$?
if [ "$code" = 77 ] && [ -z "${CI:-}" ]; then
  echo "no PostgreSQL: its half is left out" >&2
elif [ "$code" != 0 ]; then
  exit "$code"
fi

echo "SQLite: the whole suite"
exec .venv/bin/pytest -n "$workers" "$@"
