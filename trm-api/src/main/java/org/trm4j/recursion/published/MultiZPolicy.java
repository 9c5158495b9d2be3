package org.trm4j.recursion.published;

import static org.trm4j.recursion.RecursionProgram.Builder.update;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.trm4j.recursion.InvalidProgramException;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/**
 * TRM with several scratchpads of which each update writes the next one (arXiv 2510.04871, section
 * 4.2, table 2: seven latent states in all).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class MultiZPolicy implements RecursionPolicyProvider {
  private static final int LATENTS = 6;

  /** Called by the service loader. */
  public MultiZPolicy() {}

  @Override
  public String id() {
    return "trm-multi-z";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "TRM with six scratchpads z1..z6: update i writes z_i from their sum; then the answer, T"
        + " times";
  }

  @Override
  public PolicyArguments defaults() {
    return PolicyArguments.of("T", 3).and("n", LATENTS).and("layers", 2);
  }

  @Override
  public RecursionProgram program(PolicyArguments arguments) {
    int updates = arguments.get("n");
    if (updates > LATENTS) {
      throw new InvalidProgramException(
          "recursion program %s: n: %s, expected at most %s, one for each scratchpad"
              .formatted(arguments.title(id()), updates, LATENTS));
    }
    List<String> latents = IntStream.rangeClosed(1, LATENTS).mapToObj(i -> "z_L" + i).toList();
    RecursionProgram.Builder program =
        RecursionProgram.builder(arguments.title(id())).state("z_H", "H_init");
    List<Statement> cycle = new ArrayList<>();
    for (int i = 1; i <= LATENTS; i++) {
      String latent = "z_L" + i;
      if (i <= updates) {
        program.state(latent, "L" + i + "_init");
        cycle.add(update(latent, "L_level", latents, List.of("z_H", "x")));
      } else {
        program.constantState(latent, "L" + i + "_init");
      }
    }
    cycle.add(update("z_H", "L_level", List.of("z_H"), latents));
    return Cycles.lastWithGradient(program, arguments.get("T"), cycle.toArray(Statement[]::new))
        .module("L_level", arguments.get("layers"))
        .answer("z_H")
        .build();
  }
}
