package org.trm4j.training.measure;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.trm4j.Attempts;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.pretrained.PretrainedDescription;

/** Counts what a {@link PretrainedDescription.Result} records. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Recount {
  private static final int BATCH = 32;

  private Recount() {}

  /**
   * Solves the generated puzzles, each with the given number of attempts, which stop as soon as an
   * answer verifies, and counts the verified answers.
   *
   * @param id names the result
   * @param data says what the puzzles are, for the result
   * @param dataset the puzzles; the split {@code test} counts
   * @param attempts at each puzzle at most, at least 1
   * @param done takes the number of puzzles solved so far
   */
  public static PretrainedDescription.Result count(
      TrmModel model, String id, String data, Dataset dataset, int attempts, IntConsumer done) {
    ExampleSource puzzles = dataset.split("test");
    int[] counts = new int[2];
    model.solveAll(
        Questions.of(puzzles, IntStream.range(0, puzzles.size())),
        BATCH,
        SolveOptions.DEFAULT
            .withDrafts(false)
            .withAttempts(attempts == 1 ? Attempts.ONE : Attempts.usual(model, attempts)),
        (answer, number) -> {
          counts[0]++;
          counts[1] += answer.verified() ? 1 : 0;
          done.accept(counts[0]);
        });
    return new PretrainedDescription.Result(id, data, attempts, puzzles.size(), counts[1]);
  }
}
