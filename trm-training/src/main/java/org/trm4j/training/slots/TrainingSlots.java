package org.trm4j.training.slots;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.episode.TaskRules;
import org.trm4j.episode.TaskSlot;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Loss;
import org.trm4j.task.spi.Outcome;

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
  private final @Nullable TaskRules rules;
  private final List<TaskSlot> episodes = new ArrayList<>();
  private long taken;

  /**
   * Takes the slots of a session.
   *
   * @param seed of what the plan draws, with each example's number in the stream
   * @param rules of the task; null for the published one
   */
  public TrainingSlots(
      TrainingSession session, int maxSteps, long seed, @Nullable TaskRules rules) {
    this.rules = rules;
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
   * @param memories of the transition, in order; empty where the task has none
   */
  public void restore(
      List<Example> running,
      int[] done,
      boolean[] halted,
      long[] ids,
      long[] draws,
      long before,
      List<float[]> memories) {
    taken = before;
    for (int slot = 0; slot < steps.length; slot++) {
      examples.add(running.get(slot));
      start(slot, running.get(slot), done[slot], ids[slot]);
      if (rules != null) {
        Example example = running.get(slot);
        long key = GaussianNoise.key(seed, ids[slot], 0);
        float[] memory = memories.isEmpty() ? new float[0] : memories.get(slot);
        TaskSlot episode =
            rules.resume(key, example.tokens(), example.labels(), done[slot], memory);
        episode.show(session, slot);
        episodes.set(slot, episode);
      }
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

  /** Hands the session the targets of the coming step, where the task has terms of its own. */
  public void feedTargets() {
    if (rules != null) {
      rules.feedTargets(session, episodes, rules.counts(episodes), episodes.size());
    }
  }

  /**
   * Returns whether a transition drives the slots, and {@link #stepped} says what became of one.
   */
  public boolean hasRules() {
    return rules != null;
  }

  /** Lets the transition of a slot decide after a step. */
  public TaskStep stepped(int slot) {
    TaskRules task = Objects.requireNonNull(rules);
    Outcome outcome = episodes.get(slot).stepped(session, slot);
    int[] labels = examples.get(slot).labels();
    int labelled = 0;
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Loss.IGNORED) {
        labelled++;
        correct += outcome.draft()[i] == labels[i] ? 1 : 0;
      }
    }
    boolean done = outcome instanceof Outcome.Done;
    SequenceMetrics metrics =
        new SequenceMetrics(
            task.loss(session, slot),
            0,
            0,
            correct,
            labelled,
            correct == labelled,
            done ? 1 : -1,
            0);
    return new TaskStep(metrics, !(outcome instanceof Outcome.Continue));
  }

  /**
   * What became of a slot.
   *
   * @param metrics the summed loss as language loss; q_halt is positive where the transition is
   *     done
   * @param ended whether the transition has ended the episode
   */
  public record TaskStep(SequenceMetrics metrics, boolean ended) {}

  /** Returns a copy of each slot's memory; empty where no transition has one. */
  public List<float[]> memories() {
    List<float[]> memories = TaskRules.memories(episodes);
    return memories.stream().allMatch(memory -> memory.length == 0) ? List.of() : memories;
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
    if (rules != null) {
      TaskSlot episode =
          rules.begin(GaussianNoise.key(seed, number, 0), example.tokens(), example.labels());
      episode.show(session, slot);
      if (slot == episodes.size()) {
        episodes.add(episode);
      } else {
        episodes.set(slot, episode);
      }
    }
    numbers[slot] = number;
    steps[slot] = done;
    free[slot] = false;
  }
}
