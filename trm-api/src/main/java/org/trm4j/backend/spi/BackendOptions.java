package org.trm4j.backend.spi;

import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** How a backend is opened; immutable. Begin with {@link #DEFAULT} and change what differs. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class BackendOptions {
  /** The defaults: all processors, the default device. */
  public static final BackendOptions DEFAULT = new BackendOptions(new Values(0, "", Map.of()));

  private static final int MAX_THREADS = 4096;

  private record Values(int threads, String device, Map<String, String> properties) {
    Values {
      if (threads < 0 || threads > MAX_THREADS) {
        throw new IllegalArgumentException(
            "threads: %s, expected 0 (all processors) to %s".formatted(threads, MAX_THREADS));
      }
      Objects.requireNonNull(device, "device");
      properties = Map.copyOf(properties);
    }
  }

  private final Values values;

  private BackendOptions(Values values) {
    this.values = values;
  }

  /** Returns the worker threads of a CPU backend; 0 for all processors. */
  public int threads() {
    return values.threads;
  }

  /**
   * Returns the part of the user's choice after the id, such as {@code opencl:0} in {@code
   * tornado:opencl:0}; empty for the default.
   */
  public String device() {
    return values.device;
  }

  /** Returns the settings that only one backend knows; an unknown key is refused. */
  public Map<String, String> properties() {
    return values.properties;
  }

  /** Returns these options with another number of threads, 0 for all processors. */
  public BackendOptions withThreads(int count) {
    return new BackendOptions(new Values(count, values.device, values.properties));
  }

  /** Returns these options with another device; empty for the default. */
  public BackendOptions withDevice(String name) {
    return new BackendOptions(new Values(values.threads, name, values.properties));
  }

  /** Returns these options with these settings, which only one backend knows, and no others. */
  public BackendOptions withProperties(Map<String, String> settings) {
    return new BackendOptions(new Values(values.threads, values.device, settings));
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof BackendOptions other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "BackendOptions" + values.toString().substring("Values".length());
  }
}
