package org.trm4j.backend.tornado.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.model.Tensor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Gradients of puzzle embedding rows given by a caller, which replace those of the slots' rows.
 * They go to the device in groups, in records like the slots'; each row is its own leader.
 */
final class GivenRows {
  /** Rows of a group. */
  static final int GROUP = 64;

  /** Integers of a record: it ends where the tokens of a slot's begin. */
  static final int RECORD = SlotRecord.TOKENS;

  final IntArray records = new IntArray(GROUP * RECORD);
  final FloatArray values;
  private final int width;
  private @Nullable Map<Integer, double[]> rows;

  GivenRows(int width) {
    this.width = width;
    this.values = DeviceArrays.zeros(GROUP * width);
    records.init(0);
  }

  /** Returns the number of floats and integers of the groups on the device. */
  static long size(int width) {
    return width == 0 ? 0 : (long) GROUP * (width + RECORD);
  }

  /** Takes rows [n, width] and adds up those with the same identifier; null for none. */
  void take(@Nullable Tensor gradients, int[] identifiers) {
    Map<Integer, double[]> sums = new LinkedHashMap<>();
    for (int row = 0; gradients != null && row < identifiers.length; row++) {
      double[] sum = sums.computeIfAbsent(identifiers[row], id -> new double[width]);
      for (int i = 0; i < width; i++) {
        sum[i] += gradients.get((long) row * width + i);
      }
    }
    rows = sums;
  }

  /** Returns to the slots' own rows. */
  void forget() {
    rows = null;
  }

  /** Returns whether the slots' own rows are used. */
  boolean none() {
    return rows == null;
  }

  /** Launches once for each group of rows, after copying it to the arrays. */
  void forEachGroup(Runnable launch) {
    Map<Integer, double[]> all = rows;
    if (all == null) {
      return;
    }
    int place = 0;
    int left = all.size();
    for (Map.Entry<Integer, double[]> row : all.entrySet()) {
      if (place == 0) {
        clear();
      }
      records.set(place * RECORD + SlotRecord.PUZZLE, row.getKey());
      records.set(place * RECORD + SlotRecord.LEADER, place);
      double[] sum = row.getValue();
      for (int i = 0; i < width; i++) {
        values.set(place * width + i, (float) sum[i]);
      }
      place++;
      left--;
      if (place == GROUP || left == 0) {
        launch.run();
        place = 0;
      }
    }
  }

  /** A record whose leader lies outside the group is not updated. */
  private void clear() {
    for (int place = 0; place < GROUP; place++) {
      records.set(place * RECORD + SlotRecord.LEADER, -1);
    }
  }
}
