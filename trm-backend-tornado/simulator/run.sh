#!/usr/bin/env bash
# run.sh [TEST ...]: runs tests of this module on the simulated device of simulated.sh. First a race is planted, which must be
# found; then nothing may be. Without tests: the device check, a training step with every form of the kernels, the losses of
# deduction, tasks, drafts and noise of the contract, single layers, and the networks of the golden cases with one cycle of
# one latent update of one layer, which make every launch of the cases. Name GoldenParityTest for the cases at full length,
# which take hours.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
. "$root/.mvn/find-jdk.sh"
trm_find_jdk || exit 1
. "$root/.mvn/find-tornado.sh"
trm_find_tornado || { echo "run.sh: no TornadoVM SDK: set TORNADOVM_HOME, or sdk install tornadovm" >&2; exit 1; }
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

# simulated LOG TESTS: runs tests on the simulator, which writes what it finds to the log.
simulated() {
  (cd "$root" && "$here/simulated.sh" "$1" ./mvnw -q -Dquick -pl trm-backend-tornado -am test -Dtest="$2" \
    -Dsurefire.failIfNoSpecifiedTests=false -DexcludedGroups= -Djacoco.skip)
}

simulated "$logs/planted" PlantedRaceTest
grep -q 'data race' "$logs/planted" || { echo "run.sh: the planted race was not found" >&2; exit 1; }
echo "the planted race is found: $(grep -m 1 'data race' "$logs/planted")"

tests=${*:-DeviceCheckTest,KernelFormsTest,GoldenShapesTest,GoldenParityTest#lossesOfDeduction*,TornadoContractTest#computesTasksAsTheOracleDoes+draftsWithoutLogits+addsTheNoiseOfTheContract}
failed=0
simulated "$logs/findings" "${tests// /,}" || failed=1
if [ -s "$logs/findings" ]; then
  head -n 100 "$logs/findings" >&2
  echo "run.sh: the simulator has findings" >&2
  failed=1
else
  echo "no finding in $tests"
fi
exit $failed
