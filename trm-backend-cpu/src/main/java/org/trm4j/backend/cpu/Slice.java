package org.trm4j.backend.cpu;

import java.util.Map;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.BufferRole;

/**
 * Where a plan buffer lies in a {@link Frame}.
 *
 * @param state whether it lies among the latent states
 * @param offset its first float
 */
record Slice(boolean state, int offset) {

  float[] of(Frame frame) {
    return state ? frame.states : frame.work;
  }

  /**
   * Finds buffers.
   *
   * @param states offsets of latent states
   * @param work offsets of the other buffers
   */
  record Locator(Map<Buffer, Integer> states, Map<Buffer, Integer> work) {
    Slice find(Buffer buffer) {
      boolean state = buffer.role() == BufferRole.STATE;
      Integer offset = (state ? states : work).get(buffer);
      if (offset == null) {
        throw new IllegalStateException("cpu: no place for " + buffer);
      }
      return new Slice(state, offset);
    }
  }
}
