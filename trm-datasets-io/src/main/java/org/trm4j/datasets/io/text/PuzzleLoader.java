package org.trm4j.datasets.io.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.datasets.support.ExampleTable;
import org.trm4j.datasets.support.RatedSource;

/**
 * Reads the puzzles of a text file: checks each row, keeps those of the wanted ratings, draws a
 * sample. A sample is drawn while reading (reservoir sampling), so a file of millions of rows needs
 * only memory for the kept rows.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PuzzleLoader implements PuzzleTextFile.Rows {
  private final Path file;
  private final Parser parser;
  private final LoadOptions options;
  private final int sample;
  private final SplittableRandom random;
  private final List<Dataset.SkippedRow> skipped;
  private @Nullable ExampleTable table;
  private int accepted;
  private String word = "";
  private boolean formed;

  /** Makes an example of a row. */
  public interface Parser {
    /** Returns the example; throws {@link DatasetException} with the reason where it is invalid. */
    Example parse(PuzzleRow row);

    /** Returns the vocabulary of the examples, or a larger number. */
    default int vocabSize() {
      return ExampleTable.NARROW;
    }

    /** Returns what a file may look like, with an example, for one whose first row is no puzzle. */
    default String forms() {
      return "";
    }

    /** Returns whether a row has the form of a puzzle, right or wrong. */
    default boolean readable(PuzzleRow row) {
      return false;
    }
  }

  private PuzzleLoader(
      Path file, Parser parser, LoadOptions options, int sample, List<Dataset.SkippedRow> skipped) {
    this.file = file;
    this.parser = parser;
    this.options = options;
    this.sample = sample;
    this.random = new SplittableRandom(options.seed());
    this.skipped = skipped;
  }

  /**
   * Reads a file; throws {@link DatasetException} that names file, line and reason.
   *
   * @param training whether it is the split of which a sample may be drawn
   * @param skipped takes the rows that are left out
   * @param notes takes what was passed over, one line each
   */
  public static ExampleTable load(
      PuzzleTextFile text,
      Parser parser,
      LoadOptions options,
      boolean training,
      List<Dataset.SkippedRow> skipped,
      List<String> notes) {
    Path file = text.file();
    List<Dataset.SkippedRow> here = new ArrayList<>();
    PuzzleLoader loader =
        new PuzzleLoader(file, parser, options, training ? options.sample() : 0, here);
    text.forEach(loader);
    skipped.addAll(here);
    if (!loader.word.isEmpty()) {
      notes.add("ratings in words, such as '%s', are passed over".formatted(loader.word));
    }
    ExampleTable table = loader.table;
    if (table == null) {
      throw new DatasetException(
          here.isEmpty()
              ? "%s: holds no puzzles%s"
                  .formatted(file, options.rated() ? " of that rating" : expected(parser.forms()))
              : "%s: holds no valid puzzle, %s rows are invalid; the first: %s"
                  .formatted(file, here.size(), here.getFirst().reason()));
    }
    if (loader.accepted < loader.sample) {
      throw new DatasetException(
          "%s: holds %s such puzzles, expected at least %s (sample)"
              .formatted(file, loader.accepted, loader.sample));
    }
    return table;
  }

  @Override
  public void row(PuzzleRow row) {
    Example example;
    int rating;
    try {
      rating = rating(row.rating());
      if (options.rated() && (rating < options.minRating() || rating > options.maxRating())) {
        return;
      }
      example = parser.parse(row);
    } catch (DatasetException e) {
      formed |= parser.readable(row);
      bad(row.line(), Objects.requireNonNullElse(e.getMessage(), "invalid"));
      return;
    }
    keep(example, rating);
  }

  private void keep(Example example, int rating) {
    ExampleTable kept =
        table == null ? new ExampleTable(example.tokens().length, parser.vocabSize()) : table;
    table = kept;
    accepted++;
    if (sample == 0 || accepted <= sample) {
      kept.add(example, rating);
    } else {
      int place = random.nextInt(accepted);
      if (place < sample) {
        kept.set(place, example, rating);
      }
    }
  }

  private int rating(String text) {
    if (text.isBlank()) {
      if (options.rated()) {
        throw new DatasetException("has no rating, expected one to choose by");
      }
      return RatedSource.NO_RATING;
    }
    try {
      return new BigDecimal(text.strip()).setScale(0, RoundingMode.HALF_UP).intValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      if (!options.rated()) {
        word = word.isEmpty() ? text.strip() : word;
        return RatedSource.NO_RATING;
      }
      throw new DatasetException("rating is %s, expected a number".formatted(text), e);
    }
  }

  private static String expected(String forms) {
    return forms.isEmpty() ? "" : "; accepted are " + forms;
  }

  @Override
  public void bad(long line, String reason) {
    Dataset.SkippedRow row = new Dataset.SkippedRow(file.toString(), line, reason);
    if (!options.skipInvalid()) {
      throw new DatasetException(row + (accepted == 0 && !formed ? expected(parser.forms()) : ""));
    }
    skipped.add(row);
  }
}
