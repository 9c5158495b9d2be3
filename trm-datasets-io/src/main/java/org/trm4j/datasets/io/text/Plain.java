package org.trm4j.datasets.io.text;

import java.text.Normalizer;
import org.apiguardian.api.API;

/** Lines as they are pasted from web pages, documents and terminals, in plain characters. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Plain {
  private static final String BARS = "\u2502\u2503\u2551\u00A6\u2506\u250A";

  private Plain() {}

  /**
   * Returns a line with digits, letters and spaces of one width, without invisible characters, and
   * with {@code |}, {@code -} and {@code +} for drawn lines.
   */
  public static String of(String line) {
    if (line.chars().allMatch(c -> c < 128)) {
      return line;
    }
    StringBuilder out = new StringBuilder(line.length());
    Normalizer.normalize(line, Normalizer.Form.NFKC)
        .codePoints()
        .forEach(c -> {
          if (BARS.indexOf(c) >= 0) {
            out.append('|');
          } else if (c == 0x2500
              || c == 0x2501
              || c == 0x2550
              || c >= 0x2010 && c <= 0x2015
              || c == 0x2212) {
            out.append('-');
          } else if (c > 0x2500 && c < 0x2580) {
            out.append('+');
          } else if (c == 0xB7 || c == 0x2022 || c == 0x2219) {
            out.append('.');
          } else if (Character.isSpaceChar(c)) {
            out.append(' ');
          } else if (Character.getType(c) != Character.FORMAT) {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }
}
