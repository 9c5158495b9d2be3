#!/usr/bin/env bash
# pack.sh DIR: gathers in DIR all that a machine without internet and without a JDK needs to run the tornado backend:
# a runtime made by jlink, the SDK that TORNADOVM_HOME names, our jars and the golden cases. Then, there: DIR/run.sh, or
# DIR/slice.sh to train. All data is made on the fly.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
[ $# -eq 1 ] || { echo "usage: pack.sh DIR" >&2; exit 2; }
[ ! -e "$1" ] || { echo "pack.sh: $1 is there already, expected a new folder" >&2; exit 2; }

. "$root/.mvn/find-jdk.sh"
trm_find_jdk || exit 1
. "$root/.mvn/find-tornado.sh"
trm_find_tornado || { echo "pack.sh: no TornadoVM SDK: set TORNADOVM_HOME, or sdk install tornadovm" >&2; exit 1; }

(cd "$root" && ./mvnw -q -Dquick -DskipTests -pl trm-cli -am package)
mkdir -p "$1/jars" "$1/tornadovm/share"
# An SDK says itself whether it needs the JVM compiler interface, which JDK 27 no longer has.
compiler=
! grep -q JVMCI "$TORNADOVM_HOME/tornado-argfile.template" || compiler=jdk.graal.compiler,jdk.internal.vm.ci,
"$JAVA_HOME/bin/jlink" --strip-debug --no-header-files --no-man-pages --compress zip-6 --output "$1/runtime" \
  --add-modules "${compiler}java.se,jdk.charsets,jdk.crypto.ec,jdk.incubator.vector,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs"
cp "$root"/trm-cli/target/trm-cli.jar "$root"/trm-cli/target/lib/*.jar "$1/jars"
# Of the SDK: its jars, the compiler's, the native libraries, and the template of the argument file.
cp -r "$TORNADOVM_HOME/lib" "$TORNADOVM_HOME/tornado-argfile.template" "$1/tornadovm"
cp -r "$TORNADOVM_HOME/etc" "$1/tornadovm"
cp -r "$TORNADOVM_HOME/share/java" "$1/tornadovm/share"
cp -r "$root"/integration-tests/src/test/resources/golden "$root"/integration-tests/src/test/resources/golden-eqr "$1"
cp "$here/trm.sh" "$here/run.sh" "$here/slice.sh" "$1"
du -sh "$1"
