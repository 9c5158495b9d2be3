package org.trm4j.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;

/** The order for one shard in a step. */
final class ShardOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  final int shard;
  final int slots;

  /** Whether the shard is rebuilt: all its slots are among the starts. */
  final boolean complete;

  final boolean[] last;
  final ArrayList<SlotStart> starts = new ArrayList<>();

  /** Inputs of slots that were not just started, by slot. */
  final HashMap<Integer, HashMap<String, float[]>> feeds = new HashMap<>();

  ShardOrder(int shard, int slots, boolean complete, boolean[] last) {
    this.shard = shard;
    this.slots = slots;
    this.complete = complete;
    this.last = last;
  }
}
