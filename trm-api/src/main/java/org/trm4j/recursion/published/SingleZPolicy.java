package org.trm4j.recursion.published;

import static org.trm4j.recursion.RecursionProgram.Builder.repeat;
import static org.trm4j.recursion.RecursionProgram.Builder.update;

import org.apiguardian.api.API;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/**
 * TRM with one latent state that is scratchpad and answer at once (arXiv 2510.04871, section 4.2,
 * table 2).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SingleZPolicy implements RecursionPolicyProvider {
  /** Called by the service loader. */
  public SingleZPolicy() {}

  @Override
  public String id() {
    return "trm-single-z";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "TRM with a single latent: n updates with the input, one without, T times, gradient"
        + " through the last";
  }

  @Override
  public PolicyArguments defaults() {
    return PolicyArguments.of("T", 3).and("n", 6).and("layers", 2);
  }

  @Override
  public RecursionProgram program(PolicyArguments arguments) {
    Statement[] cycle = {
      repeat(arguments.get("n"), update("z_L", "L_level", "z_L", "x")),
      update("z_L", "L_level", "z_L")
    };
    return Cycles.lastWithGradient(
            RecursionProgram.builder(arguments.title(id())).state("z_L", "L_init"),
            arguments.get("T"),
            cycle)
        .module("L_level", arguments.get("layers"))
        .answer("z_L")
        .build();
  }
}
