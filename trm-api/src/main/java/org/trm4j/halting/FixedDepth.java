package org.trm4j.halting;

import org.apiguardian.api.API;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;

/** Runs every step up to the limit, as the reference evaluates. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class FixedDepth implements HaltingPolicyProvider {
  /** Called by the service loader. */
  public FixedDepth() {}

  @Override
  public String id() {
    return "fixed";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "never stop before the limit on steps, as the reference evaluates";
  }

  @Override
  public String defaultArgument() {
    return "";
  }

  @Override
  public HaltingPolicy policy(String argument) {
    ArgumentReader.none(id(), argument);
    return progress -> false;
  }
}
