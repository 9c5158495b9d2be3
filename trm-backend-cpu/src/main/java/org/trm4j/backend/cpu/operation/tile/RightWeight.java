package org.trm4j.backend.cpu.operation.tile;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.trm4j.backend.cpu.kernel.amx.Bf16;
import org.trm4j.backend.cpu.kernel.amx.Tiling;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.model.ParameterSpec;

/** A weight, or rows of it, in panels of pairs of bfloat16. */
final class RightWeight implements Weights.Own {
  final MemorySegment data;

  /** Steps of the reduction. */
  final int depth;

  final int panels;
  private final Key key;

  /**
   * Place {@code k} of column {@code j} is the value at {@code offset + k * place + j * column}.
   *
   * @param up 0, or the offset of a second set of columns: panels then hold 16 columns and the 16
   *     at that offset
   */
  private record Key(int offset, int length, int columns, int place, int column, int up) {}

  private RightWeight(Key key) {
    this.key = key;
    depth = Tiling.depth(key.length());
    panels = Tiling.panels(key.columns());
    data = Arena.ofAuto().allocate(Tiling.right(key.length(), key.columns()), 64);
  }

  /** Returns rows {@code from..from+rows} of W [out, in] as the right factor of {@code x W^T}. */
  static RightWeight byOutput(StepContext context, ParameterSpec spec, int from, int rows) {
    int in = spec.shape().dim(1);
    return of(context, new Key(context.weights().offset(spec) + from * in, in, rows, 1, in, 0));
  }

  static RightWeight byOutput(StepContext context, ParameterSpec spec) {
    return byOutput(context, spec, 0, spec.shape().dim(0));
  }

  /** Returns W [2 inner, in] as {@link #byOutput}, 16 columns of gate and 16 of up by turns. */
  static RightWeight gateUp(StepContext context, ParameterSpec spec) {
    int in = spec.shape().dim(1);
    int out = spec.shape().dim(0);
    return of(context, new Key(context.weights().offset(spec), in, out, 1, in, out / 2));
  }

  /** Returns W [out, in] as the right factor of {@code dy W}. */
  static RightWeight byInput(StepContext context, ParameterSpec spec) {
    int out = spec.shape().dim(0);
    int in = spec.shape().dim(1);
    return of(context, new Key(context.weights().offset(spec), out, in, in, 1, 0));
  }

  private static RightWeight of(StepContext context, Key key) {
    return context.weights().own(key, RightWeight.class, () -> new RightWeight(key));
  }

  /** Returns the offset of a panel. */
  long panel(int index) {
    return (long) index * depth * Tiling.STEP;
  }

  @Override
  public void pack(float[] values) {
    for (int column = 0; column < key.columns(); column++) {
      int from = key.offset() + source(column) * key.column();
      for (int k = 0; k < key.length(); k++) {
        long at = Tiling.pair(depth, k / 2, column) + k % 2 * Bf16.BYTES;
        data.set(ValueLayout.JAVA_SHORT, at, Bf16.of(values[from + k * key.place()]));
      }
    }
  }

  private int source(int column) {
    if (key.up() == 0) {
      return column;
    }
    int half = column % Tiling.PANEL / Tiling.HEIGHT;
    return half * key.up() + column / Tiling.PANEL * Tiling.HEIGHT + column % Tiling.HEIGHT;
  }
}
