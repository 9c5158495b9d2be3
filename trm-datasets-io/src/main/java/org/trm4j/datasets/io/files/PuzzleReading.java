package org.trm4j.datasets.io.files;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.io.text.LineParser;
import org.trm4j.datasets.io.text.PuzzleLoader;

/** How the texts of one data set are read, after a first look at all of them. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public interface PuzzleReading extends PuzzleLoader.Parser {

  /** Returns what understands the lines of a file that has no columns. */
  LineParser lines();

  /** Returns a question as the codec reads it. */
  String question(String written);

  /** Returns the domain of the puzzles; there must have been one. */
  PuzzleDomain domain();

  /** Returns what was found out or assumed, a line each. */
  List<String> notes();
}
