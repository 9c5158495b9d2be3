package org.trm4j.pretrained;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** What an artifact says of its model, in {@code model.properties}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PretrainedDescription {
  record Values(
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
    Values {
      domainOptions = Collections.unmodifiableMap(new TreeMap<>(domainOptions));
      results = List.copyOf(results);
    }
  }

  private final Values values;

  PretrainedDescription(Values values) {
    this.values = values;
  }

  /** Returns the name, such as {@code sudoku-9}. */
  public String name() {
    return values.name;
  }

  /** Returns the version of the model, which is not the library's. */
  public String version() {
    return values.version;
  }

  /** Returns the hash of the file of weights, 64 hexadecimal digits. */
  public String sha256() {
    return values.sha256;
  }

  /** Returns the size of the file of weights. */
  public long bytes() {
    return values.bytes;
  }

  /** Returns the trained parameters. */
  public long parameters() {
    return values.parameters;
  }

  /** Returns the SPDX identifier of the weights' licence. */
  public String licence() {
    return values.licence;
  }

  /** Returns the commit of this library's source with which the model was trained. */
  public String commit() {
    return values.commit;
  }

  /** Returns where the training stood, how long it took and on what, in words. */
  public String training() {
    return values.training;
  }

  /** Returns the id of the puzzle domain. */
  public String domain() {
    return values.domain;
  }

  /** Returns the options that make the domain. */
  public Map<String, String> domainOptions() {
    return values.domainOptions;
  }

  /** Returns what the model solved when it was packed; at least one, the first for a list. */
  public List<Result> results() {
    return values.results;
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

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof PretrainedDescription other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "PretrainedDescription" + values.toString().substring("Values".length());
  }
}
