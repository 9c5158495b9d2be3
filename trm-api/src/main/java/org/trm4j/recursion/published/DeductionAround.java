package org.trm4j.recursion.published;

import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.deduction.DeductionTask;

/**
 * Deduction (arXiv 2605.08605) around the recursion of a plain policy, so that it can start from a
 * trained plain model; see {@link org.trm4j.task.deduction.DeductionStart}.
 */
abstract class DeductionAround implements RecursionPolicyProvider {
  private final RecursionPolicyProvider plain;
  private final String name;

  /**
   * Takes the plain policy.
   *
   * @param name of its recursion, for people
   */
  DeductionAround(RecursionPolicyProvider plain, String name) {
    this.plain = plain;
    this.name = name;
  }

  @Override
  public final String id() {
    return plain.id() + "-deduction";
  }

  @Override
  public final int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public final String description() {
    return "Deduction over sets of possible values around %s, gradient through the last cycle"
        .formatted(name);
  }

  @Override
  public final PolicyArguments defaults() {
    return DeductionTask.arguments(plain.defaults());
  }

  @Override
  public final RecursionProgram program(PolicyArguments arguments) {
    return plain.program(arguments).named(arguments.title(id()));
  }

  @Override
  public final TaskProgram task(PolicyArguments arguments, ModelConfig config) {
    return DeductionTask.of(program(arguments), config, arguments);
  }
}
