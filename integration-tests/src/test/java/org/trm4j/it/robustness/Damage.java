package org.trm4j.it.robustness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes damaged input of good input; the same seed makes the same. */
final class Damage {
  private static final String[] NUMBERS = {
    "-1",
    "0",
    "2147483647",
    "2147483648",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999",
    "1e309",
    "-0.0",
    "1.5",
    "null",
    "[]",
    "{}",
    "\"\""
  };
  private static final long[] SIZES = {
    -1,
    0,
    1,
    0x7F,
    0xFF,
    0x7FFF,
    0xFFFF,
    Integer.MAX_VALUE,
    0xFFFFFFFFL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 40
  };

  private Damage() {}

  /** Returns another input after one to four injuries. */
  static byte[] of(byte[] good, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = good.clone();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      bytes = injure(bytes, random);
    }
    return bytes;
  }

  private static byte[] injure(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(bytes.length);
    int length = random.nextInt(1 + Math.min(64, bytes.length - at));
    return switch (random.nextInt(7)) {
      case 0 -> {
        bytes[at] = (byte) random.nextInt();
        yield bytes;
      }
      case 1 -> Arrays.copyOf(bytes, at);
      case 2 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
      case 3 -> splice(bytes, at, at + length, new byte[0]);
      case 4 -> number(bytes, at, random);
      case 5 -> size(bytes, at, random);
      default -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        yield splice(bytes, at, at, noise);
      }
    };
  }

  /** Replaces the next number that is written in digits. */
  private static byte[] number(byte[] bytes, int at, SplittableRandom random) {
    int from = at;
    while (from < bytes.length && !Character.isDigit(bytes[from])) {
      from++;
    }
    int to = from;
    while (to < bytes.length && Character.isDigit(bytes[to])) {
      to++;
    }
    String number = NUMBERS[random.nextInt(NUMBERS.length)];
    return splice(bytes, from, to, number.getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes a size that lies, in 1, 2, 4 or 8 bytes. */
  private static byte[] size(byte[] bytes, int at, SplittableRandom random) {
    long value = SIZES[random.nextInt(SIZES.length)];
    int width = 1 << random.nextInt(4);
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >>> 8 * i);
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + middle.length);
    out.write(bytes, 0, from);
    out.writeBytes(middle);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
