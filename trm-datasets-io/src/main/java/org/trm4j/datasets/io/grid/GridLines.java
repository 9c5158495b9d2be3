package org.trm4j.datasets.io.grid;

import org.trm4j.datasets.io.text.LineParser;
import org.trm4j.datasets.io.text.PuzzleTextFile;

/**
 * Refuses plain lines: files for training need columns or fields, because plain lines have no
 * answers.
 */
final class GridLines implements LineParser {
  @Override
  public void line(long number, String line, PuzzleTextFile.Rows rows) {
    if (!line.isBlank()) {
      rows.bad(
          number,
          "expected CSV with a header such as question,answer, or JSON lines such as {\"question\": \"12./...\", \"answer\": \"123/...\"}; question=NAME,answer=NAME name other columns");
    }
  }

  @Override
  public void end(PuzzleTextFile.Rows rows) {
    // Every line was reported.
  }
}
