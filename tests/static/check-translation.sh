#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every text of the sources has its translation, none of them fuzzy and each with the same
# printf placeholders: check-translation.sh SOURCE-ROOT LANGUAGE

set -eu
export LC_ALL=C
cd "$1"

scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT

# The arguments are those of i18n.gettext (preset: 'glib').
xgettext --package-name=bothends --files-from=po/POTFILES.in --directory=. \
  --output="$scratch/bothends.pot" --from-code=UTF-8 --add-comments \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dcgettext:2 \
  --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 \
  --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format --flag=NC_:2:pass-c-format \
  --flag=g_dngettext:2:pass-c-format --flag=g_strdup_printf:1:c-format \
  --flag=g_string_printf:2:c-format --flag=g_string_append_printf:2:c-format \
  --flag=g_error_new:3:c-format --flag=g_set_error:4:c-format

[ -s "$scratch/bothends.pot" ]
msgfmt --check --output-file=/dev/null "po/$2.po"
msgcmp "po/$2.po" "$scratch/bothends.pot"

# Who has called and waits is 阻塞在 the call, whatever the flags of its socket.
if [ "$2" = zh_CN ] && grep -n '正在等待  %s\|正在 %s 中' "po/$2.po"; then
  exit 1
fi
