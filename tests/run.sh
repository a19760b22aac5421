#!/usr/bin/env bash
# All checks, in the order in which they fail fastest. Says in its last lines what was left out; under CI=true nothing may be.
set -uo pipefail
cd "$(dirname "$0")/.."
# Each process of the tests would compile everything anew.
unset PYTHONDONTWRITEBYTECODE
failed=()
step() { # step NAME COMMAND...
  echo "── $1"
  shift
  "$@" || failed+=("$*")
}
step "style" .venv/bin/ruff check .
step "format" .venv/bin/ruff format --check .
step "types" .venv/bin/mypy
step "contracts" .venv/bin/lint-imports --no-logo
step "starter catalogue" .venv/bin/python -m bot catalogue check
step "Rasa environment: tests" .venv-rasa/bin/python -m pytest -c tests/rasa/pytest.ini tests/rasa
# Tests wait half of their time, for databases and browsers: one more at once than there are cores. A file stays together;
# the longest come first (tests/conftest.py), as the sharing out by number of tests would not have it.
workers=$(($(nproc) < 6 ? $(nproc) + 1 : 6))
step "app: tests on SQLite, PostgreSQL and in the browser" .venv/bin/pytest -n "$workers" --dist loadfile --no-loadscope-reorder

left_out=()
command -v chromium >/dev/null || left_out+=("browser tests: no chromium on this machine")
echo
if ((${#failed[@]})); then
  printf 'FAILED: %s\n' "${failed[@]}"
fi
if ((${#left_out[@]})); then
  printf 'Left out: %s\n' "${left_out[@]}"
  [[ "${CI:-}" == true ]] && exit 1
else
  echo "Nothing was left out."
fi
((${#failed[@]} == 0))
