# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completion of bothends-cli for bash.

_bothends_cli ()
{
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} words= kept=
  COMPREPLY=()

  # --log=json: three words for bash, or one where "=" is not in COMP_WORDBREAKS.
  if [ "$current" = = ]
  then
    current=
  elif [ "$previous" = = ]
  then
    previous=${COMP_WORDS[COMP_CWORD-2]}
  elif [[ $current == --*=* ]]
  then
    previous=${current%%=*}
    kept=$previous=
    current=${current#*=}
  fi

  if [ "$COMP_CWORD" -eq 1 ]
  then
    mapfile -t COMPREPLY < <(compgen -W 'serve send demo --help --version' -- "$current")
    return
  fi

  case $previous in
    --reply | -r) words='upper echo none' ;;
    --log | -l)
      words='text json off'
      [ "$command" != demo ] || words='text json'
      ;;
    --tcp | --udp | --backlog | --max-clients | --timeout | -[tu]) return ;;
    --unix | --file | -f)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -P "$kept" -f -- "$current")
      return
      ;;
    *)
      case $command in
        serve) words='--tcp --udp --unix --reply --backlog --max-clients --once --log --help' ;;
        send)
          words='--hex --file --timeout --log --help'
          [ "$COMP_CWORD" -ne 2 ] || words="tcp udp unix $words"
          ;;
        demo) words='tcp udp --log --help' ;;
      esac
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -P "$kept" -W "$words" -- "$current")
}

complete -F _bothends_cli bothends-cli
