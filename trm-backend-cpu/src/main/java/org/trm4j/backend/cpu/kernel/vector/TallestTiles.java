package org.trm4j.backend.cpu.kernel.vector;

import static org.trm4j.backend.cpu.kernel.vector.TallTile.PANEL;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Register tiles of {@link TallTile}, of fourteen and thirteen rows. */
final class TallestTiles {
  private static final VectorSpecies<Float> F = Lanes.FLOATS;
  private static final int V = Lanes.COUNT;
  private static final long BYTES = Float.BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private TallestTiles() {}

  static void fourteen(
      float[] a,
      int a0,
      int rows,
      int k,
      MemorySegment b,
      int b0,
      float[] c,
      int c0,
      int ldc,
      boolean add) {
    FloatVector z = FloatVector.zero(F);
    FloatVector x0a = z;
    FloatVector x0b = z;
    FloatVector x1a = z;
    FloatVector x1b = z;
    FloatVector x2a = z;
    FloatVector x2b = z;
    FloatVector x3a = z;
    FloatVector x3b = z;
    FloatVector x4a = z;
    FloatVector x4b = z;
    FloatVector x5a = z;
    FloatVector x5b = z;
    FloatVector x6a = z;
    FloatVector x6b = z;
    FloatVector x7a = z;
    FloatVector x7b = z;
    FloatVector x8a = z;
    FloatVector x8b = z;
    FloatVector x9a = z;
    FloatVector x9b = z;
    FloatVector x10a = z;
    FloatVector x10b = z;
    FloatVector x11a = z;
    FloatVector x11b = z;
    FloatVector x12a = z;
    FloatVector x12b = z;
    FloatVector x13a = z;
    FloatVector x13b = z;
    for (int p = 0; p < k; p++) {
      long q = BYTES * b0 + BYTES * PANEL * p;
      FloatVector v = FloatVector.fromMemorySegment(F, b, q, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(F, b, q + BYTES * V, ORDER);
      int at = a0 + 14 * p;
      FloatVector t0 = FloatVector.broadcast(F, a[at]);
      x0a = t0.fma(v, x0a);
      x0b = t0.fma(w, x0b);
      FloatVector t1 = FloatVector.broadcast(F, a[at + 1]);
      x1a = t1.fma(v, x1a);
      x1b = t1.fma(w, x1b);
      FloatVector t2 = FloatVector.broadcast(F, a[at + 2]);
      x2a = t2.fma(v, x2a);
      x2b = t2.fma(w, x2b);
      FloatVector t3 = FloatVector.broadcast(F, a[at + 3]);
      x3a = t3.fma(v, x3a);
      x3b = t3.fma(w, x3b);
      FloatVector t4 = FloatVector.broadcast(F, a[at + 4]);
      x4a = t4.fma(v, x4a);
      x4b = t4.fma(w, x4b);
      FloatVector t5 = FloatVector.broadcast(F, a[at + 5]);
      x5a = t5.fma(v, x5a);
      x5b = t5.fma(w, x5b);
      FloatVector t6 = FloatVector.broadcast(F, a[at + 6]);
      x6a = t6.fma(v, x6a);
      x6b = t6.fma(w, x6b);
      FloatVector t7 = FloatVector.broadcast(F, a[at + 7]);
      x7a = t7.fma(v, x7a);
      x7b = t7.fma(w, x7b);
      FloatVector t8 = FloatVector.broadcast(F, a[at + 8]);
      x8a = t8.fma(v, x8a);
      x8b = t8.fma(w, x8b);
      FloatVector t9 = FloatVector.broadcast(F, a[at + 9]);
      x9a = t9.fma(v, x9a);
      x9b = t9.fma(w, x9b);
      FloatVector t10 = FloatVector.broadcast(F, a[at + 10]);
      x10a = t10.fma(v, x10a);
      x10b = t10.fma(w, x10b);
      FloatVector t11 = FloatVector.broadcast(F, a[at + 11]);
      x11a = t11.fma(v, x11a);
      x11b = t11.fma(w, x11b);
      FloatVector t12 = FloatVector.broadcast(F, a[at + 12]);
      x12a = t12.fma(v, x12a);
      x12b = t12.fma(w, x12b);
      FloatVector t13 = FloatVector.broadcast(F, a[at + 13]);
      x13a = t13.fma(v, x13a);
      x13b = t13.fma(w, x13b);
    }
    int last = rows - 1;
    int c1 = c0 + Math.min(1, last) * ldc;
    int c2 = c0 + Math.min(2, last) * ldc;
    int c3 = c0 + Math.min(3, last) * ldc;
    int c4 = c0 + Math.min(4, last) * ldc;
    int c5 = c0 + Math.min(5, last) * ldc;
    int c6 = c0 + Math.min(6, last) * ldc;
    int c7 = c0 + Math.min(7, last) * ldc;
    int c8 = c0 + Math.min(8, last) * ldc;
    int c9 = c0 + Math.min(9, last) * ldc;
    int c10 = c0 + Math.min(10, last) * ldc;
    int c11 = c0 + Math.min(11, last) * ldc;
    int c12 = c0 + Math.min(12, last) * ldc;
    int c13 = c0 + Math.min(13, last) * ldc;
    if (add) {
      x0a = x0a.add(FloatVector.fromArray(F, c, c0));
      x0b = x0b.add(FloatVector.fromArray(F, c, c0 + V));
      x1a = x1a.add(FloatVector.fromArray(F, c, c1));
      x1b = x1b.add(FloatVector.fromArray(F, c, c1 + V));
      x2a = x2a.add(FloatVector.fromArray(F, c, c2));
      x2b = x2b.add(FloatVector.fromArray(F, c, c2 + V));
      x3a = x3a.add(FloatVector.fromArray(F, c, c3));
      x3b = x3b.add(FloatVector.fromArray(F, c, c3 + V));
      x4a = x4a.add(FloatVector.fromArray(F, c, c4));
      x4b = x4b.add(FloatVector.fromArray(F, c, c4 + V));
      x5a = x5a.add(FloatVector.fromArray(F, c, c5));
      x5b = x5b.add(FloatVector.fromArray(F, c, c5 + V));
      x6a = x6a.add(FloatVector.fromArray(F, c, c6));
      x6b = x6b.add(FloatVector.fromArray(F, c, c6 + V));
      x7a = x7a.add(FloatVector.fromArray(F, c, c7));
      x7b = x7b.add(FloatVector.fromArray(F, c, c7 + V));
      x8a = x8a.add(FloatVector.fromArray(F, c, c8));
      x8b = x8b.add(FloatVector.fromArray(F, c, c8 + V));
      x9a = x9a.add(FloatVector.fromArray(F, c, c9));
      x9b = x9b.add(FloatVector.fromArray(F, c, c9 + V));
      x10a = x10a.add(FloatVector.fromArray(F, c, c10));
      x10b = x10b.add(FloatVector.fromArray(F, c, c10 + V));
      x11a = x11a.add(FloatVector.fromArray(F, c, c11));
      x11b = x11b.add(FloatVector.fromArray(F, c, c11 + V));
      x12a = x12a.add(FloatVector.fromArray(F, c, c12));
      x12b = x12b.add(FloatVector.fromArray(F, c, c12 + V));
      x13a = x13a.add(FloatVector.fromArray(F, c, c13));
      x13b = x13b.add(FloatVector.fromArray(F, c, c13 + V));
    }
    x0a.intoArray(c, c0);
    x0b.intoArray(c, c0 + V);
    x1a.intoArray(c, c1);
    x1b.intoArray(c, c1 + V);
    x2a.intoArray(c, c2);
    x2b.intoArray(c, c2 + V);
    x3a.intoArray(c, c3);
    x3b.intoArray(c, c3 + V);
    x4a.intoArray(c, c4);
    x4b.intoArray(c, c4 + V);
    x5a.intoArray(c, c5);
    x5b.intoArray(c, c5 + V);
    x6a.intoArray(c, c6);
    x6b.intoArray(c, c6 + V);
    x7a.intoArray(c, c7);
    x7b.intoArray(c, c7 + V);
    x8a.intoArray(c, c8);
    x8b.intoArray(c, c8 + V);
    x9a.intoArray(c, c9);
    x9b.intoArray(c, c9 + V);
    x10a.intoArray(c, c10);
    x10b.intoArray(c, c10 + V);
    x11a.intoArray(c, c11);
    x11b.intoArray(c, c11 + V);
    x12a.intoArray(c, c12);
    x12b.intoArray(c, c12 + V);
    x13a.intoArray(c, c13);
    x13b.intoArray(c, c13 + V);
  }

  static void thirteen(
      float[] a,
      int a0,
      int rows,
      int k,
      MemorySegment b,
      int b0,
      float[] c,
      int c0,
      int ldc,
      boolean add) {
    FloatVector z = FloatVector.zero(F);
    FloatVector x0a = z;
    FloatVector x0b = z;
    FloatVector x1a = z;
    FloatVector x1b = z;
    FloatVector x2a = z;
    FloatVector x2b = z;
    FloatVector x3a = z;
    FloatVector x3b = z;
    FloatVector x4a = z;
    FloatVector x4b = z;
    FloatVector x5a = z;
    FloatVector x5b = z;
    FloatVector x6a = z;
    FloatVector x6b = z;
    FloatVector x7a = z;
    FloatVector x7b = z;
    FloatVector x8a = z;
    FloatVector x8b = z;
    FloatVector x9a = z;
    FloatVector x9b = z;
    FloatVector x10a = z;
    FloatVector x10b = z;
    FloatVector x11a = z;
    FloatVector x11b = z;
    FloatVector x12a = z;
    FloatVector x12b = z;
    for (int p = 0; p < k; p++) {
      long q = BYTES * b0 + BYTES * PANEL * p;
      FloatVector v = FloatVector.fromMemorySegment(F, b, q, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(F, b, q + BYTES * V, ORDER);
      int at = a0 + 13 * p;
      FloatVector t0 = FloatVector.broadcast(F, a[at]);
      x0a = t0.fma(v, x0a);
      x0b = t0.fma(w, x0b);
      FloatVector t1 = FloatVector.broadcast(F, a[at + 1]);
      x1a = t1.fma(v, x1a);
      x1b = t1.fma(w, x1b);
      FloatVector t2 = FloatVector.broadcast(F, a[at + 2]);
      x2a = t2.fma(v, x2a);
      x2b = t2.fma(w, x2b);
      FloatVector t3 = FloatVector.broadcast(F, a[at + 3]);
      x3a = t3.fma(v, x3a);
      x3b = t3.fma(w, x3b);
      FloatVector t4 = FloatVector.broadcast(F, a[at + 4]);
      x4a = t4.fma(v, x4a);
      x4b = t4.fma(w, x4b);
      FloatVector t5 = FloatVector.broadcast(F, a[at + 5]);
      x5a = t5.fma(v, x5a);
      x5b = t5.fma(w, x5b);
      FloatVector t6 = FloatVector.broadcast(F, a[at + 6]);
      x6a = t6.fma(v, x6a);
      x6b = t6.fma(w, x6b);
      FloatVector t7 = FloatVector.broadcast(F, a[at + 7]);
      x7a = t7.fma(v, x7a);
      x7b = t7.fma(w, x7b);
      FloatVector t8 = FloatVector.broadcast(F, a[at + 8]);
      x8a = t8.fma(v, x8a);
      x8b = t8.fma(w, x8b);
      FloatVector t9 = FloatVector.broadcast(F, a[at + 9]);
      x9a = t9.fma(v, x9a);
      x9b = t9.fma(w, x9b);
      FloatVector t10 = FloatVector.broadcast(F, a[at + 10]);
      x10a = t10.fma(v, x10a);
      x10b = t10.fma(w, x10b);
      FloatVector t11 = FloatVector.broadcast(F, a[at + 11]);
      x11a = t11.fma(v, x11a);
      x11b = t11.fma(w, x11b);
      FloatVector t12 = FloatVector.broadcast(F, a[at + 12]);
      x12a = t12.fma(v, x12a);
      x12b = t12.fma(w, x12b);
    }
    int last = rows - 1;
    int c1 = c0 + Math.min(1, last) * ldc;
    int c2 = c0 + Math.min(2, last) * ldc;
    int c3 = c0 + Math.min(3, last) * ldc;
    int c4 = c0 + Math.min(4, last) * ldc;
    int c5 = c0 + Math.min(5, last) * ldc;
    int c6 = c0 + Math.min(6, last) * ldc;
    int c7 = c0 + Math.min(7, last) * ldc;
    int c8 = c0 + Math.min(8, last) * ldc;
    int c9 = c0 + Math.min(9, last) * ldc;
    int c10 = c0 + Math.min(10, last) * ldc;
    int c11 = c0 + Math.min(11, last) * ldc;
    int c12 = c0 + Math.min(12, last) * ldc;
    if (add) {
      x0a = x0a.add(FloatVector.fromArray(F, c, c0));
      x0b = x0b.add(FloatVector.fromArray(F, c, c0 + V));
      x1a = x1a.add(FloatVector.fromArray(F, c, c1));
      x1b = x1b.add(FloatVector.fromArray(F, c, c1 + V));
      x2a = x2a.add(FloatVector.fromArray(F, c, c2));
      x2b = x2b.add(FloatVector.fromArray(F, c, c2 + V));
      x3a = x3a.add(FloatVector.fromArray(F, c, c3));
      x3b = x3b.add(FloatVector.fromArray(F, c, c3 + V));
      x4a = x4a.add(FloatVector.fromArray(F, c, c4));
      x4b = x4b.add(FloatVector.fromArray(F, c, c4 + V));
      x5a = x5a.add(FloatVector.fromArray(F, c, c5));
      x5b = x5b.add(FloatVector.fromArray(F, c, c5 + V));
      x6a = x6a.add(FloatVector.fromArray(F, c, c6));
      x6b = x6b.add(FloatVector.fromArray(F, c, c6 + V));
      x7a = x7a.add(FloatVector.fromArray(F, c, c7));
      x7b = x7b.add(FloatVector.fromArray(F, c, c7 + V));
      x8a = x8a.add(FloatVector.fromArray(F, c, c8));
      x8b = x8b.add(FloatVector.fromArray(F, c, c8 + V));
      x9a = x9a.add(FloatVector.fromArray(F, c, c9));
      x9b = x9b.add(FloatVector.fromArray(F, c, c9 + V));
      x10a = x10a.add(FloatVector.fromArray(F, c, c10));
      x10b = x10b.add(FloatVector.fromArray(F, c, c10 + V));
      x11a = x11a.add(FloatVector.fromArray(F, c, c11));
      x11b = x11b.add(FloatVector.fromArray(F, c, c11 + V));
      x12a = x12a.add(FloatVector.fromArray(F, c, c12));
      x12b = x12b.add(FloatVector.fromArray(F, c, c12 + V));
    }
    x0a.intoArray(c, c0);
    x0b.intoArray(c, c0 + V);
    x1a.intoArray(c, c1);
    x1b.intoArray(c, c1 + V);
    x2a.intoArray(c, c2);
    x2b.intoArray(c, c2 + V);
    x3a.intoArray(c, c3);
    x3b.intoArray(c, c3 + V);
    x4a.intoArray(c, c4);
    x4b.intoArray(c, c4 + V);
    x5a.intoArray(c, c5);
    x5b.intoArray(c, c5 + V);
    x6a.intoArray(c, c6);
    x6b.intoArray(c, c6 + V);
    x7a.intoArray(c, c7);
    x7b.intoArray(c, c7 + V);
    x8a.intoArray(c, c8);
    x8b.intoArray(c, c8 + V);
    x9a.intoArray(c, c9);
    x9b.intoArray(c, c9 + V);
    x10a.intoArray(c, c10);
    x10b.intoArray(c, c10 + V);
    x11a.intoArray(c, c11);
    x11b.intoArray(c, c11 + V);
    x12a.intoArray(c, c12);
    x12b.intoArray(c, c12 + V);
  }
}
