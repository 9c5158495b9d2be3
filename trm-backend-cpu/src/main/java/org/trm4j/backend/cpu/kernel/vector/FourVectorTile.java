package org.trm4j.backend.cpu.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.trm4j.backend.cpu.kernel.Left;

/**
 * Register tiles of six and five rows by four vectors, for machines with 32 vector registers.
 *
 * <p>Rows past {@code rows} are computed as copies of the last row, which is harmless because a
 * tile loads before it stores. Accumulators are separate variables because the JIT compiler keeps
 * only those in registers.
 */
final class FourVectorTile {
  private static final VectorSpecies<Float> F = Lanes.FLOATS;
  private static final int V = Lanes.COUNT;
  static final int PANEL = 4 * Lanes.COUNT;

  private FourVectorTile() {}

  static void multiply(
      Left left,
      int from,
      int k,
      MemorySegment b,
      int b0,
      float[] c,
      int c0,
      int ldc,
      boolean add) {
    float[] a = left.data();
    float[] right = Right.array(b);
    int lda = left.stride();
    int rows = left.rows();
    int tiles = RowTiles.count(rows, 6);
    int large = RowTiles.large(rows, 6);
    int row = 0;
    for (int i = 0; i < tiles; i++) {
      int a1 = left.offset() + from + row * lda;
      int c1 = c0 + row * ldc;
      if (i < large) {
        six(a, a1, lda, Math.min(6, rows - row), k, right, b0, c, c1, ldc, add);
        row += 6;
      } else {
        five(a, a1, lda, Math.min(5, rows - row), k, right, b0, c, c1, ldc, add);
        row += 5;
      }
    }
  }

