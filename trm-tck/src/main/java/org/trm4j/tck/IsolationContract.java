package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.tck.sample.SmallModel;

/** Sequences and sessions do not disturb each other. */
interface IsolationContract extends BackendUnderTest {
  /** A sequence that became NaN does not affect its neighbours, and its slot can be used again. */
  @Test
  default void keepsCarriesApart() {
    SmallModel small = SmallModel.attention();
    try (Backend backend = open();
        LoadedModel model = backend.load(small.plan(), small.parameters());
        InferenceSession session = model.open(3)) {
      float[] alone = alone(model, 2);
      session.start(0, SmallModel.tokens(5), 0);
      session.start(1, SmallModel.tokens(0), 1);
      session.step();
      session.perturb(0, Float.NaN, 1);
      session.start(2, SmallModel.tokens(9), 2);
      session.step();
      assertThat(logits(session, 0)).as("logits of the disturbed slot").containsOnly(Float.NaN);
      close("logits beside a NaN", logits(session, 1), alone);
      session.stop(2);
      session.start(0, SmallModel.tokens(0), 1);
      float[] frozen = logits(session, 1);
      session.stop(1);
      session.step();
      session.step();
      close("logits of a slot started again", logits(session, 0), alone);
      session.start(1, SmallModel.tokens(0), 1);
      session.step();
      session.step();
      close("logits of a slot stopped and started", logits(session, 1), frozen);
    }
  }

  /**
   * A session that returns only the arg-max gives that of the logits, and the same q, also for a
   * step before the views changed. The model's drafts differ from step to step.
   */
  @Test
  default void draftsWithoutLogits() {
    SmallModel small =
        SmallModel.of("trm", ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE);
    try (Backend backend = open();
        LoadedModel model = backend.load(small.plan(), small.parameters());
        InferenceSession all = model.open(2);
        InferenceSession drafts = model.open(2)) {
      drafts.views(Set.of(InferenceSession.View.ARG_MAX));
      for (int slot = 0; slot < 2; slot++) {
        all.start(slot, SmallModel.tokens(slot), slot);
        drafts.start(slot, SmallModel.tokens(slot), slot);
      }
      int[] draft = new int[SmallModel.TOKENS];
      for (int step = 0; step < 3; step++) {
        all.step();
        drafts.step();
        for (int slot = 0; slot < 2; slot++) {
          drafts.predictions(slot, draft);
          assertThat(draft).as("draft without logits").isEqualTo(argMax(logits(all, slot)));
          all.predictions(slot, draft);
          assertThat(draft).as("draft beside logits").isEqualTo(argMax(logits(all, slot)));
          assertThat(drafts.haltLogit(slot)).as("q_halt").isEqualTo(all.haltLogit(slot));
          assertThat(drafts.continueLogit(slot))
              .as("q_continue")
              .isEqualTo(all.continueLogit(slot));
        }
      }
      int[] before = argMax(logits(all, 1));
      drafts.views(Set.of(InferenceSession.View.values()));
      drafts.predictions(1, draft);
      assertThat(draft).as("draft of a step before logits were asked for").isEqualTo(before);
      all.step();
      drafts.step();
      assertThat(logits(drafts, 1)).as("logits asked for again").isEqualTo(logits(all, 1));
      int[] after = argMax(logits(all, 1));
      assertThat(after).as("draft of another step").isNotEqualTo(before);
      drafts.views(Set.of(InferenceSession.View.ARG_MAX));
      drafts.predictions(1, draft);
      assertThat(draft).as("draft of a step that left logits").isEqualTo(after);
    }
  }

  private static int[] argMax(float[] logits) {
    int[] best = new int[SmallModel.TOKENS];
    for (int cell = 0; cell < best.length; cell++) {
      for (int i = 1; i < SmallModel.VOCABULARY; i++) {
        int row = cell * SmallModel.VOCABULARY;
        best[cell] = logits[row + i] > logits[row + best[cell]] ? i : best[cell];
      }
    }
    return best;
  }

