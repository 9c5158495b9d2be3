#!/bin/sh
# Builds trm-spark with Spark and all that it needs, and runs its demonstration with executor processes on this machine.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
. "$root/.mvn/find-jdk.sh"
trm_find_jdk || exit 1
home=$root/trm-spark/target/spark-home
stamp=$home/built
if [ ! -f "$stamp" ] || [ -n "$(find "$root"/pom.xml "$root"/trm-*/pom.xml "$root"/trm-*/src/main -newer "$stamp" 2>/dev/null | head -n 1)" ]; then
  echo 'trm: building the demonstration, and fetching Spark the first time (some 300 MB) ...' >&2
  rm -rf "$home"
  (cd "$root" && ./mvnw -q -Dquick -DskipTests -Pspark-demo -pl trm-spark -am package) >&2
  touch "$stamp"
fi
export SPARK_HOME=$home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
opens=
for package in lang lang.invoke net nio util util.concurrent; do
  opens="$opens --add-opens=java.base/java.$package=ALL-UNNAMED"
done
exec "$JAVA_HOME/bin/java" -Xmx2g --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow $opens --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
  --add-opens=java.base/sun.security.action=ALL-UNNAMED -cp "$home/jars/*" org.trm4j.spark.demo.SparkDemo "$@"
