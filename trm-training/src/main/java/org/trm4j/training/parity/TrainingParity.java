package org.trm4j.training.parity;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.dataset.spi.Example;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.task.ParameterLayout;

/** Compares training steps: losses, metrics, halting, gradients, and where the weights end. */
final class TrainingParity {
  private static final String PUZZLE_ROWS = "puzzle_emb_rows";

  private final GoldenCase golden;
  private final Plan plan;
  private final RecursionProgram program;
  private final TrainingSession session;
  private final List<ParityCheck> checks;
  private final int[] steps;
  private final boolean[] halted;

  private TrainingParity(
      GoldenCase golden, Plan plan, TrainingSession session, List<ParityCheck> checks) {
    this.golden = golden;
    this.plan = plan;
    this.program = golden.description().trainingProgram(golden.maxSteps());
    this.session = session;
    this.checks = checks;
    this.steps = new int[golden.batch()];
    this.halted = new boolean[golden.batch()];
    Arrays.fill(halted, true);
  }

  static void check(GoldenCase golden, Plan plan, Backend backend, List<ParityCheck> checks) {
    ParameterSet initial = golden.parameters("weights.").matching(plan.parameters());
    try (TrainingSession session = backend.train(plan, initial, golden.batch())) {
      TrainingParity parity = new TrainingParity(golden, plan, session, checks);
      for (int step = 0; step < golden.trainSteps(); step++) {
        parity.step(step);
      }
      if (!golden.omitted().contains("final")) {
        parity.update("final", session.parameters(), initial, "final_update");
      }
      if (!golden.omitted().contains("final_ema") && golden.hasAny("final_ema.")) {
        parity.update("final_ema", session.averages(), initial, "final_ema_update");
      }
    }
  }

  private void step(int step) {
    String key = "train." + step + ".";
    boolean[] last = new boolean[steps.length];
    for (int slot = 0; slot < steps.length; slot++) {
      if (halted[slot]) {
        String batch = golden.has(key + "batch.inputs") ? key + "batch" : "train.batch";
        Example example = golden.example(batch, slot);
        session.start(slot, example.tokens(), example.labels(), example.puzzleIdentifier());
        for (Buffer state : plan.stateBuffers()) {
          if (golden.has("start." + state.name())) {
            session.restoreState(state.name(), slot, golden.start(state, slot));
          }
        }
        steps[slot] = 0;
      }
      last[slot] = ++steps[slot] >= golden.maxSteps();
    }
    SequenceMetrics[] metrics = session.step(last, 1f / golden.batch());
    if (step == 0 && !golden.omitted().contains("grad")) {
      gradients(key + "grad.");
    }
    session.update(golden.optimizer().rule(step + 1L));
    int differentHalted = 0;
    int differentSteps = 0;
    for (int slot = 0; slot < steps.length; slot++) {
      SequenceMetrics m = metrics[slot];
      halted[slot] =
          last[slot]
              || (program.haltRule() == RecursionProgram.HaltRule.HALT_POSITIVE
                  ? m.haltLogit() > 0
                  : m.haltLogit() > m.continueLogit());
      differentHalted += halted[slot] == (golden.tensor(key + "halted").get(slot) != 0) ? 0 : 1;
      if (golden.has(key + "steps")) {
        differentSteps += steps[slot] == golden.tensor(key + "steps").get(slot) ? 0 : 1;
      }
    }
    checks.add(new ParityCheck(key + "halted", differentHalted, 0));
    checks.add(new ParityCheck(key + "steps", differentSteps, 0));
    metrics(key, metrics, golden.tolerance("loss", step));
  }

