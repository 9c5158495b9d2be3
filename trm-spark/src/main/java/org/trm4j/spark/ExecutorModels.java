package org.trm4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.ModelFiles;

/**
 * The models that this executor's JVM has opened: each once, whatever the number of tasks and jobs,
 * until the JVM ends.
 */
final class ExecutorModels {
  private static final Map<String, TrmModel> OPENED = new ConcurrentHashMap<>();
  private static final AtomicInteger OPENINGS = new AtomicInteger();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> OPENED.values().forEach(TrmModel::close), "trm-close"));
  }

  private ExecutorModels() {}

  /** Returns the model, opened on that backend. */
  static TrmModel get(Broadcast<ModelBytes> model, String backend) {
    ModelBytes bytes = model.value();
    return OPENED.computeIfAbsent(
        bytes.digest() + " " + backend, key -> open(bytes.content(), backend));
  }

  /** Returns how many models this JVM has opened so far. */
  static int openings() {
    return OPENINGS.get();
  }

  private static TrmModel open(byte[] content, String backend) {
    OPENINGS.incrementAndGet();
    try {
      Path file = Files.createTempFile("trm-model", ".safetensors");
      try {
        Files.write(file, content);
        return TrmModel.open(ModelFiles.read(file), backend, threads());
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the model cannot be opened on this executor: " + e, e);
    }
  }

  /**
   * The cores of this executor: tasks that run at the same time share them, each with the thread it
   * runs on.
   */
  private static int threads() {
    SparkEnv env = SparkEnv.get();
    if (env == null) {
      return 0;
    }
    SparkConf conf = env.conf();
    return conf.getInt("spark.executor.cores", 0);
  }
}
