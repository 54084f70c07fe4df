#!/usr/bin/env bash
# Makes .venv from the lock file and fetches the style sheets. Run by make; safe to run again.
#   scripts/setup.sh            what the demonstration and the library need
#   scripts/setup.sh browser    also a Chromium, for the browser journeys
#   scripts/setup.sh postgres   also a PostgreSQL server, for the second half of the database tests
#   scripts/setup.sh spark      also Spark, for the test that it counts as DuckDB does; that test needs Java 17 too
set -euo pipefail
cd "$(dirname "$0")/.."

stop() { echo "$*" >&2; exit 2; }

python=""
for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
  [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$candidate; break; fi
done
[ -n "$python" ] || stop "Python 3.11 or later is needed and was not found; install it, or name it: make PYTHON=/path/to/python3.11"

from_apt() { # packages; only where Debian's apt is there and may be used
  command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] || return 1
  echo "installing $* …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1
}

if [ ! -x .venv/bin/python ]; then
  echo "making .venv …"
  "$python" -m venv .venv 2>/dev/null \
    || { rm -rf .venv; from_apt python3-venv && "$python" -m venv .venv; } \
    || { rm -rf .venv; "$python" -m pip install -q --user virtualenv && "$python" -m virtualenv -q .venv; } \
    || stop "no virtual environment could be made; install Debian's python3-venv"
fi

stamp=.venv/.trigpoint-set-up
if [ ! -f "$stamp" ] || [ requirements.lock -nt "$stamp" ] || [ pyproject.toml -nt "$stamp" ]; then
  echo "installing the Python packages …"
  # Joined by &&, because "set -e" does not hold on the left of ||: the first failure must be the last step.
  if command -v uv >/dev/null 2>&1; then
    uv pip install -q --python .venv/bin/python -r requirements.lock \
      && uv pip install -q --python .venv/bin/python --no-deps -e .
  else
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock \
      && .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps -e .
  fi || stop "the Python packages could not be installed; see the message above"
  touch "$stamp"
fi

vendor=src/trigpoint/web/static/vendor
if [ ! -f "$vendor/.built" ] || [ package-lock.json -nt "$vendor/.built" ]; then
  command -v npm >/dev/null 2>&1 || stop "node with npm is needed once, to fetch the style sheets, and was not found; install Debian's nodejs and npm"
  echo "fetching the style sheets …"
  npm ci --silent --no-audit --no-fund >/dev/null || stop "npm could not fetch the packages of package-lock.json; see npm's message above"
  .venv/bin/python -m trigpoint.web.assets
  touch "$vendor/.built"
fi

for extra in "$@"; do
  case "$extra" in
    browser)
      command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || from_apt chromium \
        || echo "Chromium was not found and could not be installed: the browser journeys will be skipped; install Debian's chromium" >&2 ;;
    postgres)
      ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || from_apt postgresql \
        || echo "PostgreSQL was not found and could not be installed: the database tests run on SQLite alone; install Debian's postgresql" >&2 ;;
    spark)
      spark_stamp=.venv/.trigpoint-spark
      if [ ! -f "$spark_stamp" ] || [ requirements-spark.lock -nt "$spark_stamp" ]; then
        echo "installing Spark …"
        if command -v uv >/dev/null 2>&1; then
          uv pip install -q --python .venv/bin/python -r requirements-spark.lock
        else
          .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-spark.lock
        fi && touch "$spark_stamp" || echo "Spark could not be installed: its test will be skipped" >&2
      fi
      command -v java >/dev/null 2>&1 || from_apt openjdk-17-jre-headless \
        || echo "Java was not found and could not be installed: the test of Spark will be skipped; install Debian's openjdk-17-jre-headless" >&2 ;;
    *) stop "unknown part '$extra'; known: browser, postgres, spark" ;;
  esac
done
