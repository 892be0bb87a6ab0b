#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The manual page is well-formed, and says every option that the program does.
# check-man-page.sh PAGE PROGRAM

set -eu
page=$1
program=$2

for command in serve send demo
do
  for option in $("$program" $command --help | grep -o -E -- '--[a-z-]+' | grep -v -E '^--help' | sort -u)
  do
    escaped=$(printf '%s' "$option" | sed 's/-/\\\\-/g')
    grep -q -- "$escaped" "$page" || {
      echo "$page does not say $option of $command"
      exit 1
    }
  done
done

if command -v mandoc >/dev/null
then
  exec mandoc -T lint -W warning "$page"
elif command -v man >/dev/null
then
  complaints=$(man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null)
  [ -z "$complaints" ] || {
    echo "$complaints"
    exit 1
  }
else
  echo 'neither mandoc nor man is installed'
  exit 77
fi
