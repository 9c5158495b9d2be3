package org.trm4j.backend.tornado.memory;

import java.util.HashMap;
import java.util.Map;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.Plan;

/**
 * Where the buffers of a slot lie that are kept from step to step: states, logits and q.
 *
 * @param offsets first float of each buffer
 * @param size floats of a slot
 */
public record SlotLayout(Map<Buffer, Integer> offsets, int size) {

  public static SlotLayout of(Plan plan) {
    Map<Buffer, Integer> offsets = new HashMap<>();
    int size = 0;
    for (Buffer state : plan.stateBuffers()) {
      offsets.put(state, size);
      size = Math.addExact(size, state.shape().intSize());
    }
    // Next to each other: the host reads them together.
    offsets.put(plan.q(), size);
    size = Math.addExact(size, plan.q().shape().intSize());
    offsets.put(plan.logits(), size);
    size = Math.addExact(size, plan.logits().shape().intSize());
    return new SlotLayout(Map.copyOf(offsets), size);
  }
}
