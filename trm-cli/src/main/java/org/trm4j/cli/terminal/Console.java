package org.trm4j.cli.terminal;

import java.io.PrintWriter;
import org.apiguardian.api.API;
import org.trm4j.training.json.Json;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a command prints: styles where the terminal has them (NO_COLOR is respected), JSON where it
 * is asked for.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Console {
  private final PrintWriter out;

  /** Prints to a stream. */
  public Console(PrintWriter out) {
    this.out = out;
  }

  /** Prints a line of printable text. */
  public void line(String text) {
    print(Printable.text(text));
  }

  private void print(String text) {
    out.println(text);
    out.flush();
  }

  /** Prints a line in picocli's markup, such as {@code @|bold,green solved|@}. */
  public void styled(String markup) {
    print(Ansi.AUTO.string(Printable.text(markup)));
  }

  /** Prints a value as indented JSON. */
  public void json(Object value) {
    line(
        Json.made(() ->
                JsonMapper.builder()
                    .enable(
                        SerializationFeature.INDENT_OUTPUT,
                        SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .build())
            .writeValueAsString(value));
  }
}
