package org.trm4j.backend.tornado.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.backend.tornado.kernel.product.Bfloat16;

class Bfloat16Test {
  @Test
  void roundsAsTheBitsSay() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200_000; i++) {
      check(random.nextInt());
    }
  }

  @Test
  void roundsTiesToEven() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 20_000; i++) {
      int tie = random.nextInt() & 0xFFFF0000 | 0x8000;
      check(tie - 1);
      check(tie);
      check(tie + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        0f,
        -0f,
        1f,
        -1f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_NORMAL,
        Float.MIN_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
      })
  void keepsWhatIsSpecial(float x) {
    check(Float.floatToRawIntBits(x));
  }

  private static void check(int bits) {
    float x = Float.intBitsToFloat(bits);
    float expected =
        Float.isFinite(x)
            ? Math.abs(x) < Float.MIN_NORMAL
                ? 0f
                : Float.intBitsToFloat(bits + 0x7FFF + (bits >> 16 & 1) & 0xFFFF0000)
            : Float.NaN;
    float found = Bfloat16.round(x);
    assertThat(found == expected || Float.isNaN(found) && Float.isNaN(expected))
        .as("%s: found %s, expected %s", x, found, expected)
        .isTrue();
  }
}
