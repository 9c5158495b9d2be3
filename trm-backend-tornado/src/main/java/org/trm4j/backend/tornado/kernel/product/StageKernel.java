package org.trm4j.backend.tornado.kernel.product;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Copies a matrix of each sequence, row-major and one after the other, to the array that a library
 * reads, with zeros in the rows and columns that are added to it. Idle sequences get zeros, so that
 * they add nothing to a sum. An item copies eight rows of a column: that many reads at once keep
 * the memory of a GPU busy. Launch: staged columns x staged rows / 8 x sequences, or x 1 if all
 * share the matrix.
 */
public final class StageKernel {
  /** Rows of an item. */
  public static final int ROWS_EACH = 8;

  private static final int MATRIX = 0;
  private static final int ROWS = 2;
  private static final int COLUMNS = 4;
  private static final int ROW_STEP = 6;
  private static final int COLUMN_STEP = 8;
  private static final int PER_SEQUENCE = 10;
  private static final int STAGED_ROWS = 12;
  private static final int STAGED_COLUMNS = 14;
  private static final int ROUNDED = 16;

  private StageKernel() {}

  /**
   * Operands from {@code at}: the matrix; rows, columns, floats from a row to the next and from a
   * column to the next, 1 where each sequence has its own, staged rows and columns, 1 where values
   * are rounded to bfloat16.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray source,
      FloatArray staged,
      int at) {
    int column = context.globalIdx;
    int row = context.globalIdy * ROWS_EACH;
    int p = context.globalIdz;
    int wide = operands.get(at + STAGED_COLUMNS);
    if (column < wide) {
      float v0 = 0f;
      float v1 = 0f;
      float v2 = 0f;
      float v3 = 0f;
      float v4 = 0f;
      float v5 = 0f;
      float v6 = 0f;
      float v7 = 0f;
      if (column < operands.get(at + COLUMNS)) {
        if (operands.get(at + PER_SEQUENCE) == 0 || Address.works(operands, active, p)) {
          int step = operands.get(at + ROW_STEP);
          int last = operands.get(at + ROWS) - 1 - row;
          int from =
              Address.of(operands, at + MATRIX, p)
                  + row * step
                  + column * operands.get(at + COLUMN_STEP);
          v0 = source.get(from);
          float u1 = source.get(from + (last < 1 ? last : 1) * step);
          float u2 = source.get(from + (last < 2 ? last : 2) * step);
          float u3 = source.get(from + (last < 3 ? last : 3) * step);
          float u4 = source.get(from + (last < 4 ? last : 4) * step);
          float u5 = source.get(from + (last < 5 ? last : 5) * step);
          float u6 = source.get(from + (last < 6 ? last : 6) * step);
          float u7 = source.get(from + (last < 7 ? last : 7) * step);
          v1 = last < 1 ? 0f : u1;
          v2 = last < 2 ? 0f : u2;
          v3 = last < 3 ? 0f : u3;
          v4 = last < 4 ? 0f : u4;
          v5 = last < 5 ? 0f : u5;
          v6 = last < 6 ? 0f : u6;
          v7 = last < 7 ? 0f : u7;
          if (operands.get(at + ROUNDED) != 0) {
            v0 = Bfloat16.round(v0);
            v1 = Bfloat16.round(v1);
            v2 = Bfloat16.round(v2);
            v3 = Bfloat16.round(v3);
            v4 = Bfloat16.round(v4);
            v5 = Bfloat16.round(v5);
            v6 = Bfloat16.round(v6);
            v7 = Bfloat16.round(v7);
          }
        }
      }
      int tall = operands.get(at + STAGED_ROWS);
      int left = tall - row;
      int to = (p * tall + row) * wide + column;
      staged.set(to, v0);
      if (left > 1) {
        staged.set(to + wide, v1);
      }
      if (left > 2) {
        staged.set(to + 2 * wide, v2);
      }
      if (left > 3) {
        staged.set(to + 3 * wide, v3);
      }
      if (left > 4) {
        staged.set(to + 4 * wide, v4);
      }
      if (left > 5) {
        staged.set(to + 5 * wide, v5);
      }
      if (left > 6) {
        staged.set(to + 6 * wide, v6);
      }
      if (left > 7) {
        staged.set(to + 7 * wide, v7);
      }
    }
  }
}
