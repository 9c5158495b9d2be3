package org.trm4j.training.slots;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.episode.SlotScheduler;
import org.trm4j.episode.TaskRules;
import org.trm4j.episode.TaskSlot;
import org.trm4j.training.config.TrainingConfig;

/** The slots of a training session: a training step is one round of their scheduler. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class TrainingSlots {
  private final SlotScheduler<TrainingWork> scheduler;
  private final TrainingWork.TrainingStep step;
  private final TrainingConfig.Halting settings;
  private long taken;

  /**
   * Takes the slots of a session.
   *
   * @param halting limit of supervision steps, and which sequences of the published task are done
   * @param seed of what the plan draws, with each example's number in the stream
   * @param rules of the task; null for the published one
   */
  public TrainingSlots(
      TrainingSession session, AdaptiveHalting halting, long seed, @Nullable TaskRules rules) {
    this.settings = halting.settings();
    this.scheduler = new SlotScheduler<>(session.slots(), settings.maxSteps());
    this.step = new TrainingWork.TrainingStep(session, rules, halting, seed);
  }

  /** Returns the number of slots. */
  public int count() {
    return scheduler.slots();
  }

  /** Fills every slot for the first time. */
  public void fill(ExampleStream stream) {
    fill(stream, 0, 1);
  }

  /**
   * Fills every slot with new examples. Staggered, slot s of B begins as if s / B of its steps were
   * done.
   *
   * @param before examples taken from the stream
   * @param trainingStep the next one
   */
  public void fill(ExampleStream stream, long before, long trainingStep) {
    taken = before;
    scheduler.fill(() -> next(stream, trainingStep));
    if (settings.staggered()) {
      for (int slot = 0; slot < count(); slot++) {
        int done = (int) ((long) slot * settings.maxSteps() / count());
        scheduler.resume(slot, work(slot), done, false);
        work(slot).begin(slot, done);
      }
    }
  }

  private TrainingWork next(ExampleStream stream, long trainingStep) {
    return new TrainingWork(stream.next(trainingStep), taken++, step, 0, null);
  }

  /**
   * Continues where a run stopped; the caller restores the session's latent states.
   *
   * @param ids numbers of the running examples in the stream
   * @param draws noisy updates that each has had
   * @param before examples taken from the stream
   * @param memories of the transition, in order; empty if the task has none
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
    for (int slot = 0; slot < count(); slot++) {
      float[] memory = memories.isEmpty() ? new float[0] : memories.get(slot);
      TrainingWork work = new TrainingWork(running.get(slot), ids[slot], step, done[slot], memory);
      work.begin(slot);
      step.session.restoreDraws(slot, draws[slot]);
      scheduler.resume(slot, work, done[slot], halted[slot]);
    }
  }

  /**
   * Runs a training step: halted slots take the next examples, then one supervision step of every
   * slot with its loss, its gradient and one update.
   *
   * @param number of the training step, 1 for the first
   * @return the examples taken
   */
  public int step(ExampleStream stream, long number, UpdateRule update) {
    long before = taken;
    step.number = number;
    // A training step is never abandoned; the run ends between two steps.
    scheduler.round(
        () -> next(stream, number),
        () -> false,
        last -> {
          feedTargets();
          step.metrics = step.session.step(last, 1f / count());
          step.session.update(update);
          return true;
        },
        (slot, work) -> {});
    return (int) (taken - before);
  }

  /** Passes the targets of the next step to the session, if the task has its own terms. */
  private void feedTargets() {
    TaskRules rules = step.rules;
    if (rules != null) {
      List<TaskSlot> episodes = episodes();
      rules.feedTargets(step.session, episodes, rules.counts(episodes), episodes.size());
    }
  }

  private List<TaskSlot> episodes() {
    List<TaskSlot> episodes = new ArrayList<>();
    for (int slot = 0; slot < count(); slot++) {
      TaskSlot episode = work(slot).episode();
      if (episode != null) {
        episodes.add(episode);
      }
    }
    return episodes;
  }

  /** Returns a copy of each slot's memory; empty if no transition has one. */
  public List<float[]> memories() {
    List<float[]> memories = TaskRules.memories(episodes());
    return memories.stream().allMatch(memory -> memory.length == 0) ? List.of() : memories;
  }

  /** Returns the metrics of a slot's last step. */
  public SequenceMetrics metrics(int slot) {
    return work(slot).metrics();
  }

  /** Returns the number in the stream of a slot's example. */
  public long number(int slot) {
    return work(slot).number;
  }

  /** Returns the noisy updates that a slot's example has had. */
  public long draws(int slot) {
    return step.session.draws(slot);
  }

  /** Returns the supervision steps that a slot's example has had. */
  public int steps(int slot) {
    return scheduler.steps(slot);
  }

  /** Returns whether a slot takes a new example at the next training step. */
  public boolean halted(int slot) {
    return scheduler.isFree(slot);
  }

  /** Returns the current or last work of a slot. */
  public Example example(int slot) {
    return work(slot).example;
  }

  private TrainingWork work(int slot) {
    return Objects.requireNonNull(scheduler.latest(slot), "slot before the first example");
  }
}
