package org.trm4j.plan;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.buffer.StateBuffer;
import org.trm4j.plan.lower.Lowering;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.task.TaskProgram;

/**
 * A recursion program lowered for one model configuration: what one supervision step of one
 * sequence computes, as a list of coarse operations over named buffers. Backends execute it; they
 * do not know the program.
 *
 * @param config the model
 * @param name of the program that was lowered
 * @param parameters every parameter, in order
 * @param inference the nodes of a step without gradient
 * @param training the nodes of a step with loss and gradient: gradients are added to those already
 *     there
 * @param states the latent states, in the program's order
 * @param logits [S, V], written by both
 * @param q [2], written by both: q_halt, q_continue; empty, as logits are, where the task has no
 *     head of that name
 * @param inputs what the host hands over besides tokens and labels
 * @param outputs the heads of a task with heads of its own, written by both
 * @param losses the terms' losses of such a task, [1] each, written by training
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Plan(
    ModelConfig config,
    String name,
    List<ParameterSpec> parameters,
    List<PlanNode> inference,
    List<PlanNode> training,
    List<StateBuffer> states,
    Buffer logits,
    Buffer q,
    List<Buffer> inputs,
    List<Buffer> outputs,
    List<Buffer> losses) {

  /** Copies the lists. */
  public Plan {
    parameters = List.copyOf(parameters);
    inference = List.copyOf(inference);
    training = List.copyOf(training);
    states = List.copyOf(states);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    losses = List.copyOf(losses);
  }

  /** Makes a plan whose only heads are the published ones. */
  public Plan(
      ModelConfig config,
      String name,
      List<ParameterSpec> parameters,
      List<PlanNode> inference,
      List<PlanNode> training,
      List<StateBuffer> states,
      Buffer logits,
      Buffer q) {
    this(
        config,
        name,
        parameters,
        inference,
        training,
        states,
        logits,
        q,
        List.of(),
        List.of(),
        List.of());
  }

  /** Lowers a program for a model. */
  public static Plan lower(ModelConfig config, RecursionProgram program) {
    return lower(config, TaskProgram.published(program));
  }

  /** Lowers a task for a model. */
  public static Plan lower(ModelConfig config, TaskProgram task) {
    Lowering lowering = new Lowering(config, task);
    return new Plan(
        config,
        task.recursion().name(),
        lowering.parameters(),
        lowering.inference(),
        lowering.training(),
        lowering.states(),
        lowering.logits(),
        lowering.q(),
        lowering.inputs(),
        lowering.outputs(),
        lowering.losses());
  }

  /** Returns whether training reports {@code SequenceMetrics}: the published loss does. */
  public boolean hasPublishedLoss() {
    return losses.isEmpty();
  }

  /** Returns the buffers of the latent states, in order. */
  public List<Buffer> stateBuffers() {
    return states.stream().map(StateBuffer::buffer).toList();
  }

  /** Returns the parameter of that name; throws when there is none. */
  public ParameterSpec parameter(String name) {
    return parameters.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("plan: no parameter " + name));
  }

  /** Returns both node lists in a form that a person can check against the paper. */
  @Override
  public String toString() {
    return PlanPrinter.print(this);
  }
}
