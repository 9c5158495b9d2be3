package org.trm4j.backend.tornado.kernel.attention;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Rotates q and k of each head and position in place, backwards for {@code direction} -1; one item
 * per pair of channels. Launch: (heads x head size) x length x sequences.
 */
public final class RotaryKernel {
  private static final int QKV = 0;
  private static final int ANGLES = 2;
  private static final int WIDTH = 4;
  private static final int PAIRS = 6;

  private RotaryKernel() {}

  /**
   * Operands from {@code at}: [q; k; v] rows, the table of cosines and sines; heads x head size,
   * pairs of a head.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray table,
      FloatArray arena,
      int at,
      float direction) {
    int i = context.globalIdx;
    int position = context.globalIdy;
    int p = context.globalIdz;
    int width = operands.get(at + WIDTH);
    if (i < width && Address.works(operands, active, p)) {
      int pairs = operands.get(at + PAIRS);
      int head = i / pairs;
      int pair = i - head * pairs;
      int angle = operands.get(at + ANGLES) + (position * pairs + pair) * 2;
      float cosine = table.get(angle);
      float sine = table.get(angle + 1) * direction;
      // The heads of q and then of k follow each other: width pairs in all.
      int first =
          Address.of(operands, at + QKV, p) + position * 3 * width + head * 2 * pairs + pair;
      float a = arena.get(first);
      float b = arena.get(first + pairs);
      arena.set(first, a * cosine - b * sine);
      arena.set(first + pairs, b * cosine + a * sine);
    }
  }
}
