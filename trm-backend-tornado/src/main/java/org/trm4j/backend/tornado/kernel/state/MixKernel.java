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
  private static final int STATE = 0;
  private static final int UPDATE = 2;
  private static final int OUTPUT = 4;
  private static final int SIZE = 6;

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
    if (i < operands.get(at + SIZE) && Address.works(operands, active, p)) {
      float state = arena.get(Address.of(operands, at + STATE, p) + i);
      float update = arena.get(Address.of(operands, at + UPDATE, p) + i);
      arena.set(Address.of(operands, at + OUTPUT, p) + i, kept * state + taken * update);
    }
  }
}
