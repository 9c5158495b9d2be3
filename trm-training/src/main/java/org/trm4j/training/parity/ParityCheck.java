package org.trm4j.training.parity;

import java.util.Locale;
import org.apiguardian.api.API;

/**
 * One comparison.
 *
 * @param value what was compared, such as {@code eval.0.logits}
 * @param error relative L2 norm of the difference, or how many discrete values differ; NaN where
 *     either side holds one
 * @param tolerance the largest error that passes
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ParityCheck(String value, double error, double tolerance) {

  /** Returns whether the error is a number within the tolerance; NaN never passes. */
  public boolean passed() {
    return error <= tolerance;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: error %.3g, tolerance %.3g%s",
        value,
        error,
        tolerance,
        passed() ? "" : " FAIL");
  }
}
