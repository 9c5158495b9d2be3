package org.trm4j.backend.cpu.program;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.ParameterLayout;
import org.trm4j.plan.Plan;

/**
 * The puzzle embedding table [identifiers, width]: the tensor that was given, and the rows that
 * training has changed.
 */
public final class PuzzleTable {
  /** Values of a table that is copied, so that it does not hold all that was read of a file. */
  private static final long COPIED = 1 << 22;

  private final @Nullable Tensor source;
  private final int width;
  private final Map<Integer, float[]> changed = new HashMap<>();

  PuzzleTable(@Nullable Tensor source) {
    this.source = source == null || source.shape().size() > COPIED ? source : copy(source);
    this.width = source == null ? 0 : source.shape().dim(1);
  }

  private static Tensor copy(Tensor tensor) {
    return Tensor.of(tensor.shape(), tensor.toArray());
  }

  /** Returns the table of a plan's model; an empty one where it has none. */
  public static PuzzleTable of(Plan plan, ParameterSet parameters) {
    boolean has = plan.config().puzzleEmbDim() > 0;
    return new PuzzleTable(has ? parameters.get(ParameterLayout.PUZZLE_EMBEDDING) : null);
  }

  public int width() {
    return width;
  }

  int identifiers() {
    return source == null ? 0 : source.shape().dim(0);
  }

  /** Copies elements {@code from..from+count} of a row, with zeros past its end. */
  public void copySlice(int row, int from, float[] target, int to, int count) {
    int valid = Math.clamp(width - from, 0, count);
    if (valid > 0 && source != null) {
      float[] mine = changed.get(row);
      if (mine != null) {
        System.arraycopy(mine, from, target, to, valid);
      } else {
        source.copyTo((long) row * width + from, target, to, valid);
      }
    }
    Arrays.fill(target, to + valid, to + count, 0f);
  }

  /** Returns a row that may be written to. */
  public float[] row(int row) {
    return changed.computeIfAbsent(
        row,
        r -> {
          float[] copy = new float[width];
          copySlice(r, 0, copy, 0, width);
          return copy;
        });
  }

  /** Returns a copy of the whole table. */
  public Tensor copy() {
    if (source == null) {
      throw new IllegalStateException("the model has no puzzle embedding");
    }
    float[] all = new float[source.shape().intSize()];
    source.copyTo(0, all, 0, all.length);
    changed.forEach((row, values) -> System.arraycopy(values, 0, all, row * width, width));
    return Tensor.of(Shape.of(identifiers(), width), all);
  }
}
