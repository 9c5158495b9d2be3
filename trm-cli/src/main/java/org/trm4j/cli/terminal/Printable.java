package org.trm4j.cli.terminal;

import java.util.HexFormat;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Text from outside - names, metadata, messages of servers - as a terminal may show it. What could
 * move the cursor, change the title or reorder letters is written as an escape such as {@code
 * \u001b}, which is also what JSON calls it.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Printable {
  private static final int LONGEST = 2000;
  private static final int END = 400;
  private static final HexFormat HEX = HexFormat.of();

  private Printable() {}

  /** Returns text that may have several lines: line feeds and tabs stay. */
  public static String text(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n' || c == '\t' || isPrintable(c)) {
            printable.appendCodePoint(c);
          } else {
            for (char unit : Character.toChars(c)) {
              printable.append("\\u").append(HEX.toHexDigits(unit));
            }
          }
        });
    return printable.toString();
  }

  /** Returns one line of bounded length; the middle of a longer one is left out. */
  public static String line(@Nullable String text) {
    if (text == null) {
      return "no message";
    }
    String cut =
        text.length() <= LONGEST
            ? text
            : text.substring(0, LONGEST - END)
                + " ... (%s characters) ... ".formatted(text.length() - LONGEST)
                + text.substring(text.length() - END);
    return text(cut.strip().replaceAll("\\s*\\R\\s*", " ").replace('\t', ' '));
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
