package org.trm4j.recursion.published;

import static org.trm4j.recursion.RecursionProgram.Builder.repeat;
import static org.trm4j.recursion.RecursionProgram.Builder.update;

import org.apiguardian.api.API;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/**
 * The recursion of "Less is More: Recursive Reasoning with Tiny Networks" (arXiv 2510.04871, figure
 * 3).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TrmPolicy implements RecursionPolicyProvider {
  /** Called by the service loader. */
  public TrmPolicy() {}

  @Override
  public String id() {
    return "trm";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "Tiny Recursive Model: n latent updates, then one answer update, T times, gradient"
        + " through the last";
  }

  @Override
  public PolicyArguments defaults() {
    return PolicyArguments.of("T", 3).and("n", 6).and("layers", 2);
  }

  @Override
  public RecursionProgram program(PolicyArguments arguments) {
    Statement[] cycle = {
      repeat(arguments.get("n"), update("z_L", "L_level", "z_L", "z_H", "x")),
      update("z_H", "L_level", "z_H", "z_L")
    };
    return Cycles.lastWithGradient(
            RecursionProgram.builder(arguments.title(id()))
                .state("z_H", "H_init")
                .state("z_L", "L_init"),
            arguments.get("T"),
            cycle)
        .module("L_level", arguments.get("layers"))
        .answer("z_H")
        .build();
  }
}