  private void metrics(String key, SequenceMetrics[] metrics, double tolerance) {
    double loss = 0;
    double language = 0;
    double halt = 0;
    double continuing = 0;
    double accuracy = 0;
    double haltLogit = 0;
    double continueLogit = 0;
    int count = 0;
    int exact = 0;
    int halting = 0;
    int taken = 0;
    for (int slot = 0; slot < steps.length; slot++) {
      SequenceMetrics m = metrics[slot];
      loss += m.loss();
      language += m.languageLoss();
      halt += m.haltLoss();
      continuing += m.continueLoss();
      haltLogit = Math.max(haltLogit, Math.abs(m.haltLogit()));
      continueLogit = Math.max(continueLogit, Math.abs(m.continueLogit()));
      if (halted[slot] && m.labelledTokens() > 0) {
        count++;
        accuracy += (double) m.correctTokens() / m.labelledTokens();
        exact += m.exact() ? 1 : 0;
        halting += (m.haltLogit() >= 0) == m.exact() ? 1 : 0;
        taken += steps[slot];
      }
    }
    value(key + "loss", loss, tolerance);
    if (!golden.has(key + "metric.lm_loss")) {
      return;
    }
    value(key + "metric.lm_loss", language, tolerance);
    headLoss(key + "metric.q_halt_loss", halt, haltLogit, tolerance);
    if (program.continueTarget()) {
      headLoss(key + "metric.q_continue_loss", continuing, continueLogit, tolerance);
    }
    // Sums of fractions that the published code takes in single precision.
    value(key + "metric.accuracy", accuracy, 1e-6);
    value(key + "metric.count", count, 0);
    value(key + "metric.exact_accuracy", exact, 0);
    value(key + "metric.q_halt_accuracy", halting, 0);
    value(key + "metric.steps", taken, 0);
  }

  private void value(String key, double found, double tolerance) {
    checks.add(
        new ParityCheck(key, new Comparison().add(golden.value(key), found).error(), tolerance));
  }

  /**
   * Compares a sum of binary cross-entropies. The published code takes each in single precision as
   * a difference of two numbers as large as the logit, so that a small one is only known to the
   * rounding of its logit; only what goes beyond that counts.
   */
  private void headLoss(String key, double found, double logit, double tolerance) {
    double expected = golden.value(key);
    double known = golden.batch() * Math.ulp(1f) * logit;
    double beyond = Math.max(0, Math.abs(found - expected) - known);
    checks.add(
        new ParityCheck(key, new Comparison().add(expected, expected + beyond).error(), tolerance));
  }

  private void gradients(String prefix) {
    Map<String, Tensor> found = session.gradients().tensors();
    for (Map.Entry<String, Tensor> entry : found.entrySet()) {
      boolean rows = entry.getKey().equals(ParameterLayout.PUZZLE_EMBEDDING);
      String key = rows ? PUZZLE_ROWS : "inner." + entry.getKey();
      double error =
          new Comparison().add(golden.tensor(prefix + key), entry.getValue().toArray()).error();
      checks.add(new ParityCheck(prefix + key, error, golden.gradientTolerance(key)));
    }
    long expected =
        golden.tensors().tensors().keySet().stream().filter(k -> k.startsWith(prefix)).count();
    checks.add(new ParityCheck(prefix + "count", Math.abs(expected - found.size()), 0));
  }

  /** Compares final minus initial values, all tensors in one vector. */
  private void update(String group, ParameterSet found, ParameterSet initial, String tolerance) {
    Map<String, Tensor> expected = golden.parameters(group + ".").tensors();
    Comparison all = new Comparison();
    for (Map.Entry<String, Tensor> entry : expected.entrySet()) {
      float[] start = initial.get(entry.getKey()).toArray();
      float[] end = found.get(entry.getKey()).toArray();
      for (int i = 0; i < start.length; i++) {
        all.add((double) entry.getValue().get(i) - start[i], (double) end[i] - start[i]);
      }
    }
    checks.add(new ParityCheck(group, all.error(), golden.tolerance(tolerance)));
    checks.add(
        new ParityCheck(group + ".count", Math.abs(expected.size() - found.tensors().size()), 0));
  }
}
