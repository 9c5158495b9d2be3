package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Reads and writes an element of each array: TornadoVM does not keep an array on the device unless
 * a kernel uses it. Launch: one item or more.
 */
public final class TouchKernel {
  private TouchKernel() {}

  public static void run(
      KernelContext context,
      IntArray a,
      IntArray b,
      IntArray r,
      FloatArray c,
      FloatArray d,
      FloatArray e,
      FloatArray f,
      FloatArray g,
      FloatArray h,
      FloatArray i,
      FloatArray j,
      FloatArray k,
      FloatArray l,
      FloatArray m,
      FloatArray n,
      FloatArray o,
      FloatArray p,
      FloatArray q) {
    if (context.globalIdx == 0) {
      a.set(0, a.get(0));
      b.set(0, b.get(0));
      r.set(0, r.get(0));
      touch(c);
      touch(d);
      touch(e);
      touch(f);
      touch(g);
      touch(h);
      touch(i);
      touch(j);
      touch(k);
      touch(l);
      touch(m);
      touch(n);
      touch(o);
      touch(p);
      touch(q);
    }
  }

  private static void touch(FloatArray array) {
    array.set(0, array.get(0));
  }
}
