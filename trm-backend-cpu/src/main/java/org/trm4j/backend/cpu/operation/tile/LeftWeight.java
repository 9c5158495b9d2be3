package org.trm4j.backend.cpu.operation.tile;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.trm4j.backend.cpu.kernel.amx.Bf16;
import org.trm4j.backend.cpu.kernel.amx.Tiling;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.model.ParameterSpec;

/** A weight, or its transpose, in rows of bfloat16. */
final class LeftWeight implements Weights.Own {
  final MemorySegment data;
  final long stride;

  /** Steps of the reduction. */
  final int depth;

  private final Key key;

  /** Row {@code i}, place {@code k} is the value at {@code offset + i * row + k * place}. */
  private record Key(int offset, int rows, int length, int row, int place) {}

  private LeftWeight(Key key) {
    this.key = key;
    stride = Tiling.leftStride(key.length());
    depth = Tiling.depth(key.length());
    data = Arena.ofAuto().allocate(Tiling.left(key.rows(), key.length()), 64);
  }

  /** Returns W [out, in] as it is: the left factor of {@code W x}. */
  static LeftWeight of(StepContext context, ParameterSpec spec) {
    int in = spec.shape().dim(1);
    return of(context, new Key(context.weights().offset(spec), spec.shape().dim(0), in, in, 1));
  }

  /** Returns the left factor of {@code W^T x}. */
  static LeftWeight transposed(StepContext context, ParameterSpec spec) {
    int in = spec.shape().dim(1);
    return of(context, new Key(context.weights().offset(spec), in, spec.shape().dim(0), 1, in));
  }

  private static LeftWeight of(StepContext context, Key key) {
    return context.weights().own(key, LeftWeight.class, () -> new LeftWeight(key));
  }

  @Override
  public void pack(float[] values) {
    for (int row = 0; row < key.rows(); row++) {
      int from = key.offset() + row * key.row();
      for (int k = 0; k < key.length(); k++) {
        short value = Bf16.of(values[from + k * key.place()]);
        data.set(ValueLayout.JAVA_SHORT, row * stride + 2L * k, value);
      }
    }
  }
}
