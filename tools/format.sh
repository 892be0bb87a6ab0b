#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Lays out every C file as .clang-format says. With --check it changes nothing, and fails
# when a file would change. Releases of clang-format differ: only 14 counts.

set -eu
cd "$(dirname -- "$0")/.."

formatter=
for program in clang-format-14 clang-format
do
  if "$program" --version 2>/dev/null | grep -q 'version 14\.'
  then
    formatter=$program
    break
  fi
done
if [ -z "$formatter" ]
then
  echo 'clang-format 14 is not installed'
  exit 77
fi

"$formatter" --style=file --dump-config >/dev/null

case ${1:-} in
  '')
    find src tests -name '*.[ch]' -exec "$formatter" --style=file -i {} +
    ;;
  --check)
    unformatted=$(find src tests -name '*.[ch]' \
      -exec "$formatter" --style=file --dry-run --Werror --ferror-limit=1 {} + 2>&1 |
      sed -n 's/^\([^:]*\):[0-9].* error: .*/\1/p' | sort -u)
    [ -n "$unformatted" ] || exit 0
    printf '%s\n' "$unformatted" 'run tools/format.sh to lay these out' >&2
    exit 1
    ;;
  *)
    echo 'usage: tools/format.sh [--check]' >&2
    exit 2
    ;;
esac
