package org.trm4j.datasets.io.text;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Refuses a line without end: a small compressed file can hold one that fills the heap before a
 * reader of lines has seen its end.
 */
final class BoundedLines extends FilterReader {
  /** Far more than any puzzle takes, or many puzzles on one line. */
  static final int LONGEST = 1 << 22;

  private long line = 1;
  private int length;

  BoundedLines(Reader in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] buffer, int offset, int count) throws IOException {
    int read = super.read(buffer, offset, count);
    for (int i = offset; i < offset + read; i++) {
      if (buffer[i] == '\n') {
        line++;
        length = 0;
      } else if (buffer[i] == '\r') {
        length = 0;
      } else if (++length > LONGEST) {
        throw new IOException("line %s has more than %s characters".formatted(line, LONGEST));
      }
    }
    return read;
  }
}
