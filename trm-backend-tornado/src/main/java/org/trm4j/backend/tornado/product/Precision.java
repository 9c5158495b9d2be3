package org.trm4j.backend.tornado.product;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.tornado.kernel.product.Bfloat16;
import org.trm4j.backend.tornado.memory.DeviceChoice;

/** The precision of a library's products; everything else is in single precision. */
public enum Precision {
  /** Single precision. */
  FP32(1e-5),
  /** Factors of 11 bits, sums in single precision. */
  TF32(2e-3),
  /**
   * Factors of 8 bits, sums in single precision: factors are rounded to bfloat16 when they are
   * staged, and TF32 holds them without another rounding. The library's own function for bfloat16
   * would round the results as well, and has no batches.
   */
  BF16(1e-4);

  /** The option, and with the prefix {@code trm.tornado.} the system property. */
  static final String OPTION = "precision";

  private static final String PROPERTY = "trm.tornado." + OPTION;

  /** The relative error that the check allows, with factors as {@link #factor} rounds them. */
  final double tolerance;

  Precision(double tolerance) {
    this.tolerance = tolerance;
  }

  /** Returns a factor as our kernels pass it on. */
  float factor(float x) {
    return this == BF16 ? Bfloat16.round(x) : x;
  }

  /** Returns the precision in the options, or else the system property, or else FP32. */
  static Precision of(Map<String, String> options) {
    String option = options.get(OPTION);
    String value = option == null ? System.getProperty(PROPERTY, "fp32") : option;
    return Arrays.stream(values())
        .filter(precision -> precision.name().toLowerCase(Locale.ROOT).equals(value))
        .findFirst()
        .orElseThrow(() ->
            new BackendException(
                "backend %s: %s=%s, expected fp32, tf32 or bf16"
                    .formatted(DeviceChoice.BACKEND, option == null ? PROPERTY : OPTION, value)));
  }
}
