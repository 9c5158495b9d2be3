package org.trm4j.recursion.published;

import static org.trm4j.recursion.RecursionProgram.Builder.update;

import org.apiguardian.api.API;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/**
 * The Hierarchical Reasoning Model (arXiv 2506.21734): two modules, one-step gradient, Q-learning
 * of when to stop.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class HrmPolicy implements RecursionPolicyProvider {
  /** Called by the service loader. */
  public HrmPolicy() {}

  @Override
  public String id() {
    return "hrm";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "Hierarchical Reasoning Model: n low-level updates, one high-level update, T times,"
        + " one-step gradient";
  }

  @Override
  public PolicyArguments defaults() {
    return PolicyArguments.of("T", 2).and("n", 2).and("hLayers", 4).and("lLayers", 4);
  }

  @Override
  public RecursionProgram program(PolicyArguments arguments) {
    Statement low = update("z_L", "L_level", "z_L", "z_H", "x");
    Statement high = update("z_H", "H_level", "z_H", "z_L");
    return Cycles.lastUpdatesWithGradient(
            RecursionProgram.builder(arguments.title(id()))
                .state("z_H", "H_init")
                .state("z_L", "L_init"),
            arguments.get("T"),
            arguments.get("n"),
            low,
            high)
        .module("H_level", arguments.get("hLayers"))
        .module("L_level", arguments.get("lLayers"))
        .answer("z_H")
        .haltRule(RecursionProgram.HaltRule.HALT_OVER_CONTINUE)
        .continueTarget()
        .build();
  }
}
