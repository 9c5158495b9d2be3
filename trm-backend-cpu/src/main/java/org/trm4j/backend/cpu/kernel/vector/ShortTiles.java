package org.trm4j.backend.cpu.kernel.vector;

import static org.trm4j.backend.cpu.kernel.vector.TallTile.PANEL;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Register tiles of {@link TallTile}, of eight and four rows. */
final class ShortTiles {
  private static final VectorSpecies<Float> F = Lanes.FLOATS;
  private static final int V = Lanes.COUNT;
  private static final long BYTES = Float.BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private ShortTiles() {}

  static void eight(
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
    for (int p = 0; p < k; p++) {
      long q = BYTES * b0 + BYTES * PANEL * p;
      FloatVector v = FloatVector.fromMemorySegment(F, b, q, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(F, b, q + BYTES * V, ORDER);
      int at = a0 + 8 * p;
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
    }
    int last = rows - 1;
    int c1 = c0 + Math.min(1, last) * ldc;
    int c2 = c0 + Math.min(2, last) * ldc;
    int c3 = c0 + Math.min(3, last) * ldc;
    int c4 = c0 + Math.min(4, last) * ldc;
    int c5 = c0 + Math.min(5, last) * ldc;
    int c6 = c0 + Math.min(6, last) * ldc;
    int c7 = c0 + Math.min(7, last) * ldc;
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
  }

  static void four(
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
    for (int p = 0; p < k; p++) {
      long q = BYTES * b0 + BYTES * PANEL * p;
      FloatVector v = FloatVector.fromMemorySegment(F, b, q, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(F, b, q + BYTES * V, ORDER);
      int at = a0 + 4 * p;
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
    }
    int last = rows - 1;
    int c1 = c0 + Math.min(1, last) * ldc;
    int c2 = c0 + Math.min(2, last) * ldc;
    int c3 = c0 + Math.min(3, last) * ldc;
    if (add) {
      x0a = x0a.add(FloatVector.fromArray(F, c, c0));
      x0b = x0b.add(FloatVector.fromArray(F, c, c0 + V));
      x1a = x1a.add(FloatVector.fromArray(F, c, c1));
      x1b = x1b.add(FloatVector.fromArray(F, c, c1 + V));
      x2a = x2a.add(FloatVector.fromArray(F, c, c2));
      x2b = x2b.add(FloatVector.fromArray(F, c, c2 + V));
      x3a = x3a.add(FloatVector.fromArray(F, c, c3));
      x3b = x3b.add(FloatVector.fromArray(F, c, c3 + V));
    }
    x0a.intoArray(c, c0);
    x0b.intoArray(c, c0 + V);
    x1a.intoArray(c, c1);
    x1b.intoArray(c, c1 + V);
    x2a.intoArray(c, c2);
    x2b.intoArray(c, c2 + V);
    x3a.intoArray(c, c3);
    x3b.intoArray(c, c3 + V);
  }
}
