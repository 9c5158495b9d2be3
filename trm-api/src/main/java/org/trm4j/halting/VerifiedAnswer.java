package org.trm4j.halting;

import org.apiguardian.api.API;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;

/**
 * Stops when the puzzle's own rules say that the answer is right; never for a puzzle without a
 * verifier.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class VerifiedAnswer implements HaltingPolicyProvider {
  /** Called by the service loader. */
  public VerifiedAnswer() {}

  @Override
  public String id() {
    return "verified";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "stop when the verifier finds the answer correct";
  }

  @Override
  public String defaultArgument() {
    return "";
  }

  @Override
  public HaltingPolicy policy(String argument) {
    ArgumentReader.none(id(), argument);
    return progress -> progress.verification().correct();
  }
}
