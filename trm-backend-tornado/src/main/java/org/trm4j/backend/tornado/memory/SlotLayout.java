package org.trm4j.backend.tornado.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;

/**
 * The layout of a slot's buffers that are kept from step to step: latent states, then outputs, then
 * inputs.
 *
 * @param offsets first float of each buffer
 * @param size floats of a slot
 * @param outputs what the host reads of a step: q, logits, a task's heads and losses
 * @param inputs what the host hands over between steps
 */
public record SlotLayout(Map<Buffer, Integer> offsets, int size, Part outputs, Part inputs) {

  /**
   * Adjacent buffers, which the host reads or writes together.
   *
   * @param buffers in order
   * @param offset the first float
   * @param size floats
   */
  public record Part(List<Buffer> buffers, int offset, int size) {}

  public static SlotLayout of(Plan plan) {
    Map<Buffer, Integer> offsets = new HashMap<>();
    Part states = put(plan.stateBuffers(), 0, offsets);
    Set<Buffer> read = new LinkedHashSet<>(List.of(plan.q(), plan.logits()));
    read.addAll(plan.outputs());
    read.addAll(plan.losses());
    Part outputs = put(read, states.size, offsets);
    Part inputs = put(plan.inputs(), outputs.offset + outputs.size, offsets);
    return new SlotLayout(Map.copyOf(offsets), inputs.offset + inputs.size, outputs, inputs);
  }

  private static Part put(Collection<Buffer> buffers, int offset, Map<Buffer, Integer> offsets) {
    int size = 0;
    for (Buffer buffer : buffers) {
      offsets.put(buffer, Math.addExact(offset, size));
      size = Math.addExact(size, buffer.shape().intSize());
    }
    Math.addExact(offset, size);
    return new Part(new ArrayList<>(buffers), offset, size);
  }

  /** Returns the offset of a kept buffer in its slot. */
  public int offset(Buffer buffer) {
    Integer offset = offsets.get(buffer);
    if (offset == null) {
      throw new IllegalStateException("plan: buffer " + buffer + " is not kept");
    }
    return offset;
  }
}
