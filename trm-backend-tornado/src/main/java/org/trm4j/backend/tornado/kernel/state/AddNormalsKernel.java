package org.trm4j.backend.tornado.kernel.state;

import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds the current draw of each slot to a buffer; one item per element. Launch: n x 1 x sequences.
 */
public final class AddNormalsKernel {
  private static final int BUFFER = 0;
  private static final int SIZE = 2;

  private AddNormalsKernel() {}

  /** Operands from {@code at}: the buffer; n. */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      IntArray draws,
      FloatArray arena,
      int at,
      float sigma) {
    int i = context.globalIdx;
    int p = context.globalIdz;
    if (i < operands.get(at + SIZE) && Address.works(operands, active, p)) {
      int stream = (operands.get(Address.FIRST) + p) * SlotRecord.DRAW + SlotRecord.STREAM;
      int h = Normals.bits(i, draws.get(stream), draws.get(stream + 1));
      int to = Address.of(operands, at + BUFFER, p) + i;
      arena.set(to, arena.get(to) + sigma * Normals.quantile(Normals.position(h), h));
    }
  }
}
