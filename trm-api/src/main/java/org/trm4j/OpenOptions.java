package org.trm4j;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.runtime.Backends;

/**
 * How a model is opened; immutable. Begin with {@link #DEFAULT} and change what differs:
 *
 * <pre>{@code
 * TrmModel.open(file, OpenOptions.DEFAULT.withThreads(2).withWarmUp(true))
 * }</pre>
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class OpenOptions {
  /**
   * The backend that is available and has the highest priority, of those that multiply in {@link
   * #precision()}.
   */
  public static final String AUTO = Backends.AUTO;

  /** The best available backend, all processors, no warm-up, and plug-ins of the class path. */
  public static final OpenOptions DEFAULT =
      new OpenOptions(new Values(AUTO, "", null, 0, false, null, null));

  private record Values(
      String backend,
      String device,
      @Nullable String precision,
      int threads,
      boolean warmUp,
      @Nullable ClassLoader classLoader,
      @Nullable SolveObserver observer) {}

  private final Values values;

  private OpenOptions(Values values) {
    this.values = values;
  }

  /** The values of a copy, of which one is changed. */
  private static final class Fields {
    String backend;
    String device;
    @Nullable String precision;
    int threads;
    boolean warmUp;
    @Nullable ClassLoader classLoader;
    @Nullable SolveObserver observer;

    Fields(Values values) {
      this.backend = values.backend;
      this.device = values.device;
      this.precision = values.precision;
      this.threads = values.threads;
      this.warmUp = values.warmUp;
      this.classLoader = values.classLoader;
      this.observer = values.observer;
    }

    Values values() {
      return new Values(backend, device, precision, threads, warmUp, classLoader, observer);
    }
  }

  private OpenOptions with(Consumer<Fields> change) {
    Fields fields = new Fields(values);
    change.accept(fields);
    return new OpenOptions(fields.values());
  }

  /** Returns {@link #AUTO} or a backend's id. */
  public String backend() {
    return values.backend;
  }

  /** Returns the device of the backend; empty for its default. */
  public String device() {
    return values.device;
  }

  /**
   * Returns the precision that the backend must multiply in; empty where {@link #AUTO} takes single
   * precision, and a backend that is named its own.
   */
  public Optional<String> precision() {
    return Optional.ofNullable(values.precision);
  }

  /** Returns the number of worker threads; 0 for all processors. */
  public int threads() {
    return values.threads;
  }

  /** Returns whether {@link TrmModel#warmUp()} is called before the model is handed over. */
  public boolean warmUp() {
    return values.warmUp;
  }

  /** Returns the class loader in which plug-ins are looked for, where there is one of its own. */
  public Optional<ClassLoader> classLoader() {
    return Optional.ofNullable(values.classLoader);
  }

  /** Returns the observer that sees every solve. */
  public Optional<SolveObserver> observer() {
    return Optional.ofNullable(values.observer);
  }

  /**
   * Returns these options with another backend.
   *
   * @param id of a backend, or {@link #AUTO}
   */
  public OpenOptions withBackend(String id) {
    if (id.isBlank()) {
      throw new IllegalArgumentException("backend: nothing was given, expected auto or an id");
    }
    if (id.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "backend: %s, expected auto or an id; withDevice takes the device".formatted(id));
    }
    return with(fields -> fields.backend = id);
  }

  /**
   * Returns these options with another device.
   *
   * @param name as the backend names it, such as {@code opencl:0}; empty for its default
   */
  public OpenOptions withDevice(String name) {
    Objects.requireNonNull(name, "device");
    return with(fields -> fields.device = name);
  }

  /**
   * Returns these options with a precision of the products, which {@link #AUTO} chooses by and a
   * backend that is named must have.
   *
   * @param name as {@link org.trm4j.backend.spi.BackendProvider#precision()} has it, such as {@code
   *     bf16}
   */
  public OpenOptions withPrecision(String name) {
    Objects.requireNonNull(name, "precision");
    return with(fields -> fields.precision = name);
  }

  /** Returns these options with this number of worker threads; 0 for all processors. */
  public OpenOptions withThreads(int count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "threads: " + count + ", expected at least 1, or 0 for all processors");
    }
    return with(fields -> fields.threads = count);
  }

  /**
   * Returns these options with or without a warm-up: opening takes a second longer, and the first
   * solve of a fresh JVM a second less.
   */
  public OpenOptions withWarmUp(boolean wanted) {
    return with(fields -> fields.warmUp = wanted);
  }

  /** Returns these options with plug-ins of this class loader and of no other. */
  public OpenOptions withClassLoader(ClassLoader loader) {
    Objects.requireNonNull(loader, "class loader");
    return with(fields -> fields.classLoader = loader);
  }

  /** Returns these options with an observer that sees every solve. */
  public OpenOptions withObserver(SolveObserver seeing) {
    Objects.requireNonNull(seeing, "observer");
    return with(fields -> fields.observer = seeing);
  }

  /** Returns the library with the plug-ins of these options. */
  Trm trm() {
    ClassLoader loader = values.classLoader;
    return loader == null ? Trm.standard() : Trm.builder().classLoader(loader).build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpenOptions options && values.equals(options.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "OpenOptions[backend=%s, device=%s, precision=%s, threads=%s, warmUp=%s]"
        .formatted(
            values.backend,
            values.device.isEmpty() ? "default" : values.device,
            values.precision == null ? "default" : values.precision,
            values.threads == 0 ? "all" : values.threads,
            values.warmUp);
  }
}
