package org.trm4j.episode;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.TaskSession;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.operation.Loss;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.spi.Transition;
import org.trm4j.view.Logit;

/** One puzzle in a slot: its memory, what it is shown, and what its transition decides. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class TaskSlot implements Transition.Episode {
  /** Sets a transition's draws apart from those of the plan and of noise while solving. */
  private static final long STREAM = 3;

  /** Sets the draws of a symmetry apart, and those of the states that start under it. */
  private static final long SYMMETRY = 5;

  private static final long STATES = 6;

  private final TaskRules rules;
  private final long key;
  private final int attempt;
  private final int[] question;
  private final int @Nullable [] labels;
  private @Nullable Symmetry symmetry;
  private int steps;
  private int turned;
  private float[] memory;
  private Transition.Presented presented;

  TaskSlot(
      TaskRules rules,
      long key,
      int attempt,
      int[] question,
      int @Nullable [] labels,
      int steps,
      float @Nullable [] memory,
      @Nullable Symmetry symmetry) {
    this.symmetry = symmetry;
    this.rules = rules;
    this.key = key;
    this.attempt = attempt;
    this.question = question;
    this.labels = labels;
    this.steps = steps;
    this.memory = memory == null ? rules.transition().begin(this) : memory.clone();
    this.presented = rules.transition().present(this.memory, this);
  }

  /**
   * Returns whether the puzzle is to be shown under another symmetry from a step on. The caller
   * then {@link #turn turns} it, starts the session's slot anew with the question under {@link
   * #symmetry} and the key {@link #statesKey}, and {@link #show shows} it.
   *
   * @param done supervision steps that the episode has had
   */
  public boolean turnsAfter(int done) {
    return rules.symmetries() != null && sinceTurn(done) == 0;
  }

  /**
   * From here on the network sees the puzzle under the symmetry that belongs to a step, or that
   * last turned it before.
   *
   * @param done supervision steps that the episode has had
   */
  public void turn(int done) {
    Symmetry.Family symmetries = rules.symmetries();
    int since = symmetries == null ? 0 : done - sinceTurn(done);
    if (symmetries != null && since > 0) {
      turned = since;
      symmetry =
          symmetries.draw(
              question.clone(), new SplittableRandom(GaussianNoise.key(key, since, SYMMETRY)));
    }
  }

  private int sinceTurn(int done) {
    steps = done;
    return rules.transition().stepsSinceTurn(memory, this);
  }

  /** Returns the symmetry that the network sees the puzzle under; null as it is. */
  public @Nullable Symmetry symmetry() {
    return symmetry;
  }

  /** Returns the key that latent states start from. */
  public long statesKey() {
    return turned == 0 ? key : GaussianNoise.key(key, turned, STATES);
  }

  /** Feeds a session, whose slot has been started, with what the next step shows. */
  public void show(TaskSession session, int slot) {
    presented.inputs().forEach((input, values) -> session.feed(slot, input, seen(input, values)));
  }

  private float[] seen(String input, float[] values) {
    return symmetry == null || !input.equals(TaskProgram.SETS)
        ? values
        : symmetry.applyToRows(values, values.length / question.length);
  }

  private float[] canonical(String head, float[] logits) {
    return symmetry == null || rules.head(head).rows() != Objective.Head.Rows.CELLS
        ? logits
        : symmetry.inverse().applyToRows(logits, rules.head(head).width());
  }

  /**
   * Takes what a step has made; where the episode goes on, the session is fed for the next step.
   *
   * @param done supervision steps that the episode has had, this one included
   */
  public Transition.Outcome stepped(TaskSession session, int slot, int done) {
    steps = done;
    Transition.Outcome outcome =
        rules
            .transition()
            .next(
                memory,
                head -> {
                  float[] logits = new float[rules.size(head)];
                  session.read(head, slot, logits);
                  if (labels == null) {
                    // Training finds it in its loss.
                    for (float logit : logits) {
                      Logit.finite("head " + head, logit, done);
                    }
                  }
                  return canonical(head, logits);
                },
                this);
    if (outcome.draft().length != question.length) {
      throw new IllegalStateException(
          "transition: a draft of %s tokens, expected %s"
              .formatted(outcome.draft().length, question.length));
    }
    if (outcome instanceof Transition.Outcome.Continue(int[] draft, float[] next)) {
      if (next.length != memory.length) {
        throw new IllegalStateException(
            "transition: a memory of %s values, expected %s as before"
                .formatted(next.length, memory.length));
      }
      memory = next;
      presented = rules.transition().present(memory, this);
      show(session, slot);
    }
    return outcome;
  }

  /**
   * Returns a target as the network sees it.
   *
   * @param classes whether each value is the class of a row
   */
  Transition.GivenTarget seen(Transition.GivenTarget target, Objective.Head head, boolean classes) {
    if (symmetry == null || head.rows() != Objective.Head.Rows.CELLS) {
      return target;
    }
    float[] counts = new float[question.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = target.counts()[i] ? 1 : 0;
    }
    counts = symmetry.applyToRows(counts, 1);
    boolean[] counted = new boolean[counts.length];
    for (int i = 0; i < counts.length; i++) {
      counted[i] = counts[i] > 0;
    }
    float[] values =
        classes
            ? symmetry.applyToClasses(target.values(), head.width())
            : symmetry.applyToRows(target.values(), head.width());
    return new Transition.GivenTarget(values, counted);
  }

  /** Returns a copy of the memory. */
  public float[] memory() {
    return memory.clone();
  }

  Transition.Presented presented() {
    return presented;
  }

  Transition.GivenTarget labels() {
    int[] classes = answer();
    float[] values = new float[classes.length];
    boolean[] counts = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      counts[i] = classes[i] != Loss.IGNORED;
      values[i] = counts[i] ? classes[i] : 0;
    }
    return new Transition.GivenTarget(values, counts);
  }

  @Override
  public int[] question() {
    return question;
  }

  @Override
  public int step() {
    return steps;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public boolean training() {
    return labels != null;
  }

  @Override
  public int[] answer() {
    if (labels == null) {
      throw new IllegalStateException("transition: asked for the answer while solving");
    }
    return labels;
  }

  @Override
  public RandomGenerator random() {
    return new SplittableRandom(GaussianNoise.key(key, steps, STREAM));
  }
}
