package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.buffer.StateBuffer;
import org.trm4j.tck.sample.SmallModel;

/**
 * Random starts, damped updates and noise follow from a slot's key alone, and a session continues
 * from the state that another one returned.
 */
interface RandomnessContract extends BackendUnderTest {
  private static SmallModel small() {
    return SmallModel.of(
        "eqr",
        ModelConfig.Mixer.ATTENTION,
        ModelConfig.Positions.ROTARY,
        Map.of("T", 2, "n", 2, "lambda", 0.7, "sigma", 0.25));
  }

  /** Starts are the draws that the contract defines for the slot's key, bit for bit. */
  @Test
  default void drawsTheStartsOfTheContract() {
    Assumptions.assumeTrue(
        declares(Backend.Capability.RANDOM_STATES), "does not declare RANDOM_STATES");
    SmallModel small = small();
    try (Backend backend = open();
        LoadedModel model = backend.load(small.plan(), small.parameters());
        InferenceSession session = model.open(2)) {
      session.start(0, SmallModel.tokens(0), 1, 4);
      session.start(1, SmallModel.tokens(0), 1, 5);
      for (int k = 0; k < small.plan().states().size(); k++) {
        StateBuffer state = small.plan().states().get(k);
        for (int slot = 0; slot < 2; slot++) {
          float[] found = new float[small.state()];
          session.state(state.name(), slot, found);
          long stream = GaussianNoise.stream(4 + slot, 0, k);
          float[] expected = new float[found.length];
          for (int i = 0; i < expected.length; i++) {
            expected[i] =
                (float) state.std() * GaussianNoise.truncated(GaussianNoise.bits(stream, i));
          }
          assertThat(found).as("start of %s in slot %s", state.name(), slot).isEqualTo(expected);
        }
      }
    }
  }

  /** Two supervision steps with damping and noise agree with the oracle. */
  @Test
  default void addsTheNoiseOfTheKeyInEveryUpdate() {
    Assumptions.assumeTrue(
        declares(Backend.Capability.RANDOM_STATES), "does not declare RANDOM_STATES");
    try (Backend backend = open();
        Backend oracle = products().oracle(0)) {
      float[] expected = inferred(oracle, 1, 8);
      new Comparison("noisy logits", "small model", 0, 1 << 16, 0, products(), 16)
          .check(inferred(backend, 1, 8), expected);
      assertThat(inferred(backend, 1, 9)).as("logits of another key").isNotEqualTo(expected);
      if (declares(Backend.Capability.THREAD_INVARIANT)) {
        assertThat(inferred(backend, 3, 8))
            .as("logits beside other slots")
            .isEqualTo(inferred(backend, 1, 8));
      }
    }
  }

  /**
   * A training session that receives another's weights, moments, states and draws continues in the
   * same way.
   */
  @Test
  default void goesOnFromWhatIsRestored() {
    Assumptions.assumeTrue(declares(Backend.Capability.TRAINING), "does not declare TRAINING");
    Assumptions.assumeTrue(
        declares(Backend.Capability.DETERMINISTIC), "does not declare DETERMINISTIC");
    SmallModel small =
        declares(Backend.Capability.RANDOM_STATES) ? small() : SmallModel.attention();
    UpdateRule rule = new UpdateRule(1, 1e-2, 0.1, 0.9, 0.95, 1e-2, 0.1, 0.9);
    boolean[] last = new boolean[2];
    try (Backend backend = open();
        TrainingSession first = small.train(backend, 2)) {
      first.step(last, 0.5f);
      first.update(rule);
      try (TrainingSession second =
          backend.train(small.plan(), first.parameters().matching(small.plan().parameters()), 2)) {
        second.restoreOptimizerState(first.optimizerState());
        for (int slot = 0; slot < 2; slot++) {
          second.start(
              slot,
              SmallModel.tokens(slot),
              SmallModel.tokens(slot + 50),
              slot % (SmallModel.PUZZLES - 1),
              0);
          for (StateBuffer state : small.plan().states()) {
            float[] values = new float[small.state()];
            first.state(state.name(), slot, values);
            second.restoreState(state.name(), slot, values);
          }
          second.restoreDraws(slot, first.draws(slot));
        }
        SequenceMetrics[] expected = first.step(last, 0.5f);
        SequenceMetrics[] found = second.step(last, 0.5f);
        for (int slot = 0; slot < 2; slot++) {
          // Restored values are floats; a backend may have kept more digits.
          assertThat(found[slot].languageLoss())
              .as("loss of slot %s after restoring", slot)
              .isCloseTo(expected[slot].languageLoss(), within(1e-5));
        }
      }
    }
  }

  private static float[] inferred(Backend backend, int slots, long key) {
    SmallModel small = small();
    float[] logits = new float[small.logits()];
    try (LoadedModel model = backend.load(small.plan(), small.parameters());
        InferenceSession session = model.open(slots)) {
      for (int slot = 0; slot < slots; slot++) {
        session.start(slot, SmallModel.tokens(0), 1, key - slot);
      }
      session.step();
      session.step();
      session.logits(0, logits);
    }
    return logits;
  }
}
