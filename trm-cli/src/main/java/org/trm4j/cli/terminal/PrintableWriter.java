package org.trm4j.cli.terminal;

import java.io.PrintWriter;
import java.io.Writer;
import org.apiguardian.api.API;

/** Makes what others write printable before it reaches a terminal. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class PrintableWriter extends Writer {
  private final PrintWriter out;

  private PrintableWriter(PrintWriter out) {
    this.out = out;
  }

  /** Returns a writer that passes printable text on to another one. */
  public static PrintWriter of(PrintWriter out) {
    return new PrintWriter(new PrintableWriter(out));
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    out.write(Printable.text(new String(characters, offset, length).replace("\r\n", "\n")));
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
