package org.trm4j.halting;

import org.apiguardian.api.API;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;

/** Stops when the answer has stayed the same for k steps. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class UnchangedAnswer implements HaltingPolicyProvider {
  /** Called by the service loader. */
  public UnchangedAnswer() {}

  @Override
  public String id() {
    return "unchanged";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "stop when the answer has not changed for as many steps as the argument";
  }

  @Override
  public String defaultArgument() {
    return "2";
  }

  @Override
  public HaltingPolicy policy(String argument) {
    int steps = ArgumentReader.positive(id(), argument);
    return progress -> progress.unchangedSteps() >= steps;
  }
}
