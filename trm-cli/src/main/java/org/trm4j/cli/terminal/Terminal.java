package org.trm4j.cli.terminal;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The number of columns of the terminal on standard input, now and after it was resized. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Terminal {
  private static final int USUAL = 80;

  private volatile boolean stale = true;
  private int columns = USUAL;

  /** Watches the size. */
  public Terminal() {
    // A system without this signal does not tell of a change: the first width counts.
    Signals.handle("WINCH", () -> stale = true);
  }

  /** Returns the columns; 80 where they are not known. */
  public int columns() {
    if (stale) {
      stale = false;
      columns = ask();
    }
    return columns;
  }

  /** Returns whether a person watches: input and output are a terminal. */
  public static boolean interactive() {
    java.io.@Nullable Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static int ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      String size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      stty.waitFor(1, TimeUnit.SECONDS);
      return parse(size);
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  /** Reads "rows columns"; a terminal that does not know its size says 0. */
  static int parse(String size) {
    String[] numbers = size.split(" ", -1);
    if (numbers.length != 2 || !numbers[1].matches("[1-9][0-9]{0,4}")) {
      return USUAL;
    }
    return Integer.parseInt(numbers[1]);
  }
}
