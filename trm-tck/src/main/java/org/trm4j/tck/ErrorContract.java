package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;
import org.trm4j.tck.sample.SmallModel;

/** Wrong arguments are refused in one line that names the value found. */
interface ErrorContract extends BackendUnderTest {
  /** An unknown setting is refused. */
  @Test
  default void refusesUnknownOptions() {
    open().close();
    refused(
        () ->
            provider()
                .open(
                    BackendOptions.DEFAULT
                        .withDevice(options().device())
                        .withProperties(Map.of("noSuchSetting", "1")))
                .close(),
        "noSuchSetting");
  }

  /** Parameters that do not fit the plan are refused. */
  @Test
  default void refusesWrongParameters() {
    SmallModel small = SmallModel.attention();
    Map<String, Tensor> missing = new LinkedHashMap<>(small.parameters().tensors());
    missing.remove(ParameterLayout.LM_HEAD);
    Map<String, Tensor> misshapen = new LinkedHashMap<>(small.parameters().tensors());
    misshapen.put(ParameterLayout.LM_HEAD, Tensor.of(Shape.of(1, 2), 1, 2));
    try (Backend backend = open()) {
      refused(() -> backend.load(small.plan(), new ParameterSet(missing)), ParameterLayout.LM_HEAD);
      refused(() -> backend.load(small.plan(), new ParameterSet(misshapen)), "[1, 2]");
    }
  }

  /** Slots, tokens and names that do not exist are refused, and the session goes on. */
  @Test
  default void refusesWrongInference() {
    SmallModel small = SmallModel.attention();
    int[] tokens = SmallModel.tokens(1);
    int[] outside = tokens.clone();
    outside[3] = SmallModel.VOCABULARY;
    try (Backend backend = open();
        LoadedModel model = backend.load(small.plan(), small.parameters());
        InferenceSession session = model.open(2)) {
      assertThat(session.slots()).isEqualTo(2);
      refused(() -> model.open(0), "0");
      refused(() -> session.start(2, tokens, 0), "2");
      refused(() -> session.start(-1, tokens, 0), "-1");
      refused(() -> session.start(0, new int[3], 0), "3");
      refused(() -> session.start(0, outside, 0), "5");
      refused(() -> session.start(0, tokens, SmallModel.PUZZLES), "4");
      refused(() -> session.haltLogit(1), "1");
      refused(() -> session.stop(7), "7");
      session.start(0, tokens, 0);
      session.step();
      refused(() -> session.state("noSuchState", 0, new float[small.state()]), "noSuchState");
      refused(() -> session.logits(0, new float[1]), "1");
      refused(() -> session.predictions(0, new int[1]), "1");
      int[] predictions = new int[SmallModel.TOKENS];
      session.predictions(0, predictions);
      for (int token : predictions) {
        assertThat(token).as("predicted token").isBetween(0, SmallModel.VOCABULARY - 1);
      }
    }
  }

  /** Wrong labels, batches and slots that were not started are refused. */
  @Test
  default void refusesWrongTraining() {
    Assumptions.assumeTrue(declares(Backend.Capability.TRAINING), "does not declare TRAINING");
    SmallModel small = SmallModel.attention();
    int[] tokens = SmallModel.tokens(1);
    int[] outside = tokens.clone();
    outside[3] = -3;
    try (Backend backend = open()) {
      refused(() -> backend.train(small.plan(), small.parameters(), 0).close(), "0");
      try (TrainingSession session = backend.train(small.plan(), small.parameters(), 2)) {
        session.start(0, tokens, tokens, 0);
        refused(() -> session.step(new boolean[2], 1), "1");
        refused(() -> session.start(1, tokens, outside, 0), "-3");
        refused(() -> session.start(1, tokens, new int[2], 0), "2");
        session.start(1, tokens, tokens, 0);
        refused(() -> session.step(new boolean[3], 1), "3");
        assertThat(session.step(new boolean[2], 1)).hasSize(2);
      }
    }
  }

  private static void refused(ThrowingCallable call, String found) {
    assertThatThrownBy(call)
        .isInstanceOf(RuntimeException.class)
        .isNotInstanceOfAny(
            IndexOutOfBoundsException.class,
            NullPointerException.class,
            NegativeArraySizeException.class)
        .hasMessageContaining(found)
        .message()
        .doesNotContain("\n");
  }
}
