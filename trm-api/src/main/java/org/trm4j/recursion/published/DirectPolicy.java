package org.trm4j.recursion.published;

import static org.trm4j.recursion.RecursionProgram.Builder.update;
import static org.trm4j.recursion.RecursionProgram.Builder.withGradient;

import org.apiguardian.api.API;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/**
 * The transformer baseline: one pass through the layers for each supervision step, no recursion
 * inside it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class DirectPolicy implements RecursionPolicyProvider {
  /** Called by the service loader. */
  public DirectPolicy() {}

  @Override
  public String id() {
    return "direct";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "direct prediction: one application of the network per supervision step";
  }

  @Override
  public PolicyArguments defaults() {
    return PolicyArguments.of("layers", 8);
  }

  @Override
  public RecursionProgram program(PolicyArguments arguments) {
    return RecursionProgram.builder(arguments.title(id()))
        .state("z_H", "H_init")
        .module("H_level", arguments.get("layers"))
        .then(withGradient(update("z_H", "H_level", "z_H", "x")))
        .answer("z_H")
        .haltRule(RecursionProgram.HaltRule.HALT_OVER_CONTINUE)
        .build();
  }
}
