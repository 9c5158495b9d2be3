package org.trm4j.halting;

import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.halting.spi.Progress;

/**
 * Stops at the fixed point of the recursion: when a supervision step hardly changes the latent
 * states (FPRM, arXiv 2606.18206; see {@link Progress.Change#STATE}).
 */
@API(status = API.Status.MAINTAINED, since = "0.2.0")
public final class FixedPoint implements HaltingPolicyProvider {
  /** Called by the service loader. */
  public FixedPoint() {}

  @Override
  public String id() {
    return "fixed-point";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "stop when a step changes the latent states by less than the argument, relative to them";
  }

  @Override
  public String defaultArgument() {
    return "0.01";
  }

  @Override
  public HaltingPolicy policy(String argument) {
    double size = ArgumentReader.size(id(), argument);
    return HaltingPolicy.reading(
        Set.of(Progress.Change.STATE), progress -> progress.change(Progress.Change.STATE) < size);
  }
}
