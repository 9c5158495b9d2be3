package org.trm4j.tck.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.halting.spi.Progress;

/**
 * A puzzle in progress whose drafts settle.
 *
 * @param drafts [S] of each step so far
 * @param haltLogits of each step so far
 * @param measured changes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody outside the suite sees them
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record ScriptedProgress(
    int[] question,
    List<int[]> drafts,
    float[] haltLogits,
    Verification verification,
    double change,
    Set<Progress.Change> measured)
    implements Progress {
  private static final int CELLS = 4;
  private static final int VALUES = 3;

  /** Returns every step of so many puzzles. */
  public static List<ScriptedProgress> puzzles(
      int count, int steps, Set<Progress.Change> measured) {
    SplittableRandom random = new SplittableRandom(20251004);
    List<ScriptedProgress> all = new ArrayList<>();
    for (int puzzle = 0; puzzle < count; puzzle++) {
      int[] question = random.ints(CELLS, 0, VALUES).toArray();
      int settled = random.nextInt(1, steps + 1);
      int[] draft = random.ints(CELLS, 0, VALUES).toArray();
      List<int[]> drafts = new ArrayList<>();
      float[] logits = new float[steps];
      for (int step = 1; step <= steps; step++) {
        if (step <= settled && random.nextBoolean()) {
          draft = random.ints(CELLS, 0, VALUES).toArray();
        }
        drafts.add(draft);
        logits[step - 1] = (float) (random.nextDouble(-8, 2) + step);
        Verification verdict =
            switch (random.nextInt(3)) {
              case 0 -> Verification.UNVERIFIABLE;
              case 1 -> Verification.wrong("cell 1");
              default -> step < settled ? Verification.wrong("cell 2") : Verification.CORRECT;
            };
        double change = step == 1 ? Double.POSITIVE_INFINITY : random.nextDouble() / (step * step);
        all.add(
            new ScriptedProgress(
                question,
                List.copyOf(drafts),
                Arrays.copyOf(logits, step),
                verdict,
                change,
                measured));
      }
    }
    return all;
  }

  /** Returns a first step with that q_halt. */
  public static ScriptedProgress of(float logit, Set<Progress.Change> measured) {
    return new ScriptedProgress(
        new int[CELLS],
        List.of(new int[CELLS]),
        new float[] {logit},
        Verification.UNVERIFIABLE,
        Double.NaN,
        measured);
  }

  @Override
  public int[] question() {
    return question.clone();
  }

  @Override
  public int[] draft() {
    return draft(steps());
  }

  @Override
  public int[] draft(int step) {
    return drafts.get(step - 1).clone();
  }

  @Override
  public float haltLogit(int step) {
    return haltLogits[step - 1];
  }

  @Override
  public int steps() {
    return drafts.size();
  }

  @Override
  public float haltLogit() {
    return haltLogits[haltLogits.length - 1];
  }

  @Override
  public float continueLogit() {
    return -haltLogit();
  }

  @Override
  public int unchangedSteps() {
    int same = 0;
    while (same + 1 < drafts.size()
        && Arrays.equals(drafts.get(drafts.size() - 2 - same), drafts.getLast())) {
      same++;
    }
    return same;
  }

  @Override
  public double change(Progress.Change asked) {
    if (!measured.contains(asked)) {
      throw new IllegalStateException(
          "change %s: is not measured; the halting policy says what it reads by reads()"
              .formatted(asked));
    }
    return change;
  }
}
