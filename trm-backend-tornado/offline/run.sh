#!/usr/bin/env bash
# run.sh [DEVICE] [BATCH]: parity with the published code, then inference and training of the published Sudoku model, on one
# device (such as opencl:0 or cuda:0; the first one where none is given), as a table. trm.sh says what else can be chosen.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
BACKEND=tornado${1:+:$1}
batch=${2:-768}
. "$here/trm.sh"

failed=0
for cases in golden golden-eqr; do
  trm parity "$here/$cases" --backend "$backend" || failed=$?
  # 1 is a value out of its tolerance; anything else, such as an unknown device, would be said again by each command.
  [ $failed -le 1 ] || exit $failed
done
for mode in inference training; do
  flag=
  [ $mode = inference ] || flag=--train
  echo
  trm bench --model sudoku-mlp --batch "$batch" $flag --backend "$backend" || failed=1
done
exit $failed
