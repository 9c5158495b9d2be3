package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Reads a library's result: {@code Z = C} or {@code Z = R + C} for each sequence. An item has eight
 * elements, a group the next 512. Launch: n / 8 x 1 x sequences, in groups of 64 x 1 x 1.
 */
public final class UnstageKernel {
  /** Elements of an item. */
  public static final int EACH = 8;

  private static final int GROUP = 64;
  private static final int Z = 0;
  private static final int R = 2;
  private static final int ADDS = 4;
  private static final int SIZE = 6;

  private UnstageKernel() {}

  /** Operands from {@code at}: Z, R; 1 where R is added, n. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray result,
      FloatArray arena,
      int at) {
    int lane = context.localIdx;
    int i = (context.globalIdx - lane) * EACH + lane;
    int p = context.globalIdz;
    int n = operands.get(at + SIZE);
    if (i < n && Address.works(operands, active, p)) {
      int last = n - 1 - i;
      int i1 = last < GROUP ? 0 : GROUP;
      int i2 = last < 2 * GROUP ? 0 : 2 * GROUP;
      int i3 = last < 3 * GROUP ? 0 : 3 * GROUP;
      int i4 = last < 4 * GROUP ? 0 : 4 * GROUP;
      int i5 = last < 5 * GROUP ? 0 : 5 * GROUP;
      int i6 = last < 6 * GROUP ? 0 : 6 * GROUP;
      int i7 = last < 7 * GROUP ? 0 : 7 * GROUP;
      int from = p * n + i;
      float v0 = result.get(from);
      float v1 = result.get(from + i1);
      float v2 = result.get(from + i2);
      float v3 = result.get(from + i3);
      float v4 = result.get(from + i4);
      float v5 = result.get(from + i5);
      float v6 = result.get(from + i6);
      float v7 = result.get(from + i7);
      if (operands.get(at + ADDS) != 0) {
        int r = Address.of(operands, at + R, p) + i;
        v0 += arena.get(r);
        v1 += arena.get(r + i1);
        v2 += arena.get(r + i2);
        v3 += arena.get(r + i3);
        v4 += arena.get(r + i4);
        v5 += arena.get(r + i5);
        v6 += arena.get(r + i6);
        v7 += arena.get(r + i7);
      }
      int to = Address.of(operands, at + Z, p) + i;
      arena.set(to, v0);
      if (last >= GROUP) {
        arena.set(to + GROUP, v1);
      }
      if (last >= 2 * GROUP) {
        arena.set(to + 2 * GROUP, v2);
      }
      if (last >= 3 * GROUP) {
        arena.set(to + 3 * GROUP, v3);
      }
      if (last >= 4 * GROUP) {
        arena.set(to + 4 * GROUP, v4);
      }
      if (last >= 5 * GROUP) {
        arena.set(to + 5 * GROUP, v5);
      }
      if (last >= 6 * GROUP) {
        arena.set(to + 6 * GROUP, v6);
      }
      if (last >= 7 * GROUP) {
        arena.set(to + 7 * GROUP, v7);
      }
    }
  }
}
