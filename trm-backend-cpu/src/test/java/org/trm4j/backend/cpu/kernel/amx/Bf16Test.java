package org.trm4j.backend.cpu.kernel.amx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bf16Test {

  /** Checks the definition: no neighbour is nearer, and ties go to even. */
  @Test
  void roundsToTheNearest() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000_000; i++) {
      int bits = random.nextInt();
      // Every fourth value lies halfway between two neighbours.
      float x = Float.intBitsToFloat(i % 4 == 0 ? bits & 0xffff0000 | 0x8000 : bits);
      if (Float.isNaN(x)) {
        assertThat(Bf16.toFloat(Bf16.of(x))).isNaN();
      } else if (Math.abs(x) < 0x1.fep127f) {
        short found = Bf16.of(x);
        double distance = Math.abs((double) x - Bf16.toFloat(found));
        for (int step = -1; step <= 1; step += 2) {
          short neighbour = (short) (found + step);
          double other = Math.abs((double) x - Bf16.toFloat(neighbour));
          boolean nearer = distance < other || distance == other && (found & 1) == 0;
          if (!nearer && Float.isFinite(Bf16.toFloat(neighbour))) {
            assertThat(Bf16.toFloat(found)).as("of %s", x).isEqualTo(Bf16.toFloat(neighbour));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00000000, 0000",
    "80000000, 8000",
    "3f800000, 3f80",
    "3f808000, 3f80",
    "3f808001, 3f81",
    "3f818000, 3f82",
    "3f817fff, 3f81",
    "bf818000, bf82",
    // The greatest float is nearer to infinity, like everything from halfway on.
    "7f7fffff, 7f80",
    "7f7f8000, 7f80",
    "7f7f7fff, 7f7f",
    "7f800000, 7f80",
    "ff800000, ff80",
    // Rounding must not turn a NaN into an infinity or a zero.
    "7f800001, 7fc0",
    "7fffffff, 7fff",
    "ffffffff, ffff",
    "00000001, 0000",
    "00008000, 0000",
    "00018000, 0002"
  })
  void roundsSpecialNumbers(String from, String to) {
    float x = Float.intBitsToFloat(Integer.parseUnsignedInt(from, 16));
    assertThat(Bf16.of(x)).isEqualTo((short) Integer.parseInt(to, 16));
  }
}
