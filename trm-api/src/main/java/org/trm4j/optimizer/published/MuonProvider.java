package org.trm4j.optimizer.published;

import org.apiguardian.api.API;
import org.trm4j.optimizer.spi.Optimizer;
import org.trm4j.optimizer.spi.OptimizerProvider;
import org.trm4j.recursion.spi.PolicyArguments;

/** Muon (Keller Jordan, 2024); see {@link Muon}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class MuonProvider implements OptimizerProvider {
  /** Called by the service loader. */
  public MuonProvider() {}

  @Override
  public String id() {
    return "muon";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "Muon (Jordan 2024): orthogonalised momentum, for matrices only";
  }

  @Override
  public PolicyArguments defaults() {
    return PolicyArguments.of("momentum", 0.95).and("iterations", 5);
  }

  @Override
  public Optimizer optimizer(PolicyArguments arguments) {
    return new Muon(arguments.number("momentum"), arguments.get("iterations"));
  }
}
