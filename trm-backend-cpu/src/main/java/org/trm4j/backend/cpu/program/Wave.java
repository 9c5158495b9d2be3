package org.trm4j.backend.cpu.program;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.trm4j.backend.cpu.kernel.Kernels;

/**
 * Sequences that go through the backward pass together, with the factors of their weight gradients:
 * for each of up to two products the transposed left factor {@code [rows][stride]}, and the right
 * factor in panels, {@code [panels][stride][NR]}, where the reduction index runs over all
 * sequences.
 */
public final class Wave {
  /** The number of floats of the four factors, and of bytes of off-heap factors. */
  public record Need(int left0, int right0, int left1, int right1, long bytes) {
    /** Factors on the heap alone. */
    public Need(int left0, int right0, int left1, int right1) {
      this(left0, right0, left1, right1, 0);
    }

    Need max(Need other) {
      return new Need(
          Math.max(left0, other.left0),
          Math.max(right0, other.right0),
          Math.max(left1, other.left1),
          Math.max(right1, other.right1),
          Math.max(bytes, other.bytes));
    }
  }

  static final Need NOTHING = new Need(0, 0, 0, 0);

  public final float[] left0;
  public final MemorySegment right0;
  public final float[] left1;

  public final MemorySegment right1;

  /** Factors in a layout of the steps' choice, from the start of a cache line. */
  public final MemorySegment bytes;

  public final Gradients gradients;
  public final int capacity;

  /** Sequences in the current wave. */
  public int count;

  /** Slot of the wave's first sequence. */
  public int firstSlot;

  public Wave(Need need, Gradients gradients, int capacity, Kernels kernels) {
    this.left0 = new float[need.left0()];
    this.right0 = kernels.allocate(need.right0());
    this.left1 = new float[need.left1()];
    this.bytes = Arena.ofAuto().allocate(need.bytes(), 64);
    this.right1 = kernels.allocate(need.right1());
    this.gradients = gradients;
    this.capacity = capacity;
  }
}
