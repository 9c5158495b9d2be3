package org.trm4j.tck.oracle;

import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** Double precision on the caller's thread. */
final class ReferenceBackend implements Backend {
  private final double noise;
  private final Rounding products;
  private volatile boolean closed;

  ReferenceBackend(double noise, Rounding products) {
    this.noise = noise;
    this.products = products;
  }

  Rounding products() {
    return products;
  }

  double noise() {
    return noise;
  }

  @Override
  public String id() {
    return ReferenceProvider.ID;
  }

  @Override
  public String device() {
    return "reference: double precision, 1 thread";
  }

  @Override
  public LoadedModel load(Plan plan, ParameterSet parameters) {
    check("backend reference");
    return new Model(plan, new DoubleParameters(plan.parameters(), parameters));
  }

  @Override
  public TrainingSession train(Plan plan, ParameterSet parameters, int batch) {
    check("backend reference");
    return new ReferenceTrainingSession(this, plan, parameters, batch);
  }

  void check(String what) {
    if (closed) {
      throw BackendException.closed(what);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Parameters, which no session changes. */
  private final class Model implements LoadedModel {
    private final Plan plan;
    private final DoubleParameters parameters;
    private volatile boolean modelClosed;

    Model(Plan plan, DoubleParameters parameters) {
      this.plan = plan;
      this.parameters = parameters;
    }

    @Override
    public Plan plan() {
      return plan;
    }

    @Override
    public InferenceSession open(int slots) {
      checkModel("loaded model");
      return new ReferenceInferenceSession(
          new ReferenceSlots("inference session", plan, parameters, slots, false, noise, products),
          this::checkModel);
    }

    private void checkModel(String what) {
      check(what);
      if (modelClosed) {
        throw BackendException.closed(what);
      }
    }

    @Override
    public void close() {
      modelClosed = true;
    }
  }
}
