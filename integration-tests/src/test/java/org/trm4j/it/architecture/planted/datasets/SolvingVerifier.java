package org.trm4j.it.architecture.planted.datasets;

import java.util.Arrays;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;

/** Planted: breaks a rule on purpose. */
final class SolvingVerifier implements Verifier {
  @Override
  public Verification verify(int[] question, int[] answer) {
    return Arrays.equals(Oracle.answer(question), answer)
        ? Verification.CORRECT
        : Verification.wrong("not the solver's answer");
  }
}
