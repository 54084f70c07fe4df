#!/usr/bin/env bash
# The whole suite. The pages and services run on PostgreSQL first, then everything on SQLite, so that
# the last line is the closing line of the whole suite.
set -uo pipefail
cd "$(dirname "$0")/.."
workers=$(python3 -c 'import os; print(min(4, os.cpu_count() or 1))')

# Commands that are run in a process of their own make an SQLite file of their own, whatever DATABASE_URL says.
own_files=$(find tests/web -name 'test_*commands.py' -printf '--ignore=%p ')

echo "PostgreSQL: tests/web"
# shellcheck disable=SC2086 # several arguments
scripts/with-postgres.sh .venv/bin/pytest -q -n "$workers" --dist worksteal $own_files tests/web
code=$?
if [ "$code" = 77 ] && [ -z "${CI:-}" ]; then
  echo "no PostgreSQL: its half is left out" >&2
elif [ "$code" != 0 ]; then
  exit "$code"
fi

echo "SQLite: the whole suite"
# Neighbours stay together, so that what a file or folder sets up is set up once.
exec .venv/bin/pytest -n "$workers" --dist worksteal "$@"
