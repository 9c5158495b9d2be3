package org.trm4j.recursion.published;

import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.deduction.DeductionTask;

/**
 * Deduction (arXiv 2605.08605) around the recursion of {@link EqrPolicy}, so that it can start from
 * a trained plain model; see {@link org.trm4j.task.deduction.DeductionStart}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class EqrDeductionPolicy implements RecursionPolicyProvider {
  private final EqrPolicy plain = new EqrPolicy();

  /** Called by the service loader. */
  public EqrDeductionPolicy() {}

  @Override
  public String id() {
    return "eqr-deduction";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "Deduction over sets of possible values around EqR, gradient through the last cycle";
  }

  @Override
  public PolicyArguments defaults() {
    return plain.defaults();
  }

  @Override
  public RecursionProgram program(PolicyArguments arguments) {
    return plain.program(arguments).named(arguments.title(id()));
  }

  @Override
  public TaskProgram task(PolicyArguments arguments, ModelConfig config) {
    return DeductionTask.of(program(arguments), config);
  }
}
