package org.trm4j.backend.cpu.session;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.operation.Steps;
import org.trm4j.backend.cpu.program.StepFactory;
import org.trm4j.backend.cpu.thread.Team;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** Kernels and the threads that run them. */
public final class CpuBackend implements Backend {
  /** System property: the number of threads of a backend that is opened without a number. */
  public static final String THREADS = "org.trm4j.cpu.threads";

  private final String id;
  private final Kernels kernels;
  private final StepFactory steps;
  private final String what;
  private final String precision;
  private final Team team;
  private volatile boolean closed;

  private CpuBackend(
      String id, Kernels kernels, StepFactory steps, String what, String precision, int threads) {
    this.id = id;
    this.kernels = kernels;
    this.steps = steps;
    this.what = what;
    this.precision = precision;
    this.team = new Team(threads, id);
  }

  public static Backend open(String id, Kernels kernels, BackendOptions options) {
    return open(id, kernels, Steps::of, kernels.description(), "fp32", options);
  }

  /**
   * Opens a backend with its own steps.
   *
   * @param what a short description of what it runs on
   * @param precision of its products
   */
  public static Backend open(
      String id,
      Kernels kernels,
      StepFactory steps,
      String what,
      String precision,
      BackendOptions options) {
    if (!options.device().isEmpty()) {
      throw new BackendException(
          "backend %s: device %s, expected none: it has only one".formatted(id, options.device()));
    }
    if (!options.properties().isEmpty()) {
      throw new BackendException(
          "backend %s: properties %s, expected none".formatted(id, options.properties().keySet()));
    }
    return new CpuBackend(id, kernels, steps, what, precision, threads(options.threads()));
  }

  /**
   * Returns the number of threads of a backend: the given number, else the system property, else
   * the number of processors.
   */
  public static int threads(int asked) {
    if (asked > 0) {
      return asked;
    }
    String wrong = wrongThreads();
    if (wrong != null) {
      throw new BackendException(wrong);
    }
    String set = System.getProperty(THREADS, "");
    return set.isEmpty() ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(set);
  }

  /** Returns what is wrong with the system property, or null. */
  public static @Nullable String wrongThreads() {
    String set = System.getProperty(THREADS, "");
    return set.matches("([1-9][0-9]{0,2}|[1-3][0-9]{3}|40[0-8][0-9]|409[0-6])?")
        ? null
        : "system property %s is %s, expected 1..4096".formatted(THREADS, set);
  }

  Kernels kernels() {
    return kernels;
  }

  StepFactory steps() {
    return steps;
  }

  Team team() {
    return team;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String device() {
    return "%s: %s, %s threads".formatted(id, what, team.size());
  }

  @Override
  public String precision() {
    return precision;
  }

  @Override
  public int parallelism() {
    return team.size();
  }

  @Override
  public LoadedModel load(Plan plan, ParameterSet parameters) {
    check();
    return BackendException.sized(id, () -> new CpuModel(this, plan, parameters));
  }

  @Override
  public TrainingSession train(Plan plan, ParameterSet parameters, int batch) {
    check();
    return BackendException.sized(id, () -> new CpuTrainingSession(this, plan, parameters, batch));
  }

  private void check() {
    if (closed) {
      throw BackendException.closed("backend " + id);
    }
  }

  @Override
  public void close() {
    closed = true;
    team.close();
  }
}