  private static void six(
      float[] a,
      int a0,
      int lda,
      int rows,
      int k,
      float[] b,
      int b0,
      float[] c,
      int c0,
      int ldc,
      boolean add) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    int r5 = Math.min(5, rows - 1);
    int a1 = a0 + r1 * lda;
    int a2 = a0 + r2 * lda;
    int a3 = a0 + r3 * lda;
    int a4 = a0 + r4 * lda;
    int a5 = a0 + r5 * lda;
    FloatVector z = FloatVector.zero(F);
    FloatVector x00 = z;
    FloatVector x01 = z;
    FloatVector x02 = z;
    FloatVector x03 = z;
    FloatVector x10 = z;
    FloatVector x11 = z;
    FloatVector x12 = z;
    FloatVector x13 = z;
    FloatVector x20 = z;
    FloatVector x21 = z;
    FloatVector x22 = z;
    FloatVector x23 = z;
    FloatVector x30 = z;
    FloatVector x31 = z;
    FloatVector x32 = z;
    FloatVector x33 = z;
    FloatVector x40 = z;
    FloatVector x41 = z;
    FloatVector x42 = z;
    FloatVector x43 = z;
    FloatVector x50 = z;
    FloatVector x51 = z;
    FloatVector x52 = z;
    FloatVector x53 = z;
    for (int p = 0; p < k; p++) {
      int q = b0 + p * PANEL;
      FloatVector v0 = FloatVector.fromArray(F, b, q);
      FloatVector v1 = FloatVector.fromArray(F, b, q + V);
      FloatVector v2 = FloatVector.fromArray(F, b, q + 2 * V);
      FloatVector v3 = FloatVector.fromArray(F, b, q + 3 * V);
      FloatVector t = FloatVector.broadcast(F, a[a0 + p]);
      x00 = t.fma(v0, x00);
      x01 = t.fma(v1, x01);
      x02 = t.fma(v2, x02);
      x03 = t.fma(v3, x03);
      t = FloatVector.broadcast(F, a[a1 + p]);
      x10 = t.fma(v0, x10);
      x11 = t.fma(v1, x11);
      x12 = t.fma(v2, x12);
      x13 = t.fma(v3, x13);
      t = FloatVector.broadcast(F, a[a2 + p]);
      x20 = t.fma(v0, x20);
      x21 = t.fma(v1, x21);
      x22 = t.fma(v2, x22);
      x23 = t.fma(v3, x23);
      t = FloatVector.broadcast(F, a[a3 + p]);
      x30 = t.fma(v0, x30);
      x31 = t.fma(v1, x31);
      x32 = t.fma(v2, x32);
      x33 = t.fma(v3, x33);
      t = FloatVector.broadcast(F, a[a4 + p]);
      x40 = t.fma(v0, x40);
      x41 = t.fma(v1, x41);
      x42 = t.fma(v2, x42);
      x43 = t.fma(v3, x43);
      t = FloatVector.broadcast(F, a[a5 + p]);
      x50 = t.fma(v0, x50);
      x51 = t.fma(v1, x51);
      x52 = t.fma(v2, x52);
      x53 = t.fma(v3, x53);
    }
    int c1 = c0 + r1 * ldc;
    int c2 = c0 + r2 * ldc;
    int c3 = c0 + r3 * ldc;
    int c4 = c0 + r4 * ldc;
    int c5 = c0 + r5 * ldc;
    if (add) {
      x00 = x00.add(FloatVector.fromArray(F, c, c0));
      x01 = x01.add(FloatVector.fromArray(F, c, c0 + V));
      x02 = x02.add(FloatVector.fromArray(F, c, c0 + 2 * V));
      x03 = x03.add(FloatVector.fromArray(F, c, c0 + 3 * V));
      x10 = x10.add(FloatVector.fromArray(F, c, c1));
      x11 = x11.add(FloatVector.fromArray(F, c, c1 + V));
      x12 = x12.add(FloatVector.fromArray(F, c, c1 + 2 * V));
      x13 = x13.add(FloatVector.fromArray(F, c, c1 + 3 * V));
      x20 = x20.add(FloatVector.fromArray(F, c, c2));
      x21 = x21.add(FloatVector.fromArray(F, c, c2 + V));
      x22 = x22.add(FloatVector.fromArray(F, c, c2 + 2 * V));
      x23 = x23.add(FloatVector.fromArray(F, c, c2 + 3 * V));
      x30 = x30.add(FloatVector.fromArray(F, c, c3));
      x31 = x31.add(FloatVector.fromArray(F, c, c3 + V));
      x32 = x32.add(FloatVector.fromArray(F, c, c3 + 2 * V));
      x33 = x33.add(FloatVector.fromArray(F, c, c3 + 3 * V));
      x40 = x40.add(FloatVector.fromArray(F, c, c4));
      x41 = x41.add(FloatVector.fromArray(F, c, c4 + V));
      x42 = x42.add(FloatVector.fromArray(F, c, c4 + 2 * V));
      x43 = x43.add(FloatVector.fromArray(F, c, c4 + 3 * V));
      x50 = x50.add(FloatVector.fromArray(F, c, c5));
      x51 = x51.add(FloatVector.fromArray(F, c, c5 + V));
      x52 = x52.add(FloatVector.fromArray(F, c, c5 + 2 * V));
      x53 = x53.add(FloatVector.fromArray(F, c, c5 + 3 * V));
    }
    x00.intoArray(c, c0);
    x01.intoArray(c, c0 + V);
    x02.intoArray(c, c0 + 2 * V);
    x03.intoArray(c, c0 + 3 * V);
    x10.intoArray(c, c1);
    x11.intoArray(c, c1 + V);
    x12.intoArray(c, c1 + 2 * V);
    x13.intoArray(c, c1 + 3 * V);
    x20.intoArray(c, c2);
    x21.intoArray(c, c2 + V);
    x22.intoArray(c, c2 + 2 * V);
    x23.intoArray(c, c2 + 3 * V);
    x30.intoArray(c, c3);
    x31.intoArray(c, c3 + V);
    x32.intoArray(c, c3 + 2 * V);
    x33.intoArray(c, c3 + 3 * V);
    x40.intoArray(c, c4);
    x41.intoArray(c, c4 + V);
    x42.intoArray(c, c4 + 2 * V);
    x43.intoArray(c, c4 + 3 * V);
    x50.intoArray(c, c5);
    x51.intoArray(c, c5 + V);
    x52.intoArray(c, c5 + 2 * V);
    x53.intoArray(c, c5 + 3 * V);
  }

  private static void five(
      float[] a,
      int a0,
      int lda,
      int rows,
      int k,
      float[] b,
      int b0,
      float[] c,
      int c0,
      int ldc,
      boolean add) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    int a1 = a0 + r1 * lda;
    int a2 = a0 + r2 * lda;
    int a3 = a0 + r3 * lda;
    int a4 = a0 + r4 * lda;
    FloatVector z = FloatVector.zero(F);
    FloatVector x00 = z;
    FloatVector x01 = z;
    FloatVector x02 = z;
    FloatVector x03 = z;
    FloatVector x10 = z;
    FloatVector x11 = z;
    FloatVector x12 = z;
    FloatVector x13 = z;
    FloatVector x20 = z;
    FloatVector x21 = z;
    FloatVector x22 = z;
    FloatVector x23 = z;
    FloatVector x30 = z;
    FloatVector x31 = z;
    FloatVector x32 = z;
    FloatVector x33 = z;
    FloatVector x40 = z;
    FloatVector x41 = z;
    FloatVector x42 = z;
    FloatVector x43 = z;
    for (int p = 0; p < k; p++) {
      int q = b0 + p * PANEL;
      FloatVector v0 = FloatVector.fromArray(F, b, q);
      FloatVector v1 = FloatVector.fromArray(F, b, q + V);
      FloatVector v2 = FloatVector.fromArray(F, b, q + 2 * V);
      FloatVector v3 = FloatVector.fromArray(F, b, q + 3 * V);
      FloatVector t = FloatVector.broadcast(F, a[a0 + p]);
      x00 = t.fma(v0, x00);
      x01 = t.fma(v1, x01);
      x02 = t.fma(v2, x02);
      x03 = t.fma(v3, x03);
      t = FloatVector.broadcast(F, a[a1 + p]);
      x10 = t.fma(v0, x10);
      x11 = t.fma(v1, x11);
      x12 = t.fma(v2, x12);
      x13 = t.fma(v3, x13);
      t = FloatVector.broadcast(F, a[a2 + p]);
      x20 = t.fma(v0, x20);
      x21 = t.fma(v1, x21);
      x22 = t.fma(v2, x22);
      x23 = t.fma(v3, x23);
      t = FloatVector.broadcast(F, a[a3 + p]);
      x30 = t.fma(v0, x30);
      x31 = t.fma(v1, x31);
      x32 = t.fma(v2, x32);
      x33 = t.fma(v3, x33);
      t = FloatVector.broadcast(F, a[a4 + p]);
      x40 = t.fma(v0, x40);
      x41 = t.fma(v1, x41);
      x42 = t.fma(v2, x42);
      x43 = t.fma(v3, x43);
    }
    int c1 = c0 + r1 * ldc;
    int c2 = c0 + r2 * ldc;
    int c3 = c0 + r3 * ldc;
    int c4 = c0 + r4 * ldc;
    if (add) {
      x00 = x00.add(FloatVector.fromArray(F, c, c0));
      x01 = x01.add(FloatVector.fromArray(F, c, c0 + V));
      x02 = x02.add(FloatVector.fromArray(F, c, c0 + 2 * V));
      x03 = x03.add(FloatVector.fromArray(F, c, c0 + 3 * V));
      x10 = x10.add(FloatVector.fromArray(F, c, c1));
      x11 = x11.add(FloatVector.fromArray(F, c, c1 + V));
      x12 = x12.add(FloatVector.fromArray(F, c, c1 + 2 * V));
      x13 = x13.add(FloatVector.fromArray(F, c, c1 + 3 * V));
      x20 = x20.add(FloatVector.fromArray(F, c, c2));
      x21 = x21.add(FloatVector.fromArray(F, c, c2 + V));
      x22 = x22.add(FloatVector.fromArray(F, c, c2 + 2 * V));
      x23 = x23.add(FloatVector.fromArray(F, c, c2 + 3 * V));
      x30 = x30.add(FloatVector.fromArray(F, c, c3));
      x31 = x31.add(FloatVector.fromArray(F, c, c3 + V));
      x32 = x32.add(FloatVector.fromArray(F, c, c3 + 2 * V));
      x33 = x33.add(FloatVector.fromArray(F, c, c3 + 3 * V));
      x40 = x40.add(FloatVector.fromArray(F, c, c4));
      x41 = x41.add(FloatVector.fromArray(F, c, c4 + V));
      x42 = x42.add(FloatVector.fromArray(F, c, c4 + 2 * V));
      x43 = x43.add(FloatVector.fromArray(F, c, c4 + 3 * V));
    }
    x00.intoArray(c, c0);
    x01.intoArray(c, c0 + V);
    x02.intoArray(c, c0 + 2 * V);
    x03.intoArray(c, c0 + 3 * V);
    x10.intoArray(c, c1);
    x11.intoArray(c, c1 + V);
    x12.intoArray(c, c1 + 2 * V);
    x13.intoArray(c, c1 + 3 * V);
    x20.intoArray(c, c2);
    x21.intoArray(c, c2 + V);
    x22.intoArray(c, c2 + 2 * V);
    x23.intoArray(c, c2 + 3 * V);
    x30.intoArray(c, c3);
    x31.intoArray(c, c3 + V);
    x32.intoArray(c, c3 + 2 * V);
    x33.intoArray(c, c3 + 3 * V);
    x40.intoArray(c, c4);
    x41.intoArray(c, c4 + V);
    x42.intoArray(c, c4 + 2 * V);
    x43.intoArray(c, c4 + 3 * V);
  }
}
