package org.trm4j.task;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.recursion.InvalidProgramException;
import org.trm4j.recursion.RecursionProgram;

/**
 * A whole task as data: what a model reads, its recursion, its heads, its training loss, and what
 * happens between supervision steps. A task is checked when it is built; {@link
 * org.trm4j.plan.Plan#lower} makes it runnable.
 *
 * @param recursion the latent states and one supervision step
 * @param input what is read of a puzzle
 * @param objective the heads and what they learn
 * @param transition what happens between supervision steps; null to go on with the same input, the
 *     draft being the arg-max of the head {@code logits}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record TaskProgram(
    RecursionProgram recursion,
    TaskInput input,
    Objective objective,
    @Nullable TransitionUse transition) {
  /** Name of the input that holds sets of tokens, [S, values]. */
  public static final String SETS = "sets";

  /** Name of the head whose arg-max is the draft unless a transition says otherwise. */
  public static final String LOGITS = "logits";

  /** Checks the task; throws {@link InvalidProgramException}. */
  public TaskProgram {
    TaskValidator.validate(recursion, input, objective, transition);
  }

  /** Returns the task of the published models: tokens in, a token for each cell out. */
  public static TaskProgram published(RecursionProgram recursion) {
    return new TaskProgram(recursion, new TaskInput.Tokens(), new Objective.Published(), null);
  }

  /** Returns this task with another recursion. */
  public TaskProgram withRecursion(RecursionProgram other) {
    return new TaskProgram(other, input, objective, transition);
  }

  /** Returns whether equal inputs give equal results whatever the key. A transition may draw. */
  public boolean isDeterministic() {
    return recursion.isDeterministic() && transition == null;
  }

  /** Returns whether it has the published input and objective and no transition. */
  public boolean isPublished() {
    return input instanceof TaskInput.Tokens
        && objective instanceof Objective.Published
        && transition == null;
  }

  /** Returns the task in a form that a person can check. */
  @Override
  public String toString() {
    if (isPublished()) {
      return recursion.toString();
    }
    StringBuilder out = new StringBuilder(recursion.toString()).append('\n');
    out.append("  input ").append(input).append('\n');
    if (objective instanceof Objective.Terms terms) {
      terms.heads().forEach(head -> out.append("  ").append(head).append('\n'));
      terms.terms().forEach(term -> out.append("  ").append(term).append('\n'));
    }
    return out.append("  transition ")
        .append(transition == null ? "none" : transition.id() + transition.arguments())
        .toString();
  }
}
