package org.trm4j.backend.tornado.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.tornado.check.DeviceCheck;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.DeviceLimits;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.product.CuBlasProducts;
import org.trm4j.backend.tornado.product.Precision;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.backend.tornado.program.LaunchStatistics;
import org.trm4j.backend.tornado.program.Products;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** A device. */
public final class TornadoBackend implements Backend {
  private final DeviceChoice choice;
  private final DeviceLimits limits;
  private final Products products;
  private final KernelChoice kernels;
  private final DeviceCheck check;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final LaunchStatistics counters = new LaunchStatistics();
  private volatile boolean closed;

  /**
   * Opens a device.
   *
   * @param check the faults found in it; a device that cannot be used at all is refused
   */
  public TornadoBackend(
      DeviceChoice choice,
      DeviceLimits limits,
      Products products,
      KernelChoice kernels,
      DeviceCheck check) {
    check.require(choice);
    this.choice = choice;
    this.limits = limits;
    this.products = products;
    this.kernels = kernels;
    this.check = check;
  }

  /** Refuses random draws if the device computes them wrongly. */
  void requireNoise() {
    check.requireNoise(choice);
  }

  Products products() {
    return products;
  }

  KernelChoice kernels() {
    return kernels;
  }

  DeviceLimits limits() {
    return limits;
  }

  DeviceChoice choice() {
    return choice;
  }

  LaunchStatistics counters() {
    return counters;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String id() {
    return DeviceChoice.BACKEND;
  }

  @Override
  public String device() {
    String device = "%s: %s".formatted(DeviceChoice.BACKEND, choice.description());
    if (products instanceof CuBlasProducts library) {
      String precision = library.precision() == Precision.FP32 ? "" : " in " + library.precision();
      device += ", products by cuBLAS" + precision;
    }
    return choice.graphs() ? device + ", CUDA graphs" : device;
  }

  @Override
  public LoadedModel load(Plan plan, ParameterSet parameters) {
    check(plan);
    TornadoModel model =
        BackendException.sized(id(), () -> new TornadoModel(this, plan, parameters));
    keep(model);
    return model;
  }

  @Override
  public TrainingSession train(Plan plan, ParameterSet parameters, int batch) {
    check(plan);
    TornadoTrainingSession session =
        BackendException.sized(
            id(),
            () ->
                Engine.exclusively(
                    () -> new TornadoTrainingSession(this, plan, parameters, batch)));
    keep(session);
    return session;
  }

  private void check(Plan plan) {
    check();
    if (RandomDraws.of(plan)) {
      requireNoise();
    }
  }

  @Override
  public Map<String, Double> statistics() {
    return counters.values();
  }

  private synchronized void keep(AutoCloseable session) {
    opened.add(session);
  }

  synchronized void forget(AutoCloseable session) {
    opened.remove(session);
  }

  private void check() {
    if (closed) {
      throw BackendException.closed("backend " + id());
    }
  }

  @Override
  public void close() {
    closed = true;
    List<AutoCloseable> all;
    synchronized (this) {
      all = List.copyOf(opened);
      opened.clear();
    }
    for (AutoCloseable session : all) {
      switch (session) {
        case TornadoModel model -> model.close();
        case TornadoTrainingSession training -> training.close();
        default -> throw new IllegalStateException("not a session: " + session);
      }
    }
  }
}
