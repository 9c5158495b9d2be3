package org.trm4j.task;

import org.apiguardian.api.API;

/**
 * An output head: a linear map with bias from rows of a latent state to logits.
 *
 * @param name of the output; {@code logits} and {@code q} are what the published heads are called
 *     and are read as those are
 * @param rows which rows it reads
 * @param width logits for each row it reads, at least 1
 * @param state the latent state that it reads
 * @param bias initial value of its bias
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record Head(String name, Rows rows, int width, String state, double bias) {
  /** Which rows of a state a head reads. */
  public enum Rows {
    /** Every cell's row: logits [S, width]. */
    CELLS,
    /** The first row, of the prefix where there is one: logits [1, width]. */
    FIRST,
    /** The mean of the cells' rows: logits [1, width]. */
    MEAN
  }

  /** Returns a head on every cell whose bias starts at 0. */
  public static Head cells(String name, int width, String state) {
    return new Head(name, Rows.CELLS, width, state, 0);
  }

  /** Returns the name of its weight [width, D]. */
  public String weight() {
    return "heads." + name + ".weight";
  }

  /** Returns the name of its bias [width]. */
  public String biasName() {
    return "heads." + name + ".bias";
  }
}
