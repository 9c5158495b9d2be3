package org.trm4j.it.robustness;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Input that was never good; the same seed makes the same. */
final class Noise {
  private static final int LONGEST = 256;
  private static final String[] JSON = {
    "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "d800", "true", "null", "-", "0", "1", ".",
    "e", "+", " ", "\n"
  };

  private Noise() {}

  /** Returns up to 256 bytes; one array in 16 is empty, one in 16 of a single value. */
  static byte[] bytes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[random.nextInt(16) == 0 ? 0 : random.nextInt(LONGEST)];
    if (random.nextInt(16) == 0) {
      Arrays.fill(bytes, (byte) random.nextInt());
    } else {
      random.nextBytes(bytes);
    }
    return bytes;
  }

  /** Returns text of what JSON is made of, of any characters, or of both. */
  static String text(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int strange = new int[] {0, 1, 8, 8}[random.nextInt(4)];
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1 + random.nextInt(LONGEST)); i > 0; i--) {
      if (random.nextInt(8) < strange) {
        text.append((char) random.nextInt(1 << random.nextInt(17)));
      } else {
        text.append(JSON[random.nextInt(JSON.length)]);
      }
    }
    return text.toString();
  }
}
