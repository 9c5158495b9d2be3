package org.trm4j.cli;

import java.io.PrintWriter;
import org.trm4j.cli.terminal.Printable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a command prints: styles where the terminal has them (NO_COLOR is respected), JSON where it
 * is asked for.
 */
final class Console {
  private final PrintWriter out;

  Console(PrintWriter out) {
    this.out = out;
  }

  void line(String text) {
    print(Printable.text(text));
  }

  private void print(String text) {
    out.println(text);
    out.flush();
  }

  /** Prints a line in picocli's markup, such as {@code @|bold,green solved|@}. */
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
}
