package org.trm4j.training.checkpoint;

import org.jspecify.annotations.Nullable;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.training.slots.TrainingSlots;

/**
 * Each slot's example number and count of draws as a tensor [slots, 8]: 64 bits as four numbers of
 * 16 bits, which floats hold exactly.
 */
final class SlotCounters {
  static final int COLUMNS = 8;

  private SlotCounters() {}

  static Tensor of(TrainingSlots slots) {
    float[] values = new float[slots.count() * COLUMNS];
    for (int slot = 0; slot < slots.count(); slot++) {
      for (int part = 0; part < 4; part++) {
        values[slot * COLUMNS + part] = (slots.number(slot) >>> (16 * part)) & 0xFFFF;
        values[slot * COLUMNS + 4 + part] = (slots.draws(slot) >>> (16 * part)) & 0xFFFF;
      }
    }
    return Tensor.of(Shape.of(slots.count(), COLUMNS), values);
  }

  static long[] examples(@Nullable Tensor counters, int slots) {
    return read(counters, slots, 0);
  }

  static long[] draws(@Nullable Tensor counters, int slots) {
    return read(counters, slots, 4);
  }

  private static long[] read(@Nullable Tensor counters, int slots, int column) {
    long[] values = new long[slots];
    for (int slot = 0; slot < slots && counters != null; slot++) {
      for (int part = 0; part < 4; part++) {
        long bits = (long) counters.get((long) slot * COLUMNS + column + part) & 0xFFFF;
        values[slot] |= bits << (16 * part);
      }
    }
    return values;
  }
}
