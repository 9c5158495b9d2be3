package org.trm4j.view;

import java.util.Arrays;
import java.util.Locale;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Verification;

/** Answers and drafts in words. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Described {
  private Described() {}

  public static String lines(
      String what,
      Verification verification,
      float haltLogit,
      String rest,
      String grid,
      int[] tokens) {
    return "%s: %s%s%s\n%s"
        .formatted(
            what,
            verdict(verification),
            haltLogit == 0
                ? ""
                : String.format(Locale.ROOT, ", confidence %.4f", Logit.probability(haltLogit)),
            rest,
            grid.isEmpty() ? Arrays.toString(tokens) : grid);
  }

  /** Returns the verdict with what is wrong. */
  private static String verdict(Verification verification) {
    return switch (verification.outcome()) {
      case CORRECT -> "verified";
      case WRONG ->
          verification.detail().isEmpty() ? "wrong" : "wrong (" + verification.detail() + ")";
      case UNVERIFIABLE ->
          verification.detail().isEmpty()
              ? "unverifiable"
              : "unverifiable (" + verification.detail() + ")";
    };
  }
}
