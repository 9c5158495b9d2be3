package org.trm4j.datasets.io.arc;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.trm4j.datasets.arc.ArcGrid;
import org.trm4j.datasets.io.json.Json;

/** Writes JSON with the separators of Python's json.dump, grid by grid. */
final class ArcSubmission {
  private final Writer out;
  private boolean anyTask;
  private boolean anyTest;

  ArcSubmission(Writer out) throws IOException {
    this.out = out;
    out.write("{");
  }

  void begin(String task) throws IOException {
    if (anyTask) {
      out.write("], ");
    }
    out.write(Json.mapper().writeValueAsString(task));
    out.write(": [");
    anyTask = true;
    anyTest = false;
  }

  /** Writes the first candidates; the best stands in for those that are missing. */
  void attempts(List<ArcGrid> ranking, int count) throws IOException {
    out.write(anyTest ? ", {" : "{");
    for (int attempt = 0; attempt < count; attempt++) {
      out.write((attempt > 0 ? ", " : "") + "\"attempt_" + (attempt + 1) + "\": ");
      grid(out, ranking.get(attempt < ranking.size() ? attempt : 0));
    }
    out.write("}");
    anyTest = true;
  }

  void end() throws IOException {
    out.write(anyTask ? "]}" : "}");
  }

  static void grid(Writer out, ArcGrid grid) throws IOException {
    out.write("[");
    for (int row = 0; row < grid.rows(); row++) {
      out.write(row > 0 ? ", [" : "[");
      for (int column = 0; column < grid.columns(); column++) {
        out.write((column > 0 ? ", " : "") + grid.colour(row, column));
      }
      out.write("]");
    }
    out.write("]");
  }
}
