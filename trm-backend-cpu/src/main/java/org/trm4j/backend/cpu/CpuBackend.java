package org.trm4j.backend.cpu;

import java.util.function.BooleanSupplier;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** A CPU backend: kernels and the threads that run them. */
final class CpuBackend implements Backend {
  private final String id;
  private final String detail;
  private final Kernels kernels;
  private final WorkerPool pool;
  private volatile boolean closed;

  CpuBackend(String id, String detail, Kernels kernels, BackendOptions options) {
    if (!options.device().isEmpty()) {
      throw new BackendException(
          "backend %s: device %s: expected none, it has only the CPU"
              .formatted(id, options.device()));
    }
    if (!options.properties().isEmpty()) {
      throw new BackendException(
          "backend %s: unknown properties %s".formatted(id, options.properties().keySet()));
    }
    this.id = id;
    this.detail = detail;
    this.kernels = kernels;
    this.pool =
        new WorkerPool(
            options.threads() == 0
                ? Runtime.getRuntime().availableProcessors()
                : options.threads());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String device() {
    return "%s: %s, %d thread%s"
        .formatted(id, detail, pool.threads(), pool.threads() == 1 ? "" : "s");
  }

  @Override
  public LoadedModel load(Plan plan, ParameterSet parameters) {
    checkOpen();
    return new CpuModel(plan, parameters.matching(plan.parameters()), kernels, pool, closedCheck());
  }

  @Override
  public TrainingSession train(Plan plan, ParameterSet parameters, int batch) {
    checkOpen();
    Checks.slots(batch);
    return new CpuTrainingSession(
        plan, parameters.matching(plan.parameters()), batch, kernels, pool, closedCheck());
  }

  private BooleanSupplier closedCheck() {
    return () -> closed;
  }

  private void checkOpen() {
    if (closed) {
      throw BackendException.closed("backend " + id);
    }
  }

  @Override
  public void close() {
    closed = true;
    pool.close();
  }
}
