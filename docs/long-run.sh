#!/bin/sh
# A rehearsal of a run that lasts for days, at a reduced size: a curriculum of two data sets trained once without
# interruption, and once killed twice (SIGKILL, at whatever it does then), each time going on with --resume. Both must
# end with the same bytes, and no puzzle that they are tested on may be in a training position.
# Usage: docs/long-run.sh FOLDER [STEPS]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
out=${1:?usage: docs/long-run.sh FOLDER [STEPS]}
steps=${2:-300}
mkdir "$out"

begin() {
  "$root/trm" train --config sudoku-9 --out "$1" --steps "$steps" \
    --data "0:1,$((steps / 2)):0.5*sudoku:train=endless,test=200,minGivens=22,maxGivens=40" \
    --data "0:0,$((steps / 2)):0.5*sudoku:train=endless,test=200,minGivens=22,maxGivens=28,seed=2" \
    --set hiddenSize=64 --set run.batch=16 --set optimizer.warmupSteps=20 --set run.logEvery=10 \
    --set run.evaluateEvery=$((steps / 3)) --set run.evaluatePuzzles=50 --set run.checkpointEvery=$((steps / 10))
}

# Runs the rest of the arguments in the background and kills the process that trains some moments after it has saved a
# step; the lock of the run folder holds its id.
kill_after() {
  step=$1; pause=$2; shift 2
  "$@" > "$out/killed.log" 2>&1 &
  shell=$!
  while ! grep -q "\"event\":\"checkpoint\",\"step\":$step}" "$out/parts/metrics.jsonl" 2>/dev/null; do
    kill -0 $shell || { cat "$out/killed.log"; exit 1; }
    sleep 0.2
  done
  sleep "$pause"
  kill -9 "$(cat "$out/parts/run.lock")"
  wait $shell || true
  echo "killed after the checkpoint of step $step"
}

begin "$out/whole" > "$out/whole.log" 2>&1
tail -n 3 "$out/whole.log"
kill_after $((steps / 5)) 1.3 begin "$out/parts"
kill_after $((steps / 5 * 3)) 0.7 "$root/trm" train --resume --out "$out/parts"
"$root/trm" train --resume --out "$out/parts" > "$out/parts.log" 2>&1
for file in model.safetensors best.safetensors; do
  cmp "$out/whole/$file" "$out/parts/$file"
  echo "$file: the same bytes, killed twice or never"
done
"$root/trm" data leakage "$out/parts"
