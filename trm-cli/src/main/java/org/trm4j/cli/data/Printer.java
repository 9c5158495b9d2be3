package org.trm4j.cli.data;

import java.io.PrintWriter;
import java.util.List;
import org.trm4j.cli.terminal.Printable;
import org.trm4j.dataset.spi.SkippedRow;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints lines, styled lines and JSON. */
record Printer(PrintWriter out) {
  private static final int LISTED = 20;

  static Printer of(CommandSpec spec) {
    return new Printer(spec.commandLine().getOut());
  }

  void line(String text) {
    print(Printable.text(text));
  }

  private void print(String text) {
    out.println(text);
    out.flush();
  }

  void styled(String markup) {
    print(Ansi.AUTO.string(Printable.text(markup)));
  }

  void json(Object value) {
    line(
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(value));
  }

  /** Lists rows, not all where there are many. */
  void rows(String title, List<SkippedRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    line("%d %s".formatted(rows.size(), title));
    rows.stream().limit(LISTED).forEach(row -> line("  " + row));
    if (rows.size() > LISTED) {
      line("  ... and %d more (all with --json)".formatted(rows.size() - LISTED));
    }
  }
}
