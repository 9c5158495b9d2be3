package org.trm4j;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.runtime.Backends;

/**
 * How a model is opened; immutable. Begin with {@link #DEFAULT} and change what differs:
 *
 * <pre>{@code
 * TrmModel.open(file, OpenOptions.DEFAULT.withThreads(2).withWarmUp(true))
 * }</pre>
 *
 * @param backend {@code auto}, a backend's id, or {@code id:device}
 * @param threads worker threads; 0 for all processors
 * @param warmUp whether {@link TrmModel#warmUp()} is called before the model is handed over
 * @param classLoader in which plug-ins are looked for
 * @param observer that sees every solve
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record OpenOptions(
    String backend,
    int threads,
    boolean warmUp,
    Optional<ClassLoader> classLoader,
    Optional<SolveObserver> observer) {
  /**
   * The backend that is available and has the highest priority, of those that multiply in single
   * precision.
   */
  public static final String AUTO = Backends.AUTO;

  /** The best available backend, all processors, no warm-up, and plug-ins of the class path. */
  public static final OpenOptions DEFAULT =
      new OpenOptions(AUTO, 0, false, Optional.empty(), Optional.empty());

  /** Checks the values. */
  public OpenOptions {
    if (threads < 0) {
      throw new IllegalArgumentException(
          "threads: " + threads + ", expected at least 1, or 0 for all processors");
    }
    if (backend.isBlank()) {
      throw new IllegalArgumentException(
          "backend: nothing was given, expected auto, an id, or id:device");
    }
  }

  /** Returns these options with another backend: {@code auto}, an id, or {@code id:device}. */
  public OpenOptions withBackend(String choice) {
    return new OpenOptions(choice, threads, warmUp, classLoader, observer);
  }

  /** Returns these options with this number of worker threads; 0 for all processors. */
  public OpenOptions withThreads(int count) {
    return new OpenOptions(backend, count, warmUp, classLoader, observer);
  }

  /**
   * Returns these options with or without a warm-up: opening takes a second longer, and the first
   * solve of a fresh JVM a second less.
   */
  public OpenOptions withWarmUp(boolean wanted) {
    return new OpenOptions(backend, threads, wanted, classLoader, observer);
  }

  /** Returns these options with plug-ins of this class loader and of no other. */
  public OpenOptions withClassLoader(ClassLoader loader) {
    Objects.requireNonNull(loader, "class loader");
    return new OpenOptions(backend, threads, warmUp, Optional.of(loader), observer);
  }

  /** Returns these options with an observer that sees every solve. */
  public OpenOptions withObserver(SolveObserver seeing) {
    Objects.requireNonNull(seeing, "observer");
    return new OpenOptions(backend, threads, warmUp, classLoader, Optional.of(seeing));
  }

  /** Returns the library with the plug-ins of these options. */
  Trm trm() {
    @Nullable ClassLoader loader = classLoader.orElse(null);
    return loader == null ? Trm.standard() : Trm.builder().classLoader(loader).build();
  }
}
