package org.trm4j.training;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleStream;

/** Which example each slot of a training session works at, and for how long. */
final class TrainingSlots {
  private final TrainingSession session;
  private final int maxSteps;
  private final List<Example> examples = new ArrayList<>();
  private final int[] steps;
  private final boolean[] free;

  TrainingSlots(TrainingSession session, int maxSteps) {
    this.session = session;
    this.maxSteps = maxSteps;
    this.steps = new int[session.slots()];
    this.free = new boolean[session.slots()];
  }

  int count() {
    return steps.length;
  }

  /** Fills every slot for the first time. */
  void fill(ExampleStream stream) {
    for (int slot = 0; slot < steps.length; slot++) {
      Example example = stream.next();
      examples.add(example);
      start(slot, example, 0);
    }
  }

  /** Takes up where a run was; the session's latent states are restored by the caller. */
  void restore(List<Example> running, int[] done, boolean[] halted) {
    for (int slot = 0; slot < steps.length; slot++) {
      examples.add(running.get(slot));
      start(slot, running.get(slot), done[slot]);
      free[slot] = halted[slot];
    }
  }

  /** Gives halted slots the next examples; returns how many it took. */
  int refill(ExampleStream stream) {
    int taken = 0;
    for (int slot = 0; slot < steps.length; slot++) {
      if (free[slot]) {
        Example example = stream.next();
        examples.set(slot, example);
        start(slot, example, 0);
        taken++;
      }
    }
    return taken;
  }

  /** Counts one more step everywhere; returns which slots are at their last. */
  boolean[] advance() {
    boolean[] last = new boolean[steps.length];
    for (int slot = 0; slot < steps.length; slot++) {
      last[slot] = ++steps[slot] >= maxSteps;
    }
    return last;
  }

  void halt(int slot, boolean halted) {
    free[slot] = halted;
  }

  int steps(int slot) {
    return steps[slot];
  }

  boolean halted(int slot) {
    return free[slot];
  }

  Example example(int slot) {
    return examples.get(slot);
  }

  private void start(int slot, Example example, int done) {
    session.start(slot, example.tokens(), example.labels(), example.puzzleIdentifier());
    steps[slot] = done;
    free[slot] = false;
  }
}
