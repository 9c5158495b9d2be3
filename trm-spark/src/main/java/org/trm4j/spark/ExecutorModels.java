package org.trm4j.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.trm4j.TrmModel;
import org.trm4j.frontend.BackendText;

/**
 * The models open in this executor's JVM: each is opened once, whatever the number of tasks and
 * jobs, and stays open until the JVM ends.
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
  static TrmModel get(BroadcastModel model, String backend) {
    return OPENED.computeIfAbsent(model.digest() + " " + backend, key -> open(model, backend));
  }

  /**
   * Returns the number of models that this JVM has opened so far, each after reading its broadcast.
   */
  static int openings() {
    return OPENINGS.get();
  }

  private static TrmModel open(BroadcastModel model, String backend) {
    OPENINGS.incrementAndGet();
    return TrmModel.open(model.bytes().value().saved(), BackendText.options(backend, threads()));
  }

  /**
   * Returns the number of cores of this executor, which its tasks share; 0 for all of the
   * machine's.
   */
  static int threads() {
    SparkEnv env = SparkEnv.get();
    return env == null ? 0 : env.conf().getInt("spark.executor.cores", 0);
  }
}
