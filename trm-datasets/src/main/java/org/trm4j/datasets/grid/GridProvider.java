package org.trm4j.datasets.grid;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.Options;

/** The data set {@code grid}: any puzzle on a grid, described by options; a reader opens files. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class GridProvider implements DatasetProvider {
  /** The id of the data set. */
  public static final String ID = "grid";

  /** The options that describe a puzzle; inferred from files unless set. */
  public static final List<DatasetProvider.Option> OPTIONS =
      List.of(
          new DatasetProvider.Option("rows", "", "of the largest grid"),
          new DatasetProvider.Option("columns", "", "of the largest grid"),
          new DatasetProvider.Option(
              "symbols", "", "all symbols, one character each or separated by spaces"),
          new DatasetProvider.Option("open", "", "symbols of questions that an answer may change"),
          new DatasetProvider.Option("fill", "", "symbols that an answer may put there"),
          new DatasetProvider.Option(
              "rules",
              "",
              "what a right answer is, such as rows,columns,boxes(2x3):all-different; none unless"
                  + " set"),
          new DatasetProvider.Option(
              "symmetries",
              "",
              "rotations, reflections, transpose, permute(SYMBOLS), bands(RxC), arrows(<>^v); none"
                  + " unless set"));

  /** Called by the service loader. */
  public GridProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "any puzzle on a grid, from a file of questions and answers";
  }

  @Override
  public List<DatasetProvider.Option> options() {
    return OPTIONS;
  }

  @Override
  public PuzzleDomain domain(Map<String, String> options) {
    Options read = new Options(ID, OPTIONS, options);
    for (String needed : new String[] {"rows", "columns", "symbols"}) {
      if (!read.has(needed)) {
        throw new DatasetException(
            "data set grid: option %s is not set; it is found out where a file is read"
                .formatted(needed));
      }
    }
    GridFrame frame =
        new GridFrame(
            (int) read.integer("rows", 1, GridFrame.MOST_CELLS),
            (int) read.integer("columns", 1, GridFrame.MOST_CELLS));
    return domain(
        new GridAlphabet(
            GridAlphabet.read(read.text("symbols")),
            Set.copyOf(GridAlphabet.read(read.text("open"))),
            Set.copyOf(GridAlphabet.read(read.text("fill")))),
        frame,
        read.text("rules"),
        read.text("symmetries"));
  }

  /** Returns the domain of puzzles. */
  public static GridDomain domain(
      GridAlphabet alphabet, GridFrame frame, String rules, String symmetries) {
    return new GridDomain(
        alphabet,
        frame,
        GridRules.parse(rules, alphabet),
        GridSymmetries.parse(symmetries, alphabet, frame));
  }

  @Override
  public boolean generates() {
    return false;
  }

  @Override
  public Dataset generate(Map<String, String> options) {
    throw new DatasetException("data set grid: has no generator; give a file: grid:my.jsonl");
  }
}
