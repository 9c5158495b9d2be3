package org.trm4j.pretrained;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * What an artifact says of its model, in {@code model.properties}.
 *
 * @param name such as {@code sudoku-9}
 * @param version of the model, which is not the library's
 * @param sha256 of the file of weights, 64 hexadecimal digits
 * @param bytes of the file of weights
 * @param parameters trained parameters
 * @param licence SPDX identifier of the weights' licence
 * @param commit of this library's source with which the model was trained
 * @param training where the training stood, how long it took and on what, in words
 * @param domain id of the puzzle domain
 * @param domainOptions the options that make the domain
 * @param results what the model solved when it was packed; at least one, the first for a list
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record PretrainedDescription(
    String name,
    String version,
    String sha256,
    long bytes,
    long parameters,
    String licence,
    String commit,
    String training,
    String domain,
    Map<String, String> domainOptions,
    List<Result> results) {
  /** Copies the collections. */
  public PretrainedDescription {
    domainOptions = Collections.unmodifiableMap(new TreeMap<>(domainOptions));
    results = List.copyOf(results);
  }

  /**
   * How many puzzles a model solved when it was packed. Each attempt has 16 supervision steps at
   * most, or 40 where the model has a transition, and stops as soon as the answer verifies.
   *
   * @param id names the result among those of a model, such as {@code verify}
   * @param data generated puzzles as {@code trm eval --data} takes them, of which the split {@code
   *     test} counts
   * @param attempts at each puzzle at most, at least 1
   * @param puzzles how many there are, at least 1
   * @param solved how many verified answers were given
   */
  public record Result(String id, String data, int attempts, int puzzles, int solved) {
    /** Checks the numbers. */
    public Result {
      if (attempts < 1) {
        throw new IllegalArgumentException(
            "result %s: %s attempts, expected at least 1".formatted(id, attempts));
      }
      if (puzzles < 1 || solved < 0 || solved > puzzles) {
        throw new IllegalArgumentException(
            "result %s: %s of %s puzzles solved, expected 0 to as many as there are, at least 1"
                .formatted(id, solved, puzzles));
      }
    }

    /** Returns the share of puzzles that were solved. */
    public double accuracy() {
      return (double) solved / puzzles;
    }
  }
}
