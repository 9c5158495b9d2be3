package org.trm4j.datasets.io.text;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of puzz.link, which hold a puzzle: type, columns, rows, and the cells in row order. A
 * digit or {@code a} to {@code f} is a number, {@code -} stands before two hexadecimal digits, and
 * {@code g} to {@code z} are 1 to 20 open cells.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class PuzzLink {
  /** Under which the Pencil Puzzle Bench has them. */
  static final String FIELD = "puzzlink_url";

  private static final Pattern SUDOKU =
      Pattern.compile("https?://\\S*\\?sudoku/(\\d{1,2})/(\\d{1,2})/([-0-9a-z]+)/?");

  private static final int HEX = 16;
  private static final int ALPHABET = 36;
  private static final int OPEN_FROM = 15;

  private PuzzLink() {}

  /**
   * Returns the cells of a Sudoku, a row a line, {@code .} for open and A to G from 10 on; null if
   * the text is no address of a Sudoku.
   */
  public static @Nullable String sudoku(String address) {
    Matcher parts = SUDOKU.matcher(address.strip());
    if (!parts.matches()) {
      return null;
    }
    int columns = Integer.parseInt(parts.group(1));
    int rows = Integer.parseInt(parts.group(2));
    char[] cells = new char[rows * columns];
    Arrays.fill(cells, '.');
    String body = parts.group(3);
    int cell = 0;
    for (int i = 0; i < body.length() && cell < cells.length; i++) {
      char c = body.charAt(i);
      if (c >= 'g') {
        cell += Character.digit(c, ALPHABET) - OPEN_FROM;
        continue;
      }
      int number = Character.digit(c, HEX);
      if (c == '-') {
        int end = Math.min(body.length(), i + 3);
        number = Integer.parseInt("0" + body.substring(i + 1, end), HEX);
        i = end - 1;
      }
      cells[cell++] = number <= HEX ? Character.forDigit(number, ALPHABET) : '?';
    }
    return new String(cells).replaceAll("(.{" + Math.max(1, columns) + "})(?=.)", "$1\n");
  }
}
