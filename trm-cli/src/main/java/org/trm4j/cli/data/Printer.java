package org.trm4j.cli.data;

import java.util.List;
import org.trm4j.cli.terminal.Console;
import org.trm4j.dataset.spi.Dataset;
import picocli.CommandLine.Model.CommandSpec;

/** The console of a data command, with lists of rows. */
record Printer(Console console) {
  private static final int LISTED = 20;

  static Printer of(CommandSpec spec) {
    return new Printer(new Console(spec.commandLine().getOut()));
  }

  void line(String text) {
    console.line(text);
  }

  void styled(String markup) {
    console.styled(markup);
  }

  void json(Object value) {
    console.json(value);
  }

  /** Lists rows, not all where there are many. */
  void rows(String title, List<Dataset.SkippedRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    line("%s %s".formatted(rows.size(), title));
    rows.stream().limit(LISTED).forEach(row -> line("  " + row));
    if (rows.size() > LISTED) {
      line("  ... and %s more (all with --json)".formatted(rows.size() - LISTED));
    }
  }
}
