package org.trm4j.spark.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A master, workers and executor processes on this machine: Spark's {@code local-cluster}. It takes
 * its jars from {@code SPARK_HOME/jars}, where {@code ./trm spark-demo} puts them.
 */
final class LocalCluster {
  private static final String FLAGS =
      String.join(
          " ",
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/sun.security.action=ALL-UNNAMED");

  private LocalCluster() {}

  /**
   * Starts it.
   *
   * @param executors of one core each
   * @param megabytes of each
   */
  static SparkSession start(int executors, int megabytes) {
    String home = System.getenv("SPARK_HOME");
    if (home == null || !Files.isDirectory(Path.of(home, "jars"))) {
      throw new IllegalStateException(
          "SPARK_HOME is %s, expected a folder with jars; ./trm spark-demo makes one and starts this program"
              .formatted(home));
    }
    return SparkSession.builder()
        .master("local-cluster[%s,1,%s]".formatted(executors, megabytes))
        .appName("TRM demonstration")
        .config("spark.executor.memory", megabytes - 100 + "m")
        .config("spark.executor.cores", "1")
        .config("spark.executor.extraJavaOptions", FLAGS)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.locality.wait.process", "60s")
        .getOrCreate();
  }
}
