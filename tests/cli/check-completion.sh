#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What bash offers is what the program knows. check-completion.sh COMPLETION PROGRAM

set -eu
command -v bash >/dev/null || {
  echo 'bash is not installed'
  exit 77
}

exec bash -eu -c '
  source "$1"
  program=$2

  # complete WORD...: what is offered for the last of the words
  complete_words ()
  {
    COMP_WORDS=(bothends-cli "$@")
    COMP_CWORD=$#
    _bothends_cli
    printf "%s\n" "${COMPREPLY[@]}"
  }

  expect ()
  {
    local expected=$1 found
    shift
    found=$(complete_words "$@" | tr "\n" " ")
    [ "$found" = "$expected" ] || {
      echo "offered for \"$*\": $found, and not: $expected"
      exit 1
    }
  }

  expect "serve send " se
  expect "tcp " send t
  expect "upper " serve --reply u
  expect "text json off " serve --log ""
  expect "text json " demo --log ""
  expect "tcp " demo t
  expect "json " serve --log = j
  expect "text json off " serve --log =
  expect "--log=json " demo --log=j

  for command in serve send demo
  do
    for option in $("$program" $command --help | grep -o -E -- "--[a-z-]+" | grep -v -E "^--help-" | sort -u)
    do
      complete_words $command x "$option" | grep -q -x -- "$option" || {
        echo "$option of $command is not offered"
        exit 1
      }
    done
  done
' check-completion "$1" "$2"
