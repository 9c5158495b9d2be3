package org.trm4j.backend.cpu;

import java.util.List;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.BufferAllocation;
import org.trm4j.plan.BufferRole;

/**
 * What steps are made from.
 *
 * @param kernels the inner loops
 * @param weights the parameters
 * @param config the model
 * @param states latent states in order
 * @param allocation where temporary buffers lie
 * @param kept what is kept for the backward pass
 * @param wave sequences of a wave; 0 without gradient
 */
record Lowered(
    Kernels kernels,
    Weights weights,
    ModelConfig config,
    List<Buffer> states,
    BufferAllocation allocation,
    Kept kept,
    int wave) {

  Place place(Buffer buffer) {
    if (buffer.role() == BufferRole.STATE) {
      return new Place(states.indexOf(buffer), 0);
    }
    Integer offset = allocation.offsets().get(buffer);
    if (offset == null) {
      throw new IllegalStateException("plan: buffer " + buffer + " has no place");
    }
    return new Place(-1, offset);
  }

  /** Returns where memory shared by a step's workers starts in a workspace. */
  int shared() {
    return allocation.size();
  }
}
