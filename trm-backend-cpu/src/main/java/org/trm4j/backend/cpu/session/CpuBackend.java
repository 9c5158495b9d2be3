package org.trm4j.backend.cpu.session;

import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.thread.Team;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** Kernels with the threads that run them. */
public final class CpuBackend implements Backend {
  private final String id;
  private final Kernels kernels;
  private final Team team;
  private volatile boolean closed;

  private CpuBackend(String id, Kernels kernels, int threads) {
    this.id = id;
    this.kernels = kernels;
    this.team = new Team(threads, id);
  }

  public static Backend open(String id, Kernels kernels, BackendOptions options) {
    if (!options.device().isEmpty()) {
      throw new BackendException(
          "backend %s: device %s, expected none: it has only one".formatted(id, options.device()));
    }
    if (!options.properties().isEmpty()) {
      throw new BackendException(
          "backend %s: properties %s, expected none".formatted(id, options.properties().keySet()));
    }
    return new CpuBackend(id, kernels, threads(options.threads()));
  }

  public static int threads(int asked) {
    return asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
  }

  Kernels kernels() {
    return kernels;
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
    return "%s: %s, %d threads".formatted(id, kernels.description(), team.size());
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
