#!/usr/bin/env bash
set -euo pipefail

source "$(dirname "$0")/common.sh"
. ./colors.sh

TARGET=${1:-/var/backups}

# Prints a message and ends.
die() {
  echo "$1" >&2
  exit 1
}

# Copies a folder.
#
# Arguments: source, target.
function copy_folder {
  local source=$1 target=$2
  if [[ ! -d $source ]]; then
    die "no folder: $source"
  elif [ -z "$target" ] || [ "$target" = / ]; then
    return 1
  fi
  for file in "$source"/*; do
    cp "$file" "$target" && echo "$file"
  done
}

# shellcheck disable=SC2034
pick() {
  inner() {
    echo inner
  }
  case "$1" in
    daily) copy_folder /etc "$TARGET" ;;
    *) inner ;;
  esac
  while read -r line; do
    echo "$line"
  done < list.txt
}

################################
main() (
  pick "$@"
)

main "$@"
