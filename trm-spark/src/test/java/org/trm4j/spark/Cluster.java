package org.trm4j.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Spark on this machine: in this JVM, or with separate executor processes. */
final class Cluster {
  private static final String OPENS =
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

  private Cluster() {}

  /** Returns the command that runs a test program in a separate JVM. */
  static List<String> java(Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(OPENS.split(" ")));
    command.addAll(List.of("-Xmx700m", "-XX:+UseSerialGC", "-cp", classPath(), program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Runs everything in this JVM, with two task threads. */
  static SparkSession inThisJvm() {
    return builder("local[2]").getOrCreate();
  }

  /** Starts two executor processes of one core each. */
  static SparkSession twoExecutors() {
    List<String> folders = linkJars(Path.of(System.getenv("SPARK_HOME"), "jars"));
    return builder("local-cluster[2,1,1024]")
        .config("spark.executor.memory", "700m")
        .config("spark.executor.cores", "1")
        .config("spark.executor.extraClassPath", String.join(File.pathSeparator, folders))
        .config("spark.executor.extraJavaOptions", OPENS)
        .getOrCreate();
  }

  private static SparkSession.Builder builder(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("trm-spark tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", Path.of("target", "warehouse").toUri().toString());
  }

  /** Links the jars of this JVM's class path, and returns its folders. */
  private static List<String> linkJars(Path jars) {
    List<String> folders = new ArrayList<>();
    try {
      Files.createDirectories(jars);
      for (String entry : classPath().split(File.pathSeparator)) {
        Path path = Path.of(entry).toAbsolutePath();
        if (Files.isDirectory(path)) {
          folders.add(path.toString());
        } else if (Files.exists(path)) {
          link(jars.resolve(path.getFileName()), path);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return folders;
  }

  private static void link(Path link, Path target) throws IOException {
    try {
      Files.createSymbolicLink(link, target);
    } catch (FileAlreadyExistsException e) {
      Files.delete(link);
      Files.createSymbolicLink(link, target);
    }
  }
}
