package org.trm4j.backend.cpu.program;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.task.ParameterLayout;

/**
 * The puzzle embedding table [identifiers, width]. It may take gigabytes, so it exists once: a
 * model reads the tensor that it was given, and a training session has its own memory, which is
 * written to files without a copy.
 */
public final class PuzzleTable {
  /**
   * Tables up to this size are copied, so that they do not retain everything that was read from a
   * file.
   */
  private static final long COPIED = 1 << 22;

  private final @Nullable Tensor table;
  private final @Nullable MemorySegment written;
  private final int width;

  private PuzzleTable(@Nullable Tensor table, @Nullable MemorySegment written) {
    this.table = table;
    this.written = written;
    this.width = table == null ? 0 : table.shape().dim(1);
  }

  /** Returns the table of a plan's model for reading; empty if the model has none. */
  public static PuzzleTable of(Plan plan, ParameterSet parameters) {
    Tensor given = given(plan, parameters);
    return new PuzzleTable(
        given == null || given.shape().size() > COPIED
            ? given
            : Tensor.of(given.shape(), given.toArray()),
        null);
  }

  /** Returns the table of a plan's model for training; empty if the model has none. */
  public static PuzzleTable trainable(Plan plan, ParameterSet parameters) {
    Tensor given = given(plan, parameters);
    if (given == null) {
      return new PuzzleTable(null, null);
    }
    MemorySegment own = Arena.ofAuto().allocate(given.data().byteSize(), Float.BYTES);
    own.copyFrom(given.data());
    return new PuzzleTable(Tensor.of(given.shape(), own), own);
  }

  private static @Nullable Tensor given(Plan plan, ParameterSet parameters) {
    boolean has = plan.config().puzzleEmbDim() > 0;
    return has ? parameters.get(ParameterLayout.PUZZLE_EMBEDDING) : null;
  }

  public int width() {
    return width;
  }

  int identifiers() {
    return table == null ? 0 : table.shape().dim(0);
  }

  /** Copies elements {@code from..from+count} of a row, with zeros past its end. */
  public void copySlice(int row, int from, float[] target, int to, int count) {
    int valid = Math.clamp(width - from, 0, count);
    if (valid > 0 && table != null) {
      table.copyTo((long) row * width + from, target, to, valid);
    }
    Arrays.fill(target, to + valid, to + count, 0f);
  }

  /** Overwrites a row of a table in training. */
  public void write(int row, float[] values) {
    if (written == null) {
      throw new IllegalStateException("the puzzle embedding is read only");
    }
    MemorySegment.copy(values, 0, written, Tensor.ELEMENT, (long) row * width * Float.BYTES, width);
  }

  /** Returns the table itself, which further training changes. */
  public Tensor inPlace() {
    if (table == null) {
      throw new IllegalStateException("the model has no puzzle embedding");
    }
    return table;
  }

  /** Returns a copy of the whole table. */
  public Tensor copy() {
    Tensor all = inPlace();
    return Tensor.of(all.shape(), all.toArray());
  }
}
