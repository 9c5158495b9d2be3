package org.trm4j.task.deduction;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.plan.operation.Loss;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.spi.Transition;

/**
 * {@link DeductionRule} between the steps; the memory is the state, [S, V], and where decisions
 * wait, the number of steps in a row that eliminated nothing.
 */
final class DeductionTransition implements Transition {
  private final DeductionRule rule;
  private final PuzzleCodec codec;
  private final int width;

  DeductionTransition(DeductionRule rule, PuzzleCodec codec, int vocabulary) {
    this.rule = rule;
    this.codec = codec;
    this.width = vocabulary;
  }

  @Override
  public int symmetrySteps() {
    return rule.symmetrySteps();
  }

  @Override
  public float[] begin(Transition.Episode episode) {
    int[] question = episode.question();
    float[] memory = new float[question.length * width + (rule.quiet() > 0 ? 1 : 0)];
    for (int cell = 0; cell < question.length; cell++) {
      for (int token : codec.candidates(question[cell], width)) {
        memory[cell * width + token] = 1;
      }
    }
    return memory;
  }

  @Override
  public Transition.Presented present(float[] memory, Transition.Episode episode) {
    float[] state = state(memory, episode);
    Map<String, Transition.GivenTarget> targets = new HashMap<>();
    if (episode.training()) {
      int[] answer = episode.answer();
      boolean[] given = given(episode.question());
      boolean lost = lost(state, answer);
      int cells = answer.length;
      float[] keep = new float[state.length];
      float[] value = new float[cells];
      boolean[] labelled = new boolean[cells];
      boolean[] open = new boolean[cells];
      for (int cell = 0; cell < cells; cell++) {
        labelled[cell] = answer[cell] != Loss.IGNORED;
        if (labelled[cell]) {
          int at = cell * width + answer[cell];
          keep[at] = state[at];
          value[cell] = answer[cell];
          open[cell] = !given[cell] && !lost;
        }
      }
      targets.put(DeductionTask.KEEP, new Transition.GivenTarget(keep, labelled));
      targets.put(DeductionTask.VALUE, new Transition.GivenTarget(value, open));
      targets.put(
          DeductionTask.CONFLICT, Transition.GivenTarget.everyRow(new float[] {lost ? 1 : 0}, 1));
    }
    return new Transition.Presented(Map.of(TaskProgram.SETS, state), targets);
  }

  @Override
  public Transition.Outcome next(
      float[] memory, Transition.Outputs outputs, Transition.Episode episode) {
    float[] state = state(memory, episode);
    float[] value = outputs.logits(DeductionTask.VALUE);
    DeductionRule.Result result =
        rule.apply(
            state,
            given(episode.question()),
            outputs.logits(DeductionTask.KEEP),
            value,
            outputs.logits(DeductionTask.CONFLICT)[0],
            episode.random());
    int[] draft = draft(state, result.eliminated(), value);
    if (result.solved()) {
      return new Transition.Outcome.Done(draft);
    }
    boolean lost = episode.training() && lost(result.eliminated(), episode.answer());
    // In training a false alarm does not end the attempt, so that the model learns that it was
    // false.
    boolean ends = result.conflict() && (!episode.training() || lost);
    return ends || lost && abandoned(episode)
        ? new Transition.Outcome.Restart(draft)
        : new Transition.Outcome.Continue(draft, memory(memory, state, result));
  }

  /** Returns the state in a memory; not to be written to. */
  float[] state(float[] memory, Transition.Episode episode) {
    int length = episode.question().length * width;
    return memory.length == length ? memory : Arrays.copyOf(memory, length);
  }

  private float[] memory(float[] before, float[] state, DeductionRule.Result result) {
    if (rule.quiet() == 0) {
      return result.decided().clone();
    }
    boolean same = Arrays.equals(state, result.eliminated());
    float quiet = same ? before[state.length] + 1 : 0;
    boolean decides = quiet >= rule.quiet();
    float[] memory = Arrays.copyOf(decides ? result.decided() : result.eliminated(), before.length);
    memory[state.length] = decides ? 0 : quiet;
    return memory;
  }

  /** Draws apart from the decision, which begins with the same numbers. */
  private boolean abandoned(Transition.Episode episode) {
    return rule.abandon() > 0
        && new SplittableRandom(episode.random().nextLong()).nextDouble() < rule.abandon();
  }

  /**
   * The most likely remaining value of each cell; if none remains, the most likely earlier value.
   */
  int[] draft(float[] before, float[] left, float[] value) {
    int[] draft = new int[left.length / width];
    for (int cell = 0; cell < draft.length; cell++) {
      int best = Decision.likeliest(left, value, width, cell, -1);
      draft[cell] =
          Math.max(0, best < 0 ? Decision.likeliest(before, value, width, cell, -1) : best);
    }
    return draft;
  }

  private boolean lost(float[] state, int[] answer) {
    for (int cell = 0; cell < answer.length; cell++) {
      if (answer[cell] != Loss.IGNORED && !(state[cell * width + answer[cell]] > 0)) {
        return true;
      }
    }
    return false;
  }

  boolean[] given(int[] question) {
    boolean[] given = new boolean[question.length];
    for (int cell = 0; cell < question.length; cell++) {
      given[cell] = codec.candidates(question[cell], width).length == 1;
    }
    return given;
  }
}
