package com.example.metered;

import java.util.Set;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;
import org.trm4j.tck.oracle.ReferenceProvider;

/** The backend {@code metered}: double precision, and it counts what it was asked for. */
public final class MeteredProvider implements BackendProvider {
  private final BackendProvider doubles = new ReferenceProvider();

  public String id() {
    return "metered";
  }

  public int spiVersion() {
    return SPI_VERSION;
  }

  public int priority() {
    return 5;
  }

  public String description() {
    return "double precision, with a meter";
  }

  public BackendProvider.Availability availability() {
    return doubles.availability();
  }

  public Set<Backend.Capability> capabilities() {
    return doubles.capabilities();
  }

  public Backend open(BackendOptions options) {
    return new Metered(doubles.open(options));
  }

  private static final class Metered implements Backend {
    private final Backend backend;
    private int models;

    Metered(Backend backend) {
      this.backend = backend;
    }

    public String id() {
      return "metered";
    }

    public String device() {
      return "metered: " + models + " models, " + backend.device();
    }

    public synchronized LoadedModel load(Plan plan, ParameterSet parameters) {
      LoadedModel model = backend.load(plan, parameters);
      models++;
      return model;
    }

    public synchronized TrainingSession train(Plan plan, ParameterSet parameters, int batch) {
      TrainingSession session = backend.train(plan, parameters, batch);
      models++;
      return session;
    }

    public void close() {
      backend.close();
    }
  }
}
