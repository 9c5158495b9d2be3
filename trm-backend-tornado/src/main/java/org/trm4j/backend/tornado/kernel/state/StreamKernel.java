package org.trm4j.backend.tornado.kernel.state;

import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Finds the stream of each slot's next draw, {@link org.trm4j.plan.GaussianNoise#stream}; one item
 * per sequence. A noisy update is counted. Launch: sequences.
 */
public final class StreamKernel {
  private static final int RECORD = 0;
  private static final int STATE = 2;
  private static final int NOISY = 4;

  private StreamKernel() {}

  /**
   * Operands from {@code at}: integers of a record, the state's index, and 1 for a noisy update or
   * 0 for a start.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      IntArray inputs,
      IntArray draws,
      int at) {
    int p = context.globalIdx;
    if (Address.works(operands, active, p)) {
      int slot = operands.get(Address.FIRST) + p;
      int key = slot * operands.get(at + RECORD) + SlotRecord.KEY;
      int draw = slot * SlotRecord.DRAW;
      int noisy = operands.get(at + NOISY);
      long count = Normals.join(draws.get(draw), draws.get(draw + 1)) + noisy;
      draws.set(draw, (int) count);
      draws.set(draw + 1, (int) (count >> 32));
      // A start is draw 0, whatever the count.
      long z = Normals.mix(Normals.join(inputs.get(key), inputs.get(key + 1)));
      z = Normals.mix(Normals.mix(z + count * noisy) + operands.get(at + STATE));
      draws.set(draw + SlotRecord.STREAM, (int) z);
      draws.set(draw + SlotRecord.STREAM + 1, (int) (z >> 32));
    }
  }
}
