package org.trm4j.datasets.io.text;

import org.jspecify.annotations.Nullable;

/** Kinds of files that hold no text, recognised by their first bytes, with advice for each. */
enum FileKind {
  ZIP(
      "is a zip archive; unpack it and name the file in it, or save a spreadsheet as CSV",
      'P',
      'K',
      3,
      4),
  PARQUET(
      "is a Parquet file; save it as CSV with the columns question and answer", 'P', 'A', 'R', '1'),
  ARROW(
      "is an Arrow file; save it as CSV with the columns question and answer",
      'A',
      'R',
      'R',
      'O',
      'W',
      '1'),
  BZIP2("is compressed by bzip2; unpack it, or use gzip", 'B', 'Z', 'h'),
  XZ("is compressed by xz; unpack it, or use gzip", 0xFD, '7', 'z', 'X', 'Z'),
  ZSTD("is compressed by zstd; unpack it, or use gzip", 0x28, 0xB5, 0x2F, 0xFD),
  SEVEN_ZIP("is a 7z archive; unpack it and name the file in it", '7', 'z', 0xBC, 0xAF),
  RAR("is a rar archive; unpack it and name the file in it", 'R', 'a', 'r', '!'),
  NPY(
      "is a numpy array; give the builder's folder with dataset.json, or save it as CSV",
      0x93,
      'N',
      'U',
      'M',
      'P',
      'Y'),
  PICKLE(
      "is a Python pickle, which is not read, as it can run code; save it as JSON or CSV", 0x80, 4),
  HDF("is an HDF5 file; save it as CSV with the columns question and answer", 0x89, 'H', 'D', 'F'),
  SQLITE("is an SQLite database; export the table as CSV", 'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f'),
  PDF("is a PDF; copy the puzzles out of it into a text file", '%', 'P', 'D', 'F'),
  RTF("is a document in RTF; save it as plain text", '{', '\\', 'r', 't', 'f'),
  UTF_32_LE("is text in UTF-32; save it in UTF-8", 0xFF, 0xFE, 0, 0),
  UTF_32_BE("is text in UTF-32; save it in UTF-8", 0, 0, 0xFE, 0xFF);

  /** The number of bytes to read. */
  static final int LONGEST = 8;

  private final String what;
  private final int[] magic;

  FileKind(String what, int... magic) {
    this.what = what;
    this.magic = magic;
  }

  /** Returns what a file is and what to do, or null if it may be text. */
  static @Nullable String of(byte[] start) {
    for (FileKind kind : values()) {
      if (starts(start, kind.magic)) {
        return kind.what;
      }
    }
    return null;
  }

  /** Returns whether bytes begin with these. */
  static boolean starts(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (bytes.length <= i || bytes[i] != (byte) magic[i]) {
        return false;
      }
    }
    return true;
  }
}
