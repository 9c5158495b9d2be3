# Sourced by ./trm and .ci/run (POSIX sh): exports TORNADOVM_HOME where it is unset and SDKMAN has installed the SDK.

trm_find_tornado() {
  [ -z "${TORNADOVM_HOME:-}" ] || return 0
  trm_sdk=${SDKMAN_DIR:-${HOME:-/nonexistent}/.sdkman}/candidates/tornadovm/current
  [ -f "$trm_sdk/tornado-argfile" ] || return 1
  TORNADOVM_HOME=$trm_sdk
  export TORNADOVM_HOME
}
