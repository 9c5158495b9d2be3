package org.trm4j.training.slots;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.plan.GaussianNoise;

/** Which example each slot of a training session works at, and for how long. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class TrainingSlots {
  private final TrainingSession session;
  private final int maxSteps;
  private final List<Example> examples = new ArrayList<>();
  private final int[] steps;
  private final boolean[] free;
  private final long[] numbers;
  private final long seed;
  private long taken;

  /**
   * Takes the slots of a session.
   *
   * @param seed of what the plan draws, with each example's number in the stream
   */
  public TrainingSlots(TrainingSession session, int maxSteps, long seed) {
    this.session = session;
    this.maxSteps = maxSteps;
    this.steps = new int[session.slots()];
    this.free = new boolean[session.slots()];
    this.numbers = new long[session.slots()];
    this.seed = seed;
  }

  public int count() {
    return steps.length;
  }

  /** Fills every slot for the first time. */
  public void fill(ExampleStream stream) {
    for (int slot = 0; slot < steps.length; slot++) {
      Example example = stream.next(1);
      examples.add(example);
      start(slot, example, 0, taken++);
    }
  }

  /**
   * Takes up where a run was; the session's latent states are restored by the caller.
   *
   * @param ids numbers of the running examples in the stream
   * @param draws noisy updates that each has had
   * @param before examples taken from the stream
   */
  public void restore(
      List<Example> running, int[] done, boolean[] halted, long[] ids, long[] draws, long before) {
    taken = before;
    for (int slot = 0; slot < steps.length; slot++) {
      examples.add(running.get(slot));
      start(slot, running.get(slot), done[slot], ids[slot]);
      session.restoreDraws(slot, draws[slot]);
      free[slot] = halted[slot];
    }
  }

  /** Returns the number in the stream of a slot's example. */
  public long number(int slot) {
    return numbers[slot];
  }

  /** Returns the noisy updates that a slot's example has had. */
  public long draws(int slot) {
    return session.draws(slot);
  }

  /** Gives halted slots the next examples for a training step; returns how many it took. */
  public int refill(ExampleStream stream, long step) {
    long before = taken;
    for (int slot = 0; slot < steps.length; slot++) {
      if (free[slot]) {
        Example example = stream.next(step);
        examples.set(slot, example);
        start(slot, example, 0, taken++);
      }
    }
    return (int) (taken - before);
  }

  /** Counts one more step everywhere; returns which slots are at their last. */
  public boolean[] advance() {
    boolean[] last = new boolean[steps.length];
    for (int slot = 0; slot < steps.length; slot++) {
      last[slot] = ++steps[slot] >= maxSteps;
    }
    return last;
  }

  public void halt(int slot, boolean halted) {
    free[slot] = halted;
  }

  public int steps(int slot) {
    return steps[slot];
  }

  public boolean halted(int slot) {
    return free[slot];
  }

  public Example example(int slot) {
    return examples.get(slot);
  }

  private void start(int slot, Example example, int done, long number) {
    session.start(
        slot,
        example.tokens(),
        example.labels(),
        example.puzzleIdentifier(),
        GaussianNoise.key(seed, number, 0));
    numbers[slot] = number;
    steps[slot] = done;
    free[slot] = false;
  }
}
