#!/usr/bin/env bash
# run.sh [TEST ...]: runs tests of this module on a simulated OpenCL device that finds data races, reads of what nobody
# wrote and accesses out of bounds (Oclgrind: Debian's packages oclgrind and gcc). First a race is planted, which must be
# found; then nothing may be. Without tests: the device check, a training step with every form of the kernels, and the
# networks of the golden cases with one cycle of one latent update, which make every launch of the cases. Name
# GoldenParityTest for the cases at full length, which take hours. Kernels are not optimised: Oclgrind does not know all
# that its compiler makes of them.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
. "$root/.mvn/find-jdk.sh"
trm_find_jdk || exit 1
. "$root/.mvn/find-tornado.sh"
trm_find_tornado || { echo "run.sh: no TornadoVM SDK: set TORNADOVM_HOME, or sdk install tornadovm" >&2; exit 1; }
library=$(find /usr/lib /usr/local/lib -name liboclgrind-rt-icd.so 2>/dev/null | head -n 1)
[ -n "$library" ] || { echo "run.sh: no Oclgrind: install the package oclgrind" >&2; exit 1; }
command -v gcc >/dev/null || { echo "run.sh: no gcc: install the package gcc" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/vendors"
echo "$library" >"$work/vendors/oclgrind.icd"
gcc -shared -fPIC -O1 -o "$work/device-type.so" "$here/device-type.c" -ldl

# simulated LOG TESTS: runs tests on the simulator, which writes what it finds to the log.
simulated() {
  (cd "$root" && env OCL_ICD_VENDORS="$work/vendors" LD_PRELOAD="$work/device-type.so" XDG_CACHE_HOME="$work/cache" \
    OCLGRIND_DATA_RACES=1 OCLGRIND_UNINITIALIZED=1 OCLGRIND_BUILD_OPTIONS=-cl-opt-disable OCLGRIND_LOG="$1" \
    ./mvnw -q -Dquick -pl trm-backend-tornado -am test -Dtest="$2" -Dsurefire.failIfNoSpecifiedTests=false \
    -DexcludedGroups= -Djacoco.skip)
}

simulated "$work/planted.log" PlantedRaceTest
grep -q 'data race' "$work/planted.log" || { echo "run.sh: the planted race was not found" >&2; exit 1; }
echo "the planted race is found: $(grep -m 1 'data race' "$work/planted.log")"

tests=${*:-DeviceCheckTest,KernelFormsTest,GoldenShapesTest}
failed=0
simulated "$work/findings.log" "${tests// /,}" || failed=1
if [ -s "$work/findings.log" ]; then
  head -n 100 "$work/findings.log" >&2
  echo "run.sh: the simulator has findings" >&2
  failed=1
else
  echo "no finding in $tests"
fi
exit $failed
