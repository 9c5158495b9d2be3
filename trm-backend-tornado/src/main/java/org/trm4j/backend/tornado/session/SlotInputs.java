package org.trm4j.backend.tornado.session;

import java.util.HashMap;
import java.util.Map;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.plan.Plan;
import org.trm4j.plan.operation.Loss;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The slots' records on the host. */
final class SlotInputs {
  final IntArray records;
  private final int count;
  private final int record;
  private final long[] draws;
  private boolean changed = true;

  SlotInputs(Plan plan, int count) {
    this.count = count;
    this.record = SlotRecord.record(plan.config().seqLen());
    this.draws = new long[count];
    this.records = new IntArray(Math.multiplyExact(count, record));
    records.init(0);
  }

  int count() {
    return count;
  }

  /** Puts a puzzle into a slot. */
  void start(int slot, int[] tokens, int puzzle, long key) {
    for (int i = 0; i < tokens.length; i++) {
      set(slot, SlotRecord.TOKENS + i, tokens[i]);
    }
    set(slot, SlotRecord.PUZZLE, puzzle);
    set(slot, SlotRecord.ACTIVE, 1);
    set(slot, SlotRecord.RESET, 1);
    setLong(slot, SlotRecord.KEY, key);
    draws(slot, 0);
  }

  /** Sets how many noisy updates a slot has had. */
  void draws(int slot, long count) {
    draws[slot] = count;
    set(slot, SlotRecord.COUNT, 1);
    setLong(slot, SlotRecord.DRAWS, count);
  }

  /** Returns how many noisy updates a slot has had; the device counts them too. */
  long draws(int slot) {
    return draws[slot];
  }

  /** Counts noisy updates of the active slots. */
  void drawn(int count) {
    for (int slot = 0; slot < this.count; slot++) {
      draws[slot] += get(slot, SlotRecord.ACTIVE) == 0 ? 0 : count;
    }
  }

  private void setLong(int slot, int field, long value) {
    set(slot, field, (int) value);
    set(slot, field + 1, (int) (value >>> 32));
  }

  void label(int slot, int[] labels) {
    int labelled = 0;
    for (int i = 0; i < labels.length; i++) {
      set(slot, SlotRecord.TOKENS + labels.length + i, labels[i]);
      labelled += labels[i] == Loss.IGNORED ? 0 : 1;
    }
    set(slot, SlotRecord.LABELLED, labelled);
  }

  void stop(int slot) {
    set(slot, SlotRecord.ACTIVE, 0);
    set(slot, SlotRecord.RESET, 0);
  }

  void stopAll() {
    for (int slot = 0; slot < count; slot++) {
      stop(slot);
    }
  }

  void set(int slot, int field, int value) {
    changed |= records.get(slot * record + field) != value;
    records.set(slot * record + field, value);
  }

  int get(int slot, int field) {
    return records.get(slot * record + field);
  }

  /** Sets the first slot of each puzzle. */
  void lead() {
    Map<Integer, Integer> first = new HashMap<>();
    for (int slot = 0; slot < count; slot++) {
      Integer before = first.putIfAbsent(get(slot, SlotRecord.PUZZLE), slot);
      set(slot, SlotRecord.LEADER, before == null ? slot : before);
    }
  }

  /** Returns whether the device's copy is up to date. */
  boolean isKnown() {
    return !changed;
  }

  /** Called when the device's copy is up to date. */
  void known() {
    for (int slot = 0; slot < count; slot++) {
      records.set(slot * record + SlotRecord.RESET, 0);
      records.set(slot * record + SlotRecord.COUNT, 0);
    }
    changed = false;
  }
}
