package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSet;
import org.trm4j.tck.sample.SmallModel;

/** Training steps of whole models, of every published recursion, against the oracle. */
interface TrainingContract extends BackendUnderTest {
  /** Largest relative error of losses, and of a first step's gradient in the L2 norm. */
  double TOLERANCE = 1e-3;

  /**
   * Largest relative L2 error of the change in the weights. If a gradient is nearly zero, rounding
   * decides the direction of a whole step of AdamATan2 or sign-SGD.
   */
  double UPDATE_TOLERANCE = 3e-2;

  /** Every published recursion trains like the oracle. */
  @Test
  default void trainsAsTheOracle() {
    Assumptions.assumeTrue(declares(Backend.Capability.TRAINING), "does not declare TRAINING");
    train("trm", ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY);
    train("trm", ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.LEARNED);
    train("trm", ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE);
    train("trm-single-z", ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE);
    train("trm-multi-z", ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY);
    train("trm-one-step-gradient", ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY);
    train("trm-two-networks", ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE);
    train("hrm", ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY);
    train("direct", ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY);
    if (declares(Backend.Capability.CONVOLUTION)) {
      train("trm", ModelConfig.Mixer.CONVOLUTION, ModelConfig.Positions.NONE);
      train("eqr", ModelConfig.Mixer.CONVOLUTION, ModelConfig.Positions.LEARNED);
    }
  }

  /** Saving and restoring moments and averages changes nothing. */
  @Test
  default void restoresOptimizerState() {
    Assumptions.assumeTrue(declares(Backend.Capability.TRAINING), "does not declare TRAINING");
    SmallModel small = SmallModel.attention();
    try (Backend backend = open();
        TrainingSession first = small.train(backend, 2)) {
      first.step(new boolean[2], 0.5f);
      first.update(rule(1));
      ParameterSet saved = first.optimizerState();
      SmallModel later = new SmallModel(small.plan(), first.parameters());
      for (int slot = 0; slot < 2; slot++) {
        first.start(slot, SmallModel.tokens(slot), SmallModel.tokens(slot + 50), slot);
      }
      first.step(new boolean[2], 0.5f);
      first.update(rule(2));
      try (TrainingSession second = later.train(backend, 2)) {
        second.restoreOptimizerState(saved);
        second.step(new boolean[2], 0.5f);
        second.update(rule(2));
        close("parameters after restoring", second.parameters(), first.parameters(), null);
        close("averages after restoring", second.averages(), first.averages(), null);
      }
    }
  }

  private void train(String policy, ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    SmallModel small = SmallModel.of(policy, mixer, positions);
    String name = "%s, %s, %s".formatted(policy, mixer, positions);
    try (Backend backend = open();
        Backend oracle = products().oracle(0);
        TrainingSession actual = small.train(backend, 4);
        TrainingSession expected = small.train(oracle, 4)) {
      for (int step = 1; step <= 3; step++) {
        boolean[] last = {step == 3, false, false, step == 3};
        SequenceMetrics[] found = actual.step(last, 0.25f);
        SequenceMetrics[] wanted = expected.step(last, 0.25f);
        for (int slot = 0; slot < 4; slot++) {
          String place = "%s: step %s, slot %s".formatted(name, step, slot);
          near(step, place + ", loss", found[slot].loss(), wanted[slot].loss());
          near(step, place + ", q_halt", found[slot].haltLogit(), wanted[slot].haltLogit());
          assertThat(found[slot].labelledTokens())
              .as(place + ", labelled tokens")
              .isEqualTo(wanted[slot].labelledTokens());
        }
        if (step == 1) {
          close(name + ": gradients", actual.gradients(), expected.gradients(), null);
        }
        actual.update(rule(step));
        expected.update(rule(step));
      }
      close(name + ": parameters", actual.parameters(), expected.parameters(), small.parameters());
      close(name + ": averages", actual.averages(), expected.averages(), small.parameters());
    }
  }

  /** The recursion propagates a factor that was rounded the other way. */
  private double tolerance() {
    return TOLERANCE + 12 * products().rounding();
  }

  private double updateTolerance() {
    return UPDATE_TOLERANCE + 40 * products().rounding();
  }

  /** A decay as large as the step, so that neither hides the other. */
  private static UpdateRule rule(int step) {
    return new UpdateRule(step, 1e-3, 10, 0.9, 0.95, 1e-2, 1, 0.9);
  }

  /** From the second step on the parameters differ too, and more so with rounded products. */
  private void near(int step, String what, double found, double wanted) {
    double tolerance = tolerance() + (step > 1 ? 28 * products().rounding() : 0);
    if (!(Math.abs(found - wanted) <= tolerance * (1 + Math.abs(wanted)))) {
      throw new AssertionError("%s: found %s, expected %s".formatted(what, found, wanted));
    }
  }

  /**
   * Compares all tensors as one vector; if {@code start} is given, compares the differences to it.
   */
  private void close(
      String what, ParameterSet found, ParameterSet wanted, @Nullable ParameterSet start) {
    assertThat(found.tensors().keySet()).as(what).isEqualTo(wanted.tensors().keySet());
    double error = 0;
    double norm = 0;
    for (String name : wanted.tensors().keySet()) {
      float[] e = wanted.get(name).toArray();
      float[] a = found.get(name).toArray();
      assertThat(a).as(what + ", " + name).hasSameSizeAs(e);
      float[] s = start == null ? new float[e.length] : start.get(name).toArray();
      for (int i = 0; i < e.length; i++) {
        error += ((double) a[i] - e[i]) * ((double) a[i] - e[i]);
        norm += ((double) e[i] - s[i]) * ((double) e[i] - s[i]);
      }
    }
    double relative = Math.sqrt(error / norm);
    double tolerance = start == null ? tolerance() : updateTolerance();
    if (!(relative <= tolerance)) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%s: relative error %.3g, expected at most %.3g",
              what,
              relative,
              tolerance));
    }
  }
}
