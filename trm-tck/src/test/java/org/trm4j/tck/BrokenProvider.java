package org.trm4j.tck;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;
import org.trm4j.tck.oracle.ReferenceProvider;

/** The oracle with one defect. */
record BrokenProvider(Defect defect) implements BackendProvider {
  private static final BackendProvider ORACLE = new ReferenceProvider();

  @Override
  public String id() {
    return defect == Defect.WRONG_ID ? "not-registered" : ORACLE.id();
  }

  @Override
  public int spiVersion() {
    return ORACLE.spiVersion();
  }

  @Override
  public int priority() {
    return ORACLE.priority();
  }

  @Override
  public String description() {
    return ORACLE.description();
  }

  @Override
  public BackendProvider.Availability availability() {
    return defect == Defect.UNAVAILABLE
        ? new BackendProvider.Availability.Unavailable("no device", "plug one in")
        : ORACLE.availability();
  }

  @Override
  public Set<Backend.Capability> capabilities() {
    return defect == Defect.UNDECLARED_TRAINING
        ? EnumSet.of(Backend.Capability.INFERENCE)
        : ORACLE.capabilities();
  }

  @Override
  public Backend open(BackendOptions options) {
    BackendOptions used = defect == Defect.ACCEPTS_ANY_OPTION ? BackendOptions.DEFAULT : options;
    return new BrokenBackend(defect, ORACLE.open(used), new AtomicReference<>());
  }

  /** Wraps what it opens. */
  private record BrokenBackend(Defect defect, Backend oracle, AtomicReference<ParameterSet> first)
      implements Backend {
    @Override
    public String id() {
      return oracle.id();
    }

    @Override
    public String device() {
      return oracle.device();
    }

    @Override
    public int parallelism() {
      return defect == Defect.NO_PARALLELISM ? 0 : oracle.parallelism();
    }

    @Override
    public LoadedModel load(Plan plan, ParameterSet parameters) {
      first.compareAndSet(null, parameters);
      return new BrokenModel(
          defect,
          oracle.load(plan, defect == Defect.MODELS_SHARE_PARAMETERS ? first.get() : parameters));
    }

    @Override
    public TrainingSession train(Plan plan, ParameterSet parameters, int batch) {
      return new BrokenTraining(defect, oracle.train(plan, parameters, batch)).session();
    }

    @Override
    public void close() {
      oracle.close();
    }
  }
}
