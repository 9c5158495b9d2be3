package org.trm4j.backend.tornado.product;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.tornado.memory.DeviceChoice;

/** The precision of products by a library; all else is in single precision. */
public enum Precision {
  /** Single precision. */
  FP32(1e-5),
  /** Factors of 11 bits, sums in single precision. */
  TF32(2e-3);

  /** The option, and with the prefix {@code trm.tornado.} the system property. */
  static final String OPTION = "precision";

  private static final String PROPERTY = "trm.tornado." + OPTION;

  /** The relative error that the check allows. */
  final double tolerance;

  Precision(double tolerance) {
    this.tolerance = tolerance;
  }

  /** Returns what the options ask for, or else the system property, or else FP32. */
  static Precision of(Map<String, String> options) {
    String option = options.get(OPTION);
    String value = option == null ? System.getProperty(PROPERTY, "fp32") : option;
    if (value.equals("bf16")) {
      throw new BackendException(
          "backend %s: precision bf16 is not there: TornadoVM's kernels cannot round to it on every device, so that it could not be tested; tf32 is"
              .formatted(DeviceChoice.BACKEND));
    }
    return Arrays.stream(values())
        .filter(precision -> precision.name().toLowerCase(Locale.ROOT).equals(value))
        .findFirst()
        .orElseThrow(() ->
            new BackendException(
                "backend %s: %s=%s, expected fp32 or tf32"
                    .formatted(DeviceChoice.BACKEND, option == null ? PROPERTY : OPTION, value)));
  }
}
