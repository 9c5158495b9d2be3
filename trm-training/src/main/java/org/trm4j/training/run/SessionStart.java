package org.trm4j.training.run;

import org.jspecify.annotations.Nullable;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;
import org.trm4j.training.checkpoint.ResumeState;
import org.trm4j.training.config.OptimizerSettings;
import org.trm4j.training.config.TrainingConfig;

/** Opens the session of a run with its initial weights and its optimizer. */
final class SessionStart {
  private SessionStart() {}

  /** Returns the weights of the resumed run, else those of a model, else random ones. */
  static ParameterSet weights(
      Plan plan,
      TrainingConfig config,
      @Nullable ResumeState resume,
      WarmStart.@Nullable StartingValues warm) {
    if (resume != null) {
      return resume.weights().matching(plan.parameters());
    }
    return warm != null
        ? warm.parameters()
        : ParameterInitializer.initialize(plan.parameters(), config.run().seed());
  }

  static TrainingSession open(
      Trm trm,
      Backend backend,
      Plan plan,
      TrainingConfig config,
      OptimizerSettings.Schedule schedule,
      ParameterSet weights) {
    TrainingSession session = backend.train(plan, weights, config.run().batch());
    if (config.optimizer().onDevice()) {
      return session;
    }
    try {
      return new HostUpdates(
          trm.plugins(), session, plan, weights, config.optimizer().spec(), schedule);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }
}
