package org.trm4j.tck;

import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.tck.sample.SmallModel;

/** Results are bitwise equal in every run, if the backend declares it. */
interface DeterminismContract extends BackendUnderTest {
  /** 50 runs of inference are equal. */
  @Test
  default void repeatedInferenceIsTheSame() {
    Assumptions.assumeTrue(
        declares(Backend.Capability.DETERMINISTIC), "does not declare DETERMINISTIC");
    try (Backend backend = open()) {
      float[] first = inferred(backend, 2);
      for (int run = 1; run < 50; run++) {
        same("inference, run " + run, inferred(backend, 2), first);
      }
    }
  }

  /** 50 runs of training are equal. */
  @Test
  default void repeatedTrainingIsTheSame() {
    Assumptions.assumeTrue(
        declares(Backend.Capability.DETERMINISTIC), "does not declare DETERMINISTIC");
    Assumptions.assumeTrue(declares(Backend.Capability.TRAINING), "does not declare TRAINING");
    try (Backend backend = open()) {
      float[] first = trained(backend);
      for (int run = 1; run < 50; run++) {
        same("training, run " + run, trained(backend), first);
      }
    }
  }

  /** Results depend neither on the number of threads nor on the other sequences of the batch. */
  @Test
  default void threadsAndOtherSlotsMakeNoDifference() {
    Assumptions.assumeTrue(
        declares(Backend.Capability.THREAD_INVARIANT), "does not declare THREAD_INVARIANT");
    float[] inference;
    float[] training;
    try (Backend backend = open(options().withThreads(1))) {
      inference = inferred(backend, 1);
      training = trained(backend);
    }
    for (int threads : new int[] {1, 2, 3, 5}) {
      try (Backend backend = open(options().withThreads(threads))) {
        for (int slots : new int[] {1, 2, 5}) {
          same(
              "inference, %s threads, %s slots".formatted(threads, slots),
              inferred(backend, slots),
              inference);
        }
        same("training, %s threads".formatted(threads), trained(backend), training);
      }
    }
  }

  /** Returns the logits of the last slot after two steps. */
  private float[] inferred(Backend backend, int slots) {
    SmallModel small = SmallModel.attention();
    float[] logits = new float[small.logits()];
    try (LoadedModel model = backend.load(small.plan(), small.parameters());
        InferenceSession session = model.open(slots)) {
      for (int slot = 0; slot < slots; slot++) {
        session.start(slot, SmallModel.tokens(slot == slots - 1 ? 99 : slot), 1);
      }
      session.step();
      session.perturb(slots - 1, 0.3f, 7);
      session.step();
      session.logits(slots - 1, logits);
    }
    return logits;
  }

  private float[] trained(Backend backend) {
    SmallModel small = SmallModel.attention();
    try (TrainingSession session = small.train(backend, 3)) {
      for (int step = 1; step <= 2; step++) {
        session.step(new boolean[3], 1f / 3);
        session.update(new UpdateRule(step, 1e-2, 0.1, 0.9, 0.95, 1e-2, 0.1, 0.9));
      }
      int size = 0;
      float[] all = new float[0];
      for (var tensor : session.parameters().tensors().values()) {
        float[] values = tensor.toArray();
        all = Arrays.copyOf(all, size + values.length);
        System.arraycopy(values, 0, all, size, values.length);
        size += values.length;
      }
      return all;
    }
  }

  private static void same(String what, float[] found, float[] expected) {
    int index = Arrays.mismatch(found, expected);
    if (index >= 0) {
      throw new AssertionError(
          "%s: at index %s found %s, expected bitwise %s"
              .formatted(what, index, found[index], expected[index]));
    }
  }
}
