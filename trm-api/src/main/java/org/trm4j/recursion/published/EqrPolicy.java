package org.trm4j.recursion.published;

import static org.trm4j.recursion.RecursionProgram.Builder.repeat;
import static org.trm4j.recursion.RecursionProgram.Builder.update;

import org.apiguardian.api.API;
import org.trm4j.recursion.LatentState;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/**
 * TRM with states that start at random, damped updates and noise (EqR, arXiv 2605.21488). Its
 * published models have no puzzle tokens.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class EqrPolicy implements RecursionPolicyProvider {
  /** Called by the service loader. */
  public EqrPolicy() {}

  @Override
  public String id() {
    return "eqr";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "EqR: TRM from random starts, each update damped by lambda with noise of deviation"
        + " sigma";
  }

  @Override
  public PolicyArguments defaults() {
    return PolicyArguments.of("T", 3)
        .and("n", 6)
        .and("layers", 2)
        .and("lambda", 0.95)
        .and("sigma", 0.01);
  }

  @Override
  public RecursionProgram program(PolicyArguments arguments) {
    Statement.Mix mix = new Statement.Mix(arguments.number("lambda"), arguments.number("sigma"));
    Statement[] cycle = {
      repeat(arguments.get("n"), update(mix, "z_L", "L_level", "z_L", "z_H", "x")),
      update(mix, "z_H", "L_level", "z_H", "z_L")
    };
    return Cycles.lastWithGradient(
            RecursionProgram.builder(arguments.title(id()))
                .state("z_H", new LatentState.Start.TruncatedNormal(1))
                .state("z_L", new LatentState.Start.TruncatedNormal(1)),
            arguments.get("T"),
            cycle)
        .module("L_level", arguments.get("layers"))
        .answer("z_H")
        .build();
  }
}
