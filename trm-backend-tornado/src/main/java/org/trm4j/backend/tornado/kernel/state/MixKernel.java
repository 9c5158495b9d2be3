package org.trm4j.backend.tornado.kernel.state;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code output = kept state + taken update}; one item per element. The output may be the state.
 * Launch: n x 1 x sequences.
 */
public final class MixKernel {
  private MixKernel() {}

  /** Operands from {@code at}: state, update, output; n. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      float kept,
      float taken) {
    int i = context.globalIdx;
    int p = context.globalIdz;
    if (i < operands.get(at + 6) && Address.works(operands, active, p)) {
      float state = arena.get(Address.of(operands, at, p) + i);
      float update = arena.get(Address.of(operands, at + 2, p) + i);
      arena.set(Address.of(operands, at + 4, p) + i, kept * state + taken * update);
    }
  }
}
