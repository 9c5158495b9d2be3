package org.trm4j.backend.spi;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * How a backend is opened.
 *
 * @param threads worker threads of a CPU backend; 0 for all processors
 * @param device the part of the user's choice after the id, such as {@code opencl:0} in {@code
 *     tornado:opencl:0}; empty for the default
 * @param properties settings that only one backend knows; an unknown key is refused
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record BackendOptions(int threads, String device, Map<String, String> properties) {
  /** The defaults: all processors, the default device. */
  public static final BackendOptions DEFAULT = new BackendOptions(0, "", Map.of());

  private static final int MAX_THREADS = 4096;

  /** Copies and checks. */
  public BackendOptions {
    if (threads < 0 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(
          "threads: %s, expected 0 (all processors) to %s".formatted(threads, MAX_THREADS));
    }
    properties = Map.copyOf(properties);
  }

  /** Returns these options with another number of threads. */
  public BackendOptions withThreads(int count) {
    return new BackendOptions(count, device, properties);
  }
}
