package org.trm4j.plan;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.recursion.RecursionProgram;

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
 * @param q [2], written by both: q_halt, q_continue
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public record Plan(
    ModelConfig config,
    String name,
    List<ParameterSpec> parameters,
    List<PlanNode> inference,
    List<PlanNode> training,
    List<StateBuffer> states,
    Buffer logits,
    Buffer q) {

  /** Copies the lists. */
  public Plan {
    parameters = List.copyOf(parameters);
    inference = List.copyOf(inference);
    training = List.copyOf(training);
    states = List.copyOf(states);
  }

  /** Lowers a program for a model. */
  public static Plan lower(ModelConfig config, RecursionProgram program) {
    return new Lowering(config, program).lower();
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
