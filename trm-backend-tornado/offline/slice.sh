#!/usr/bin/env bash
# slice.sh TIME OUT [PARTS]: trains for at most TIME, such as 9m, and leaves the run in OUT, in files of at most 16 MiB, 64 MiB
# in all. With PARTS, an OUT of before, the run in it goes on; without, a new one begins. trm.sh says what can be chosen, and
#   RECIPE   of a new run; sudoku-9 unless given
#   OPTIONS  more options of trm train for a new run, such as "--set run.batch=64"
#   COMPACT  yes: leave out what slots work at, and round moments to BF16; for a run that is larger than 64 MiB
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
[ $# -eq 2 ] || [ $# -eq 3 ] || { echo "usage: slice.sh TIME OUT [PARTS]" >&2; exit 2; }
[ ! -e "$2" ] || { echo "slice.sh: $2 is there already, expected a new folder" >&2; exit 2; }
. "$here/trm.sh"
work=$(mktemp -d)
trap 'rm -rf "$work" "$arguments"' EXIT
began=$SECONDS

if [ $# -eq 3 ]; then
  trm parts join "$3" --out "$work/run"
  trm train --resume --for "$1" --backend "$backend" --out "$work/run"
else
  # shellcheck disable=SC2086 # several options
  trm train --config "${RECIPE:-sudoku-9}" ${OPTIONS:-} --for "$1" --backend "$backend" --out "$work/run"
fi
compact=
[ "${COMPACT:-no}" != yes ] || compact=--compact
trm parts write "$work/run" --out "$2" $compact
echo "$((SECONDS - began)) s in all"
