package org.trm4j.halting;

import org.apiguardian.api.API;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;

/**
 * Stops when the halting head is sure: sigmoid(q_halt) above a threshold (q_halt &gt; 0 for 0.5).
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class HaltingHead implements HaltingPolicyProvider {
  /** Called by the service loader. */
  public HaltingHead() {}

  @Override
  public String id() {
    return "halt-head";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "stop when sigmoid(q_halt) exceeds the argument";
  }

  @Override
  public String defaultArgument() {
    return "0.5";
  }

  @Override
  public HaltingPolicy policy(String argument) {
    double probability = ArgumentReader.probability(id(), argument);
    double logit = Math.log(probability / (1 - probability));
    return progress -> progress.haltLogit() > logit;
  }
}
