package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.tck.sample.PublishedTerms;
import org.trm4j.tck.sample.SmallModel;
import org.trm4j.tck.sample.SmallTask;

/**
 * Tasks with inputs, heads and loss terms of their own, against the double-precision oracle; a
 * backend that does not declare them refuses them by the operation's name.
 */
interface TaskContract extends BackendUnderTest {
  /** Compares heads after one and two steps and, after training, losses, gradients and states. */
  @Test
  default void computesTasksAsTheOracleDoes() {
    Assumptions.assumeTrue(declares(Backend.Capability.TASKS), "does not declare TASKS");
    try (Backend backend = open();
        Backend oracle = products().oracle(0)) {
      for (SmallTask task : SmallTask.all()) {
        compare(task, products(), task.inferred(backend), task.inferred(oracle));
        if (declares(Backend.Capability.TRAINING)) {
          compare(task, products(), task.trained(backend), task.trained(oracle));
        }
      }
    }
  }

  /**
   * The published loss, its halting head and HRM's Q-learning can be written as ordinary terms.
   * They then give the same losses and gradients as the dedicated operations.
   */
  @Test
  default void learnsThePublishedObjectiveAsTerms() {
    Assumptions.assumeTrue(
        declares(Backend.Capability.TASKS)
            && declares(Backend.Capability.TRAINING)
            && products() == BackendContract.ProductPrecision.SINGLE,
        "does not declare TASKS and TRAINING, or rounds the factors of products");
    SmallModel model = SmallModel.attention();
    RecursionProgram trm = Trm.standard().program("trm", Map.of("T", 2, "n", 1));
    RecursionProgram hrm = Trm.standard().program("hrm", Map.of("hLayers", 1, "lLayers", 1));
    try (Backend backend = open()) {
      for (RecursionProgram recursion : List.of(trm, hrm)) {
        PublishedTerms twice = PublishedTerms.of(model, recursion);
        Map<String, float[]> expected = twice.byOperations(backend);
        Map<String, float[]> found = twice.byTerms(backend);
        assertThat(found).containsOnlyKeys(expected.keySet());
        expected.forEach((value, e) ->
            new Comparison(recursion.name() + ": " + value, "as terms", 0, 1 << 16, 0)
                .check(Objects.requireNonNull(found.get(value)), e));
      }
    }
  }

  private static void compare(
      SmallTask task,
      BackendContract.ProductPrecision products,
      Map<String, float[]> actual,
      Map<String, float[]> expected) {
    assertThat(actual).containsOnlyKeys(expected.keySet());
    expected.forEach((value, e) ->
        new Comparison(task.name() + ": " + value, "small task", 0, 1 << 16, 0, products, 4)
            .check(Objects.requireNonNull(actual.get(value)), e));
  }

  /** Results depend neither on the number of threads nor on the run. */
  @Test
  default void computesTasksAlikeEveryTime() {
    Assumptions.assumeTrue(
        declares(Backend.Capability.TASKS)
            && declares(Backend.Capability.TRAINING)
            && declares(Backend.Capability.THREAD_INVARIANT),
        "does not declare TASKS, TRAINING and THREAD_INVARIANT");
    try (Backend one = open(BackendOptions.DEFAULT.withThreads(1));
        Backend three = open(BackendOptions.DEFAULT.withThreads(3))) {
      for (SmallTask task : SmallTask.all()) {
        Map<String, float[]> expected = task.trained(one);
        task.trained(three)
            .forEach((value, found) ->
                assertThat(found).as(task.name() + ": " + value).isEqualTo(expected.get(value)));
      }
    }
  }

  /** Wrong names and lengths, and heads that the plan does not have, are refused. */
  @Test
  default void refusesWhatATaskDoesNotHave() {
    SmallTask task = SmallTask.all().getFirst();
    try (Backend backend = open()) {
      if (!declares(Backend.Capability.TASKS)) {
        assertThatThrownBy(() -> backend.load(task.plan(), task.parameters()))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("linear");
        return;
      }
      try (LoadedModel model = backend.load(task.plan(), task.parameters());
          InferenceSession session = model.open(1)) {
        assertThatThrownBy(() -> session.feed(0, "sets", new float[35]))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("slot 0 has not been started");
        session.start(0, SmallTask.tokens(0), 0, 1);
        session.step();
        assertThatThrownBy(() -> session.feed(0, "set", new float[35]))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("input set, expected one of [sets, ");
        assertThatThrownBy(() -> session.feed(0, "sets", new float[34]))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("input sets of length 34, expected 35");
        assertThatThrownBy(() -> session.read("value", 0, new float[34]))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("length 34, expected 35");
        assertThatThrownBy(() -> session.read("values", 0, new float[35]))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("output values, expected one of [keep, value, conflict]");
        assertThatThrownBy(() -> session.haltLogit(0))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("q: the plan has no such head");
        assertThatThrownBy(() -> session.predictions(0, new int[7]))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("logits: the plan has no such head");
      }
    }
  }

  /** A start resets all inputs to 0, as in the oracle. */
  @Test
  default void forgetsInputsAtAStart() {
    Assumptions.assumeTrue(declares(Backend.Capability.TASKS), "does not declare TASKS");
    SmallTask task = SmallTask.all().getFirst();
    float[] first = new float[35];
    float[] second = new float[35];
    try (Backend backend = open();
        LoadedModel model = backend.load(task.plan(), task.parameters());
        InferenceSession session = model.open(1)) {
      session.start(0, SmallTask.tokens(0), 0, 1);
      session.step();
      session.read("value", 0, first);
      session.feed(0, "sets", SmallTask.input(task.plan().inputs().getFirst(), 1));
      session.step();
      session.start(0, SmallTask.tokens(0), 0, 1);
      session.step();
      session.read("value", 0, second);
    }
    assertThat(second).isEqualTo(first);
  }
}
