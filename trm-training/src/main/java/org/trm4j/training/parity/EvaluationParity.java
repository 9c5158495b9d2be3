package org.trm4j.training.parity;

import java.util.List;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.dataset.spi.Example;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;

/** Compares supervision steps from a fresh carry. */
final class EvaluationParity {
  private final GoldenCase golden;
  private final Plan plan;
  private final InferenceSession session;
  private final List<ParityCheck> checks;

  private EvaluationParity(
      GoldenCase golden, Plan plan, InferenceSession session, List<ParityCheck> checks) {
    this.golden = golden;
    this.plan = plan;
    this.session = session;
    this.checks = checks;
  }

  static void check(GoldenCase golden, Plan plan, Backend backend, List<ParityCheck> checks) {
    try (LoadedModel model =
            backend.load(plan, golden.parameters("weights.").matching(plan.parameters()));
        InferenceSession session = model.open(golden.batch())) {
      EvaluationParity parity = new EvaluationParity(golden, plan, session, checks);
      for (int step = 0; step < golden.evalSteps(); step++) {
        if (step % golden.maxSteps() == 0) {
          parity.start();
        }
        session.step();
        parity.step(step);
      }
    }
  }

  /** Starts from a fresh carry; the published code does so after the last step as well. */
  private void start() {
    for (int slot = 0; slot < golden.batch(); slot++) {
      Example example = golden.example("eval.batch", slot);
      session.start(slot, example.tokens(), example.puzzleIdentifier());
      for (Buffer state : plan.stateBuffers()) {
        if (golden.has("start." + state.name())) {
          session.restoreState(state.name(), slot, golden.start(state, slot));
        }
      }
    }
  }

  private void step(int step) {
    String key = "eval." + step + ".";
    double tolerance = golden.tolerance("eval", step);
    int logitSize = plan.config().seqLen() * plan.config().vocabSize();
    int stateSize = plan.config().length() * plan.config().hiddenSize();
    float[] logits = new float[golden.batch() * logitSize];
    float[] halt = new float[golden.batch()];
    float[] continuing = new float[golden.batch()];
    double loss = 0;
    int differentTokens = 0;
    int differentHalted = 0;
    for (int slot = 0; slot < golden.batch(); slot++) {
      float[] own = new float[logitSize];
      session.logits(slot, own);
      System.arraycopy(own, 0, logits, slot * logitSize, logitSize);
      halt[slot] = session.haltLogit(slot);
      continuing[slot] = session.continueLogit(slot);
      loss +=
          PublishedLoss.of(
              own,
              golden.example("eval.batch", slot).labels(),
              plan.config().vocabSize(),
              halt[slot]);
      int[] predictions = new int[plan.config().seqLen()];
      session.predictions(slot, predictions);
      if (golden.has(key + "preds")) {
        int[] expected = golden.row(key + "preds", slot);
        for (int i = 0; i < expected.length; i++) {
          differentTokens += expected[i] == predictions[i] ? 0 : 1;
        }
      }
      if (golden.has(key + "halted")) {
        boolean halted = (step + 1) % golden.maxSteps() == 0;
        differentHalted += halted == (golden.tensor(key + "halted").get(slot) != 0) ? 0 : 1;
      }
    }
    compare(key + "logits", logits, tolerance);
    compare(key + "q_halt_logits", halt, tolerance);
    if (golden.has(key + "q_continue_logits")) {
      compare(key + "q_continue_logits", continuing, tolerance);
    }
    for (Buffer state : plan.stateBuffers()) {
      float[] states = new float[golden.batch() * stateSize];
      for (int slot = 0; slot < golden.batch(); slot++) {
        float[] own = new float[stateSize];
        session.state(state.name(), slot, own);
        System.arraycopy(own, 0, states, slot * stateSize, stateSize);
      }
      compare(key + state.name(), states, tolerance);
    }
    if (golden.has(key + "loss")) {
      checks.add(
          new ParityCheck(
              key + "loss",
              new Comparison().add(golden.value(key + "loss"), loss).error(),
              tolerance));
    }
    checks.add(new ParityCheck(key + "preds", differentTokens, 0));
    checks.add(new ParityCheck(key + "halted", differentHalted, 0));
  }

  private void compare(String key, float[] found, double tolerance) {
    checks.add(
        new ParityCheck(key, new Comparison().add(golden.tensor(key), found).error(), tolerance));
  }
}
