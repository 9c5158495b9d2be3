package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/**
 * Data that was left out because it is not a valid puzzle.
 *
 * @param file the file it stands in
 * @param line its line, counted from 1; 0 where the file has no lines that matter
 * @param reason what is wrong with it, one line
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record SkippedRow(String file, long line, String reason) {

  /** Returns {@code file: line 7: reason}. */
  @Override
  public String toString() {
    return line == 0 ? file + ": " + reason : "%s: line %s: %s".formatted(file, line, reason);
  }
}
