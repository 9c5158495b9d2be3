package org.trm4j.cli.terminal;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * A line at the bottom of a terminal that is written over in place. Other lines go above it. It is
 * cut to the terminal's width, since what wraps cannot be written over.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class StatusLine {
  private static final long REDRAW_NANOS = 200_000_000;

  private final PrintWriter out;
  private final Terminal width;
  private String text = "";
  private int shown;
  private long drawn = System.nanoTime() - REDRAW_NANOS;

  /** Writes to a terminal. */
  public StatusLine(PrintWriter out, Terminal width) {
    this.out = out;
    this.width = width;
  }

  /** Returns a line on a terminal, and one that shows nothing elsewhere. */
  public static StatusLine forPeople(PrintWriter out) {
    return new StatusLine(
        Terminal.interactive() ? out : new PrintWriter(Writer.nullWriter()), new Terminal());
  }

  /** Returns a number of puzzles in words. */
  public static String puzzles(int number) {
    return number == 1 ? "1 puzzle" : number + " puzzles";
  }

  /** Shows a text in place of the last one. */
  public void show(String status) {
    text = status;
    drawn = System.nanoTime();
    draw();
  }

  /** Shows a text, unless the last one is younger than a fifth of a second. */
  public void showSometimes(Supplier<String> status) {
    if (System.nanoTime() - drawn >= REDRAW_NANOS) {
      show(status.get());
    }
  }

  /** Runs what prints whole lines, above the status. */
  public void above(Runnable lines) {
    erase();
    lines.run();
    draw();
  }

  /** Takes the status away. */
  public void clear() {
    text = "";
    erase();
  }

  private void draw() {
    // The last column stays free: a terminal may wrap as soon as it is filled.
    String cut = text.substring(0, Math.min(text.length(), Math.max(0, width.columns() - 1)));
    out.print("\r" + cut + " ".repeat(Math.max(0, shown - cut.length())));
    out.print("\b".repeat(Math.max(0, shown - cut.length())));
    out.flush();
    shown = cut.length();
  }

  private void erase() {
    out.print("\r" + " ".repeat(shown) + "\r");
    out.flush();
    shown = 0;
  }
}
