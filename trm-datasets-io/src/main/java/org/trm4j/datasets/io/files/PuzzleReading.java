package org.trm4j.datasets.io.files;

import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.io.text.PuzzleLoader;
import org.trm4j.datasets.io.text.PuzzleTextFile;

/** Reads the texts of one data set, after a first pass over all of them. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public interface PuzzleReading extends PuzzleLoader.Parser {

  /** Returns what reads a file, or the part of it that is a split. */
  PuzzleTextFile open(Path file, String split);

  /** Returns a question as the codec reads it. */
  String question(String written);

  /** Returns the domain of the puzzles; there must have been one. */
  PuzzleDomain domain();

  /** Returns what was inferred or assumed, one line each. */
  List<String> notes();
}
