package org.trm4j.backend.cpu.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.SwiGlu;
import org.trm4j.plan.operation.TokenSwiGlu;

/**
 * Gate and up of the sublayers with a gradient, kept in each frame from the forward to the backward
 * pass. Recomputing them would cost an eighth of a training step; reading them costs next to
 * nothing.
 */
public final class KeptActivations {
  private final Map<Buffer, Integer> offsets = new HashMap<>();
  private int size;

  /** Finds the sublayers of a plan. */
  KeptActivations(List<PlanNode> nodes, int panel) {
    for (PlanNode node : nodes) {
      if (node instanceof SwiGlu op && op.inverseRms() != null) {
        add(op.output(), op.input().shape().dim(0), op.gateUp().shape().dim(0));
      } else if (node instanceof TokenSwiGlu op && op.inverseRms() != null) {
        int width = Blocks.roundUp(op.input().shape().dim(1), panel);
        add(op.output(), width, op.gateUp().shape().dim(0));
      }
    }
  }

  private void add(Buffer output, int rows, int columns) {
    if (offsets.put(output, size) != null) {
      throw new IllegalStateException("plan: buffer " + output + " is written twice");
    }
    size = Math.addExact(size, Math.multiplyExact(rows, columns));
  }

  /** Returns the number of floats that a frame keeps. */
  int size() {
    return size;
  }

  /** Returns the offset of gate and up in {@link Frame#kept} for the sublayer with this output. */
  public int offset(Buffer output) {
    Integer offset = offsets.get(output);
    if (offset == null) {
      throw new IllegalStateException("plan: nothing is kept of buffer " + output);
    }
    return offset;
  }
}
