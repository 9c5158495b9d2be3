package org.trm4j.recursion.published;

import static org.trm4j.recursion.RecursionProgram.Builder.update;

import org.apiguardian.api.API;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/**
 * TRM with HRM's one-step gradient: only the last update of each latent state learns (arXiv
 * 2510.04871, ablation table 1).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class OneStepGradientPolicy implements RecursionPolicyProvider {
  /** Called by the service loader. */
  public OneStepGradientPolicy() {}

  @Override
  public String id() {
    return "trm-one-step-gradient";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "TRM whose gradient sees only the last scratchpad update and the last answer update";
  }

  @Override
  public PolicyArguments defaults() {
    return PolicyArguments.of("T", 3).and("n", 6).and("layers", 2);
  }

  @Override
  public RecursionProgram program(PolicyArguments arguments) {
    Statement scratchpad = update("z_L", "L_level", "z_L", "z_H", "x");
    Statement answer = update("z_H", "L_level", "z_H", "z_L");
    return Cycles.lastUpdatesWithGradient(
            RecursionProgram.builder(arguments.title(id()))
                .state("z_H", "H_init")
                .state("z_L", "L_init"),
            arguments.get("T"),
            arguments.get("n"),
            scratchpad,
            answer)
        .module("L_level", arguments.get("layers"))
        .answer("z_H")
        .build();
  }
}