  /** The noise is that of the contract, on every state that is not constant. */
  @Test
  default void addsTheNoiseOfTheContract() {
    SmallModel small = SmallModel.attention();
    try (Backend backend = open();
        LoadedModel model = backend.load(small.plan(), small.parameters());
        InferenceSession session = model.open(1)) {
      session.start(0, SmallModel.tokens(0), 1);
      for (int k = 0; k < small.plan().states().size(); k++) {
        String name = small.plan().states().get(k).name();
        session.start(0, SmallModel.tokens(0), 1);
        float[] before = new float[small.state()];
        float[] after = new float[small.state()];
        session.state(name, 0, before);
        session.perturb(0, 0.5f, 42);
        session.state(name, 0, after);
        long stream = GaussianNoise.stream(42, 0, k);
        for (int i = 0; i < before.length; i++) {
          before[i] += 0.5f * GaussianNoise.value(stream, i);
        }
        close("noise on " + name, after, before);
      }
    }
  }

  /** A latent state that was copied out and restored continues unchanged. */
  @Test
  default void restoresTheStatesOfASequence() {
    SmallModel small = SmallModel.attention();
    try (Backend backend = open();
        LoadedModel model = backend.load(small.plan(), small.parameters());
        InferenceSession session = model.open(2)) {
      session.start(0, SmallModel.tokens(0), 1);
      session.step();
      Map<String, float[]> states = new LinkedHashMap<>();
      small
          .plan()
          .states()
          .forEach(state -> {
            float[] values = new float[small.state()];
            session.state(state.name(), 0, values);
            states.put(state.name(), values);
          });
      session.step();
      float[] expected = logits(session, 0);
      session.stop(0);
      session.start(1, SmallModel.tokens(0), 1);
      states.forEach((name, values) -> session.restoreState(name, 1, values));
      session.step();
      close("logits of a restored sequence", logits(session, 1), expected);
    }
  }

  /** Models on one backend keep their parameters. */
  @Test
  default void keepsModelsApart() {
    SmallModel small = SmallModel.attention();
    ParameterSet others = ParameterInitializer.initialize(small.plan().parameters(), 4);
    float[] expected;
    try (Backend backend = open();
        LoadedModel model = backend.load(small.plan(), others)) {
      expected = alone(model, 2);
    }
    try (Backend backend = open();
        LoadedModel first = backend.load(small.plan(), small.parameters());
        LoadedModel second = backend.load(small.plan(), others)) {
      float[] own = alone(first, 2);
      close("logits of the second model", alone(second, 2), expected);
      close("logits of the first model", alone(first, 2), own);
      assertThat(own).as("logits of two models").isNotEqualTo(expected);
    }
  }

  /** A stopped step is not counted as done, and the session can be used again. */
  @Test
  default void givesUpAStepWhereAsked() {
    SmallModel small = SmallModel.attention();
    try (Backend backend = open();
        LoadedModel model = backend.load(small.plan(), small.parameters());
        InferenceSession session = model.open(1)) {
      session.start(0, SmallModel.tokens(0), 1);
      assertThat(session.step(() -> true)).as("whether a stopped step was done").isFalse();
      session.start(0, SmallModel.tokens(0), 1);
      assertThat(session.step(() -> false)).as("whether a step was done").isTrue();
      session.step();
      close("logits after a step that was given up", logits(session, 0), alone(model, 2));
    }
  }

  /** Sessions of one model run at the same time, each as if it were alone. */
  @Test
  default void runsSessionsConcurrently() throws InterruptedException, ExecutionException {
    SmallModel small = SmallModel.attention();
    try (Backend backend = open();
        LoadedModel model = backend.load(small.plan(), small.parameters());
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      float[] expected = alone(model, 4);
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        results.add(threads.submit(() -> alone(model, 4)));
      }
      for (Future<float[]> result : results) {
        close("logits of a concurrent session", result.get(), expected);
      }
    }
  }

  private static float[] alone(LoadedModel model, int steps) {
    try (InferenceSession session = model.open(1)) {
      session.start(0, SmallModel.tokens(0), 1);
      for (int step = 0; step < steps; step++) {
        session.step();
      }
      return logits(session, 0);
    }
  }

  private static float[] logits(InferenceSession session, int slot) {
    float[] logits = new float[SmallModel.TOKENS * SmallModel.VOCABULARY];
    session.logits(slot, logits);
    return logits;
  }

  private static void close(String what, float[] actual, float[] expected) {
    new Comparison(what, "small model", 0, 1 << 16, 0).check(actual, expected);
  }
}
