package org.trm4j.backend.tornado.session;

import java.util.HashMap;
import java.util.Map;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.Loss;
import org.trm4j.plan.Plan;
import org.trm4j.plan.StateBuffer;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
/** The slots' records on the host, with checks of what callers hand over. */
final class SlotInputs {
  final IntArray records;
  private final String session;
  private final Plan plan;
  private final int count;
  private final int record;
  private boolean changed = true;

  SlotInputs(String session, Plan plan, int count) {
    if (count < 1) {
      throw new BackendException("%s: %d slots, expected at least 1".formatted(session, count));
    }
    this.session = session;
    this.plan = plan;
    this.count = count;
    this.record = SlotRecord.record(plan.config().seqLen());
    this.records = new IntArray(Math.multiplyExact(count, record));
    records.init(0);
  }

  int count() {
    return count;
  }

  /** Puts a puzzle into a slot. */
  void start(int slot, int[] tokens, int puzzle) {
    check(slot);
    ModelConfig config = plan.config();
    length("tokens", tokens, config.seqLen());
    for (int i = 0; i < tokens.length; i++) {
      range("tokens[" + i + "]", tokens[i], config.vocabSize());
    }
    if (config.puzzleEmbDim() > 0) {
      range("puzzleIdentifier", puzzle, config.numPuzzleIdentifiers());
    }
    for (int i = 0; i < tokens.length; i++) {
      set(slot, SlotRecord.TOKENS + i, tokens[i]);
    }
    set(slot, SlotRecord.PUZZLE, puzzle);
    set(slot, SlotRecord.ACTIVE, 1);
    set(slot, SlotRecord.RESET, 1);
  }

  /** Checks the labels of a slot before it is started. */
  void checkLabels(int[] labels) {
    length("labels", labels, plan.config().seqLen());
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Loss.IGNORED) {
        range("labels[" + i + "]", labels[i], plan.config().vocabSize());
      }
    }
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
    check(slot);
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

  /** Returns whether the device knows all of it. */
  boolean isKnown() {
    return !changed;
  }

  /** Called when the device knows all of it. */
  void known() {
    for (int slot = 0; slot < count; slot++) {
      records.set(slot * record + SlotRecord.RESET, 0);
    }
    changed = false;
  }

  void check(int slot) {
    if (slot < 0 || slot >= count) {
      throw new BackendException("%s: slot %d, expected 0..%d".formatted(session, slot, count - 1));
    }
  }

  void checkStarted(int slot) {
    check(slot);
    if (get(slot, SlotRecord.ACTIVE) == 0) {
      throw new BackendException("%s: slot %d has not been started".formatted(session, slot));
    }
  }

  /** Returns the index of a state. */
  int state(String name) {
    for (int i = 0; i < plan.states().size(); i++) {
      if (plan.states().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new BackendException(
        "%s: state %s, expected one of %s"
            .formatted(session, name, plan.states().stream().map(StateBuffer::name).toList()));
  }

  void target(String what, int found, int expected) {
    if (found < expected) {
      throw new BackendException(
          "%s: %s target of length %d, expected %d".formatted(session, what, found, expected));
    }
  }

  private void length(String what, int[] values, int expected) {
    if (values.length != expected) {
      throw new BackendException(
          "%s: %s of length %d, expected %d (seqLen)"
              .formatted(session, what, values.length, expected));
    }
  }

  private void range(String what, int value, int limit) {
    if (value < 0 || value >= limit) {
      throw new BackendException(
          "%s: %s is %d, expected 0..%d".formatted(session, what, value, limit - 1));
    }
  }
}
