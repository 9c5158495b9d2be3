package org.trm4j.spark.training;

import java.io.Serializable;
import java.util.HashMap;

/** The example of a slot, with everything needed to rebuild the slot. */
final class SlotStart implements Serializable {
  private static final long serialVersionUID = 1L;

  final int slot;
  final int[] tokens;
  final int[] labels;
  final int identifier;
  final long key;
  long draws;

  /** Latent states to restore, by name; empty for the plan's own start. */
  final HashMap<String, float[]> states = new HashMap<>();

  /** Inputs fed since the start, by name. */
  final HashMap<String, float[]> inputs = new HashMap<>();

  SlotStart(int slot, int[] tokens, int[] labels, int identifier, long key) {
    this.slot = slot;
    this.tokens = tokens;
    this.labels = labels;
    this.identifier = identifier;
    this.key = key;
  }
}
