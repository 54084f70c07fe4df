#!/usr/bin/env bash
# Runs a command with DATABASE_URL set to a PostgreSQL of its own, made for it and stopped after it.
#   scripts/with-postgres.sh pytest tests/web
# Exits with the command's own code, or 77 where no PostgreSQL is to be had.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || true)" 2>/dev/null)
[ -x "$bin/initdb" ] || { echo "PostgreSQL was not found; install Debian's postgresql" >&2; exit 77; }

home=$(mktemp -d)
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown postgres "$home"
stop() { as "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$home"; }
trap stop EXIT INT TERM

cd "$home"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as "$bin/initdb" -D "$home/data" -U trigpoint -A trust --encoding=UTF8 --locale=C >/dev/null
as "$bin/pg_ctl" -D "$home/data" -w -l "$home/log" \
  -o "-p $port -k $home -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >/dev/null
cd "$OLDPWD"
DATABASE_URL="postgres://trigpoint@127.0.0.1:$port/postgres" "$@"
