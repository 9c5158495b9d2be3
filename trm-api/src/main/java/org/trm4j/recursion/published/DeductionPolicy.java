package org.trm4j.recursion.published;

import static org.trm4j.recursion.RecursionProgram.Builder.repeat;
import static org.trm4j.recursion.RecursionProgram.Builder.supervise;
import static org.trm4j.recursion.RecursionProgram.Builder.update;
import static org.trm4j.recursion.RecursionProgram.Builder.withGradient;

import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.deduction.DeductionTask;

/**
 * Lattice deduction (arXiv 2605.08605) with a network of our own: {@code h <- layers(h + x)}, a
 * loss on every loop, gradients through all of them. Meant for learned positions and a prefix of
 * one row.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class DeductionPolicy implements RecursionPolicyProvider {
  /** Called by the service loader. */
  public DeductionPolicy() {}

  @Override
  public String id() {
    return "deduction";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "Deduction over sets of possible values: loops of one network, a loss on every loop";
  }

  @Override
  public PolicyArguments defaults() {
    return DeductionTask.arguments(PolicyArguments.of("loops", 16).and("layers", 4));
  }

  @Override
  public RecursionProgram program(PolicyArguments arguments) {
    return RecursionProgram.builder(arguments.title(id()))
        .state("h", "h_init")
        .module("net", arguments.get("layers"))
        .then(
            withGradient(repeat(arguments.get("loops"), update("h", "net", "h", "x"), supervise())))
        .answer("h")
        .build();
  }

  @Override
  public TaskProgram task(PolicyArguments arguments, ModelConfig config) {
    return DeductionTask.of(program(arguments), config, arguments);
  }
}
