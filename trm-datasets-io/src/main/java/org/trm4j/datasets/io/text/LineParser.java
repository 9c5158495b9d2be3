package org.trm4j.datasets.io.text;

import org.apiguardian.api.API;

/** Makes rows of the lines of a file that is neither CSV nor XML. Used for one file. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public interface LineParser {

  /** Takes the next line and passes on what is complete. */
  void line(long number, String line, PuzzleTextFile.Rows rows);

  /** Takes the end of the file. */
  void end(PuzzleTextFile.Rows rows);
}
