package org.trm4j.task;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;
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
 * @param transition what happens between supervision steps; empty to go on with the same input, the
 *     draft being the arg-max of the head {@code logits}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record TaskProgram(
    RecursionProgram recursion,
    Input input,
    Objective objective,
    Optional<TransitionUse> transition) {
  /** Supervision steps of the published evaluation. */
  public static final int PUBLISHED_STEPS = 16;

  /** Default limit on the supervision steps of an attempt that a transition ends. */
  public static final int STEPS_TO_AN_END = 40;

  /** Name of the argument of a transition that says another default limit. */
  public static final String USUAL_STEPS = "usualSteps";

  /** Name of the input that holds sets of tokens, [S, values]. */
  public static final String SETS = "sets";

  /** Name of the head whose arg-max is the draft unless a transition says otherwise. */
  public static final String LOGITS = "logits";

  /**
   * Name of the head of one logit that says whether to stop, where no transition does. Halting
   * policies and training read it.
   */
  public static final String HALT = "q_halt";

  /** Name of the head of one logit that says whether to go on, as {@link #HALT} does to stop. */
  public static final String CONTINUE = "q_continue";

  /** Checks the task; throws {@link InvalidProgramException}. */
  public TaskProgram {
    TaskValidator.validate(recursion, input, objective, transition.orElse(null));
  }

  /** A task that goes on with the same input, the draft being the arg-max of {@code logits}. */
  public TaskProgram(RecursionProgram recursion, Input input, Objective objective) {
    this(recursion, input, objective, Optional.empty());
  }

  /** A task with a transition. */
  public TaskProgram(
      RecursionProgram recursion, Input input, Objective objective, TransitionUse transition) {
    this(recursion, input, objective, Optional.of(transition));
  }

  /** Returns the task of the published models: tokens in, a token for each cell out. */
  public static TaskProgram published(RecursionProgram recursion) {
    return new TaskProgram(recursion, new Input.Tokens(), new Objective.Published());
  }

  /** Returns this task with another recursion. */
  public TaskProgram withRecursion(RecursionProgram other) {
    return new TaskProgram(other, input, objective, transition);
  }

  /** Returns whether equal inputs give equal results whatever the key. A transition may draw. */
  public boolean isDeterministic() {
    return recursion.isDeterministic() && transition.isEmpty();
  }

  /**
   * Returns the default limit on the supervision steps of an attempt: 16, as in the published
   * evaluation, or 40 with a transition, which ends attempts itself, unless its argument {@code
   * usualSteps} says otherwise.
   */
  public int usualSteps() {
    return transition
        .map(use -> use.arguments().getOrDefault(USUAL_STEPS, STEPS_TO_AN_END).intValue())
        .orElse(PUBLISHED_STEPS);
  }

  /** Returns whether it has the published input and objective and no transition. */
  public boolean isPublished() {
    return input instanceof Input.Tokens
        && objective instanceof Objective.Published
        && transition.isEmpty();
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
        .append(transition.map(use -> use.id() + use.arguments()).orElse("none"))
        .toString();
  }

  /**
   * The transition of a task: the one part that is code, named by the plug-in's id.
   *
   * @param id of the plug-in
   * @param arguments some of its arguments; the others have their defaults
   */
  public record TransitionUse(String id, Map<String, Number> arguments) {
    /** Copies the map. */
    public TransitionUse {
      arguments = Collections.unmodifiableMap(new TreeMap<>(arguments));
    }
  }

  /** What a model reads of a puzzle. */
  public sealed interface Input {
    /** One token for each cell, and the puzzle's own embedding where the configuration has one. */
    record Tokens() implements Input {}

    /**
     * A set of tokens for each cell: a cell embeds as the sum of its tokens' vectors and a bias. A
     * transition feeds it as the input {@link TaskProgram#SETS}, [S, values], 1 for a token that is
     * in the set and 0 for one that is not. The rows before the cells are learned vectors.
     *
     * @param values tokens that a set may hold, the first of the vocabulary; at least 2
     */
    record TokenSets(int values) implements Input {}
  }
}
