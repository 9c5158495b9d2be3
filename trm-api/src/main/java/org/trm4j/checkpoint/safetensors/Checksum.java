package org.trm4j.checkpoint.safetensors;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The checksum that a checkpoint carries in its own header: CRC-32C of the whole file, with zeros
 * where the checksum's own eight digits stand.
 */
final class Checksum {
  /** The metadata key. */
  static final String KEY = "trm4j_checksum";

  private static final String KIND = "crc32c:";
  private static final String ZEROS = "00000000";

  /** The value while the checksum is not known. */
  static final String OPEN = KIND + ZEROS;

  private static final int CHUNK = 1 << 26;

  private Checksum() {}

  /** Returns where the eight digits start in a header's JSON text, or -1 where it has none. */
  static int digits(byte[] header) {
    byte[] sought = ("\"" + KEY + "\":\"" + KIND).getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at + sought.length + ZEROS.length() <= header.length; at++) {
      int same = 0;
      while (same < sought.length && header[at + same] == sought[same]) {
        same++;
      }
      if (same == sought.length) {
        return at + same;
      }
    }
    return -1;
  }

  static byte[] format(CRC32C sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue()).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Throws {@link IllegalArgumentException} where the file is not what was written.
   *
   * @param file the whole file
   * @param header its JSON text, the bytes from 8
   * @param value of the metadata key
   */
  static void verify(MemorySegment file, byte[] header, String value) {
    int digits = digits(header);
    if (digits < 0) {
      throw new IllegalArgumentException(
          "checksum %s, expected %s and eight digits in the header's metadata"
              .formatted(value, KIND));
    }
    CRC32C sum = new CRC32C();
    long at = 8L + digits;
    update(sum, file.asSlice(0, at));
    sum.update(ZEROS.getBytes(StandardCharsets.US_ASCII));
    update(sum, file.asSlice(at + ZEROS.length()));
    String found = KIND + new String(format(sum), StandardCharsets.US_ASCII);
    if (!found.equals(value)) {
      throw new IllegalArgumentException(
          "its content has checksum %s, expected %s: it is damaged, or another program changed it (which must then leave out the metadata key %s)"
              .formatted(found, value, KEY));
    }
  }

  private static void update(CRC32C sum, MemorySegment part) {
    for (long from = 0; from < part.byteSize(); from += CHUNK) {
      ByteBuffer chunk = part.asSlice(from, Math.min(CHUNK, part.byteSize() - from)).asByteBuffer();
      sum.update(chunk);
    }
  }
}
