package org.trm4j.task.spi;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * The target of a term.
 *
 * @param values the class of each row, or for a binary term a number from 0 to 1 for each logit
 * @param counts for each row whether it counts
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
@SuppressWarnings("ArrayRecordComponent") // numbers are arrays throughout
public record GivenTarget(float[] values, boolean[] counts) {
  /** Returns a target of which every row counts. */
  public static GivenTarget everyRow(float[] values, int rows) {
    boolean[] counts = new boolean[rows];
    Arrays.fill(counts, true);
    return new GivenTarget(values, counts);
  }
}
