package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;
import org.trm4j.tck.sample.SmallModel;

/** Gradients that leave one session and enter another, as in training on a cluster. */
interface GradientContract extends BackendUnderTest {
  /** Largest difference of parameters; sums differ in the order of their terms only. */
  double DIFFERENCE = 1e-4;

  /** Summed gradients of sessions with parts of a batch give the same update as the whole batch. */
  @Test
  default void partsOfABatchAddUpToTheWhole() {
    Assumptions.assumeTrue(declares(Backend.Capability.GRADIENTS), "does not declare GRADIENTS");
    SmallModel small = SmallModel.attention();
    try (Backend backend = open();
        TrainingSession whole = small.train(backend, 4);
        TrainingSession front = backend.train(small.plan(), small.parameters(), 1);
        TrainingSession back = backend.train(small.plan(), small.parameters(), 3);
        TrainingSession driver = backend.train(small.plan(), small.parameters(), 1)) {
      int[] identifiers = new int[4];
      for (int slot = 0; slot < 4; slot++) {
        identifiers[slot] = slot % (SmallModel.PUZZLES - 1);
        (slot < 1 ? front : back)
            .start(
                slot < 1 ? slot : slot - 1,
                SmallModel.tokens(slot),
                SmallModel.tokens(slot + 50),
                identifiers[slot]);
      }
      for (int step = 1; step <= 3; step++) {
        whole.step(new boolean[4], 0.25f);
        front.step(new boolean[1], 0.25f);
        back.step(new boolean[3], 0.25f);
        whole.update(rule(step));
        driver.assignGradients(sum(front.gradients(), back.gradients()), identifiers);
        driver.update(rule(step));
        ParameterSet now = driver.parameters();
        near("step " + step + ", parameters", now, whole.parameters());
        near("step " + step + ", averages", driver.averages(), whole.averages());
        front.assign(now);
        back.assign(now);
        near("step " + step + ", assigned", back.parameters(), now);
      }
    }
  }

  /**
   * Absent gradients leave values unchanged, and the next step computes its own gradients again.
   */
  @Test
  default void givenRowsReplaceThoseOfTheSlots() {
    Assumptions.assumeTrue(declares(Backend.Capability.GRADIENTS), "does not declare GRADIENTS");
    SmallModel small = SmallModel.attention();
    int width = small.parameters().get(ParameterLayout.PUZZLE_EMBEDDING).shape().dim(1);
    float[] ones = new float[width];
    java.util.Arrays.fill(ones, 1);
    try (Backend backend = open();
        TrainingSession session = small.train(backend, 1)) {
      session.step(new boolean[1], 1);
      session.assignGradients(
          new ParameterSet(
              Map.of(ParameterLayout.PUZZLE_EMBEDDING, Tensor.of(Shape.of(1, width), ones))),
          new int[] {2});
      float[] before = session.parameters().get(ParameterLayout.PUZZLE_EMBEDDING).toArray();
      session.update(new UpdateRule(1, 0, 0, 0.9, 0.95, 0.5, 0, 0.9));
      float[] after = session.parameters().get(ParameterLayout.PUZZLE_EMBEDDING).toArray();
      for (int i = 0; i < after.length; i++) {
        float expected = before[i] - (i / width == 2 ? 0.5f : 0);
        assertThat(after[i]).as("row %d", i / width).isEqualTo(expected);
      }
      session.step(new boolean[1], 1);
      session.update(new UpdateRule(2, 0, 0, 0.9, 0.95, 0.5, 0, 0.9));
      float[] own = session.parameters().get(ParameterLayout.PUZZLE_EMBEDDING).toArray();
      assertThat(java.util.Arrays.copyOf(own, width))
          .as("the slot's own row")
          .isNotEqualTo(java.util.Arrays.copyOf(after, width));
    }
  }

  /** Gradients of a wrong shape, of no parameter, or of no row are refused. */
  @Test
  default void refusesGradientsThatDoNotFit() {
    Assumptions.assumeTrue(declares(Backend.Capability.GRADIENTS), "does not declare GRADIENTS");
    SmallModel small = SmallModel.attention();
    ParameterSet wrong =
        new ParameterSet(Map.of(ParameterLayout.LM_HEAD, Tensor.of(Shape.of(1, 2), 1, 2)));
    ParameterSet unknown = new ParameterSet(Map.of("noSuchParameter", Tensor.of(Shape.of(1), 1)));
    try (Backend backend = open();
        TrainingSession session = small.train(backend, 1)) {
      assertThatThrownBy(() -> session.assignGradients(wrong, new int[0]))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("[1, 2]");
      assertThatThrownBy(() -> session.assignGradients(unknown, new int[0]))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("noSuchParameter");
      assertThatThrownBy(() -> session.assignGradients(new ParameterSet(Map.of()), new int[] {0}))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("1 puzzle identifiers");
    }
  }

  private static UpdateRule rule(int step) {
    return new UpdateRule(step, 1e-3, 1, 0.9, 0.95, 1e-2, 1, 0.9);
  }

  private static ParameterSet sum(ParameterSet front, ParameterSet back) {
    Map<String, Tensor> sums = new LinkedHashMap<>();
    front
        .tensors()
        .forEach((name, tensor) -> {
          float[] a = tensor.toArray();
          float[] b = back.get(name).toArray();
          if (name.equals(ParameterLayout.PUZZLE_EMBEDDING)) {
            float[] rows = java.util.Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, rows, a.length, b.length);
            int width = tensor.shape().dim(1);
            sums.put(name, Tensor.of(Shape.of(rows.length / width, width), rows));
          } else {
            for (int i = 0; i < a.length; i++) {
              a[i] += b[i];
            }
            sums.put(name, Tensor.of(tensor.shape(), a));
          }
        });
    return new ParameterSet(sums);
  }

  private static void near(String what, ParameterSet found, ParameterSet wanted) {
    assertThat(found.tensors().keySet()).as(what).isEqualTo(wanted.tensors().keySet());
    for (String name : wanted.tensors().keySet()) {
      float[] e = wanted.get(name).toArray();
      float[] a = found.get(name).toArray();
      double error = 0;
      for (int i = 0; i < e.length; i++) {
        error += ((double) a[i] - e[i]) * ((double) a[i] - e[i]);
      }
      double rms = Math.sqrt(error / e.length);
      if (!(rms <= DIFFERENCE)) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "%s: %s: mean difference %.3g, expected at most %.3g",
                what,
                name,
                rms,
                DIFFERENCE));
      }
    }
  }
}
