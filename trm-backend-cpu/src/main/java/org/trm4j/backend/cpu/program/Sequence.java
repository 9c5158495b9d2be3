package org.trm4j.backend.cpu.program;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.ArgMax;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.model.Shape;

/** The state of one slot's puzzle. */
public final class Sequence {
  public final float[][] states;
  public final float[][] inputs;

  /** The plan's outputs, then its losses. */
  public final float[][] outputs;

  public final int[] tokens;
  public final int[] labels;
  public final float[] logits;
  public final float[] q = new float[2];

  /** Whether further steps write the arg-max of each row in place of {@link #logits}. */
  public boolean draftOnly;

  /** Whether the last step did. */
  private boolean drafted;

  private final int[] draft;

  public int puzzle;

  /** The key of all random draws. */
  public long key;

  /** The number of noisy updates since the start. */
  public long draws;

  public boolean lastStep;
  public @Nullable SequenceMetrics metrics;

  public Sequence(
      int states, int stateSize, float[][] inputs, float[][] outputs, int tokens, Shape logits) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.states = new float[states][stateSize];
    this.tokens = new int[tokens];
    this.labels = new int[tokens];
    this.logits = new float[logits.intSize()];
    this.draft = new int[logits.dim(0)];
  }

  /** Stores the logits of a step, or only their arg-max. */
  void take(float[] values, int from) {
    drafted = draftOnly;
    if (drafted) {
      argMax(values, from, draft);
    } else {
      System.arraycopy(values, from, logits, 0, logits.length);
    }
  }

  /** Returns the last step's logits. */
  public float[] readableLogits() {
    if (drafted) {
      throw new BackendException(
          "cpu: logits are read of a step that was asked for their arg-max only");
    }
    return logits;
  }

  /** Writes the arg-max of each row of the last step's logits. */
  public void argMax(int[] target) {
    if (drafted) {
      System.arraycopy(draft, 0, target, 0, draft.length);
    } else {
      argMax(logits, 0, target);
    }
  }

  private void argMax(float[] values, int from, int[] target) {
    int width = logits.length / draft.length;
    for (int row = 0; row < draft.length; row++) {
      target[row] = ArgMax.of(values, from + row * width, width);
    }
  }
}
