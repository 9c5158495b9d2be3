#!/usr/bin/env bash
# run.sh [DEVICE] [BATCH]: parity with the published code, then inference and training of the published Sudoku model, on one
# device (such as opencl:0 or cuda:0; the first one where none is given), as a table. MEMORY=64GB lets TornadoVM take more;
# PRODUCTS=java or PRODUCTS=cublas chooses who makes matrix products.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
device=${1:-}
batch=${2:-768}
arguments=$(mktemp)
trap 'rm -f "$arguments"' EXIT
sed "s|\${TORNADOVM_HOME}|$here/tornadovm|g" "$here/tornadovm/tornado-argfile.template" >"$arguments"
export TORNADOVM_HOME=$here/tornadovm

trm() {
  "$here/runtime/bin/java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED "@$arguments" \
    -Dtornado.recover.bailout=False -Dtornado.tvm.maxbytecodesize=1048576 -Dtornado.device.memory="${MEMORY:-16GB}" \
    -Dtrm.tornado.products="${PRODUCTS:-auto}" -cp "$here/jars/*" org.trm4j.cli.TrmMain "$@" --backend "tornado${device:+:$device}"
}

failed=0
trm parity "$here/golden" || failed=$?
# 1 is a value out of its tolerance; anything else, such as an unknown device, would be said again by each command.
[ $failed -le 1 ] || exit $failed
for mode in inference training; do
  flag=
  [ $mode = inference ] || flag=--train
  echo
  trm bench --model sudoku-mlp --batch "$batch" $flag || failed=1
done
exit $failed
