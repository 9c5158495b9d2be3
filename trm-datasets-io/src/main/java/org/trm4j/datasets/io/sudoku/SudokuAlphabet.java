package org.trm4j.datasets.io.sudoku;

import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;

/** The meaning of a file's characters: the digits, in ascending order; all others are open. */
enum SudokuAlphabet {
  /** 1 to 9, then A to G; {@code . 0 _ * -} are open cells. */
  ONE_TO_G("1-G", "123456789ABCDEFG", ".0_*-"),
  /** 0 to 9, then A to F: 0 is the first digit. */
  ZERO_TO_F("0-F", "0123456789ABCDEF", "._*-"),
  /** A to P. */
  A_TO_P("A-P", "ABCDEFGHIJKLMNOP", ".0_*-");

  static final DatasetProvider.Option OPTION =
      new DatasetProvider.Option(
          "symbols",
          "",
          "16x16: 1-G (0 is an open cell), 0-F (0 is a digit) or A-P; found out unless set");

  private final String written;
  private final String digits;
  private final String open;

  SudokuAlphabet(String written, String digits, String open) {
    this.written = written;
    this.digits = digits;
    this.open = open;
  }

  static SudokuAlphabet of(String written) {
    for (SudokuAlphabet alphabet : values()) {
      if (alphabet.written.equals(written)) {
        return alphabet;
      }
    }
    throw new DatasetException(
        "data set sudoku: option symbols is %s, expected 1-G, 0-F or A-P".formatted(written));
  }

  /** Returns a cell as the codec writes it; other characters as they are, for the codec's error. */
  String canonical(String cells) {
    StringBuilder out = new StringBuilder(cells.length());
    for (int i = 0; i < cells.length(); i++) {
      char cell = Character.toUpperCase(cells.charAt(i));
      int digit = digits.indexOf(cell);
      boolean isOpen = open.indexOf(cell) >= 0;
      out.append(
          isOpen
              ? '.'
              : digit >= 0
                  ? ONE_TO_G.digits.charAt(digit)
                  : this == ONE_TO_G || !Character.isLetterOrDigit(cell) ? cells.charAt(i) : '?');
    }
    return out.toString();
  }
}
