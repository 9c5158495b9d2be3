package org.trm4j.recursion.published;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;

/**
 * TRM's recursion for networks whose mixer reaches neighbouring cells alone ({@link
 * ModelConfig.Mixer#CONVOLUTION}). The published halting head reads the first row, which such a
 * network cannot tell about the rest of the grid: here it reads the mean of the cells, and weighs a
 * tenth. The cells learn by softmax cross-entropy.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class GridPolicy implements RecursionPolicyProvider {
  private static final double UNLIKELY = -3;

  private final RecursionPolicyProvider trm = new TrmPolicy();

  /** Called by the service loader. */
  public GridPolicy() {}

  @Override
  public String id() {
    return "trm-grid";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "TRM for convolutions: the halting head reads the mean of the cells";
  }

  @Override
  public PolicyArguments defaults() {
    return trm.defaults();
  }

  @Override
  public RecursionProgram program(PolicyArguments arguments) {
    return trm.program(arguments).named(arguments.title(id()));
  }

  @Override
  public TaskProgram task(PolicyArguments arguments, ModelConfig config) {
    RecursionProgram recursion = program(arguments);
    String answer = recursion.answer();
    return new TaskProgram(
        recursion,
        new TaskProgram.Input.Tokens(),
        new Objective.Terms(
            List.of(
                Objective.Head.cells(TaskProgram.LOGITS, config.vocabSize(), answer),
                new Objective.Head(
                    TaskProgram.HALT, Objective.Head.Rows.MEAN, 1, answer, UNLIKELY)),
            List.of(
                Objective.Term.of(
                    "answer",
                    TaskProgram.LOGITS,
                    Objective.Term.LossKind.SOFTMAX,
                    Objective.Term.Target.LABELS,
                    1),
                Objective.Term.of(
                    "halt",
                    TaskProgram.HALT,
                    Objective.Term.LossKind.BINARY,
                    new Objective.Term.Target.Exact(
                        TaskProgram.LOGITS, Objective.Term.Target.LABELS.name()),
                    0.1))));
  }
}
