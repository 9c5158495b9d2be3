#!/usr/bin/env bash
# simulated.sh LOG COMMAND...: runs a command on a simulated OpenCL device, which writes data races, reads of what nobody
# wrote and accesses out of bounds to LOG, and also what it cannot run (Oclgrind: Debian's packages oclgrind and gcc).
# Exits with 69 where there is no simulator.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
[ $# -ge 2 ] || { echo "usage: simulated.sh LOG COMMAND..." >&2; exit 2; }
log=$1
shift
library=$(find /usr/lib /usr/local/lib -name liboclgrind-rt-icd.so 2>/dev/null | head -n 1)
[ -n "$library" ] || { echo "simulated.sh: no Oclgrind: install the package oclgrind" >&2; exit 69; }
command -v gcc >/dev/null || { echo "simulated.sh: no gcc: install the package gcc" >&2; exit 69; }

: >"$log"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/vendors"
echo "$library" >"$work/vendors/oclgrind.icd"
gcc -shared -fPIC -O1 -o "$work/device-type.so" "$here/device-type.c" -ldl
status=0
env OCL_ICD_VENDORS="$work/vendors" LD_PRELOAD="$work/device-type.so" XDG_CACHE_HOME="$work/cache" \
  OCLGRIND_DATA_RACES=1 OCLGRIND_UNINITIALIZED=1 OCLGRIND_LOG="$log" \
  "$@" || status=$?
exit $status
