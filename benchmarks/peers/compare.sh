#!/bin/sh
# Times a supervision step of ours, of ONNX Runtime and of PyTorch by turns, on one machine, and prints medians of the rounds.
# usage: benchmarks/peers/compare.sh MODEL BATCH THREADS [train]
# PYTHON: an interpreter with torch, onnx and onnxruntime; ROUNDS: 3 unless set; RUNS: measured steps a round of ours, 5 unless set.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
model=${1:?MODEL} batch=${2:?BATCH} threads=${3:?THREADS} what=${4:-}
python=${PYTHON:-python3} rounds=${ROUNDS:-3} runs=${RUNS:-5}
"$python" -c 'import torch, onnxruntime, onnx' || { echo "compare.sh: PYTHON=$python lacks torch, onnxruntime or onnx" >&2; exit 1; }
found=$(mktemp)
trap 'rm -f "$found"' EXIT
ours() {
  "$root/trm" bench --model "$model" --batch "$batch" --threads "$threads" --runs "$runs" ${what:+--train} |
    sed -n 's/^ *\([0-9.]*\) examples x supervision steps.*/ours \1/p'
}
peer() {
  "$python" -W ignore "$root/benchmarks/peers/step.py" "$model" "$batch" "$threads" "$1" 2>/dev/null | sed -n "s/.*: \([0-9.]*\)\$/$2 \1/p"
}
for round in $(seq "$rounds"); do
  ours >>"$found"
  if [ -n "$what" ]; then
    peer train PyTorch >>"$found"
  else
    peer ort ONNX-Runtime >>"$found"
    peer torch PyTorch >>"$found"
  fi
done
echo "$model, batch $batch, $threads threads${what:+, training}: examples x supervision steps a second, $rounds rounds by turns"
for who in ours ONNX-Runtime PyTorch; do
  sorted=$(sed -n "s/^$who //p" "$found" | sort -n | tr '\n' ' ')
  if [ -n "$sorted" ]; then
    printf '%-13s median %s of %s\n' "$who" "$(echo $sorted | tr ' ' '\n' | sed -n "$(((rounds + 1) / 2))p")" "$sorted"
  fi
done
