package org.trm4j.backend.tornado.session;

import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.SlotLayout;
import org.trm4j.plan.buffer.Buffer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The inputs of all slots of a plan, on the host. */
final class TaskInputs {
  final FloatArray values;
  private final SlotLayout layout;
  private final SlotLayout.Part part;
  private boolean changed;

  TaskInputs(SlotLayout layout, int slots) {
    this.layout = layout;
    this.part = layout.inputs();
    this.values = DeviceArrays.zeros(Math.multiplyExact(slots, part.size()));
  }

  /** Sets all inputs of a slot to 0. */
  void clear(int slot) {
    for (int i = 0; i < part.size(); i++) {
      values.set(slot * part.size() + i, 0f);
    }
    changed |= part.size() > 0;
  }

  void set(int slot, Buffer buffer, float[] source) {
    int to = slot * part.size() + layout.offset(buffer) - part.offset();
    for (int i = 0; i < source.length; i++) {
      values.set(to + i, source[i]);
    }
    changed = true;
  }

  /** Returns whether the device's copy is out of date. */
  boolean isChanged() {
    return changed;
  }

  /** Called when the device's copy is up to date. */
  void known() {
    changed = false;
  }
}
