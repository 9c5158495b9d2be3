package org.trm4j.training.slots;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.episode.SlotWork;
import org.trm4j.episode.TaskRules;
import org.trm4j.episode.TaskSlot;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.operation.Loss;
import org.trm4j.task.spi.Transition;

/** One example in its supervision steps of training. */
final class TrainingWork implements SlotWork {
  final Example example;
  final long number;
  private final int done;
  private final TrainingStep step;
  private final long key;
  private final @Nullable TaskSlot episode;
  private boolean ended;
  private @Nullable SequenceMetrics metrics;

  /** The common part of the slots of a training step; rules are null for the published task. */
  static final class TrainingStep {
    final TrainingSession session;
    final @Nullable TaskRules rules;
    final AdaptiveHalting halting;
    final long seed;
    long number;
    SequenceMetrics[] metrics = {};

    TrainingStep(
        TrainingSession session, @Nullable TaskRules rules, AdaptiveHalting halting, long seed) {
      this.session = session;
      this.rules = rules;
      this.halting = halting;
      this.seed = seed;
    }
  }

  /**
   * Takes an example.
   *
   * @param number of the example in the stream
   * @param done supervision steps that it has had
   * @param memory of its transition; null for one that begins
   */
  TrainingWork(
      Example example, long number, TrainingStep step, int done, float @Nullable [] memory) {
    this.example = example;
    this.number = number;
    this.step = step;
    this.done = done;
    this.key = GaussianNoise.key(step.seed, number, 0);
    TaskRules rules = step.rules;
    this.episode =
        rules == null
            ? null
            : memory == null
                ? rules.begin(key, example.tokens(), example.labels())
                : rules.resume(key, example.tokens(), example.labels(), done, memory);
  }

  @Override
  public void begin(int slot) {
    begin(slot, done);
  }

  /** Starts the slot of an example that has had so many steps. */
  void begin(int slot, int steps) {
    if (episode == null) {
      start(slot, example, key);
      return;
    }
    episode.turn(steps);
    Symmetry symmetry = episode.symmetry();
    start(slot, symmetry == null ? example : symmetry.apply(example), episode.statesKey());
    episode.show(step.session, slot);
  }

  private void start(int slot, Example shown, long states) {
    step.session.start(slot, shown.tokens(), shown.labels(), shown.puzzleIdentifier(), states);
  }

  @Override
  public void stepped(int slot, int steps) {
    metrics = episode == null ? step.metrics[slot] : task(episode, slot, steps);
  }

  /** Lets the transition decide, or the halting heads; q_halt is positive where it is done. */
  private SequenceMetrics task(TaskSlot task, int slot, int steps) {
    Transition.Outcome outcome = task.stepped(step.session, slot, steps);
    int[] labels = example.labels();
    int labelled = 0;
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Loss.IGNORED) {
        labelled++;
        correct += outcome.draft()[i] == labels[i] ? 1 : 0;
      }
    }
    ended = !(outcome instanceof Transition.Outcome.Continue);
    TaskRules rules = Objects.requireNonNull(step.rules);
    float haltLogit = outcome instanceof Transition.Outcome.Done ? 1 : -1;
    float continueLogit = 0;
    if (rules.haltsByHead()) {
      haltLogit = rules.haltLogit(step.session, slot);
      continueLogit = rules.continueLogit(step.session, slot);
      ended = step.halting.halted(step.number, slot, steps, haltLogit, continueLogit);
    }
    double loss = rules.loss(step.session, slot);
    boolean exact = correct == labelled;
    // After everything about this step was read.
    if (!ended && task.turnsAfter(steps)) {
      begin(slot, steps);
    }
    return new SequenceMetrics(loss, 0, 0, correct, labelled, exact, haltLogit, continueLogit);
  }

  @Override
  public boolean ends(int slot, int steps) {
    SequenceMetrics read = metrics();
    return episode != null
        ? ended
        : step.halting.halted(step.number, slot, steps, read.haltLogit(), read.continueLogit());
  }

  /** Returns the metrics of the last step; the summed loss of a task's terms is language loss. */
  SequenceMetrics metrics() {
    return Objects.requireNonNull(metrics, "metrics before the first step");
  }

  /** Returns the episode, where a transition drives the slot. */
  @Nullable TaskSlot episode() {
    return episode;
  }
}
