#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The merged desktop file and metainfo carry the language:
# check-desktop-language.sh LANGUAGE DESKTOP-FILE METAINFO-FILE

set -eu
grep -q "^Name\[$1\]=" "$2"
grep -q "^Comment\[$1\]=" "$2"
grep -q "^Keywords\[$1\]=.*;\$" "$2"
grep -q "<name xml:lang=\"$1\">" "$3"
grep -q "<summary xml:lang=\"$1\">" "$3"
