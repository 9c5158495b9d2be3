package org.trm4j.recursion;

import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * One supervision step as data: what is computed from the input {@code x} and the latent states,
 * and which part of it the gradient sees (arXiv 2510.04871, section 4). A program is checked when
 * it is built.
 *
 * @param name the policy's id with its arguments, such as {@code trm(T=3, n=6)}
 * @param states the latent states, in order
 * @param modules the modules, in order
 * @param body the statements of one supervision step
 * @param answer the state that the output heads read
 * @param haltRule when the halting head says stop, in training
 * @param continueTarget whether {@code q_continue} learns from one further pass without gradient
 *     (HRM's Q-learning)
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record RecursionProgram(
    String name,
    List<LatentState> states,
    List<NetworkModule> modules,
    List<Statement> body,
    String answer,
    HaltRule haltRule,
    boolean continueTarget) {

  /** The name by which statements read the embedded input. */
  public static final String INPUT = "x";

  /** Copies the lists and checks the program; throws {@link InvalidProgramException}. */
  public RecursionProgram {
    states = List.copyOf(states);
    modules = List.copyOf(modules);
    body = List.copyOf(body);
    ProgramValidator.validate(name, states, modules, body, answer, continueTarget);
  }

  /** Returns a builder for a program of that name. */
  public static ProgramBuilder builder(String name) {
    return new ProgramBuilder(name);
  }

  /** Returns this program without a target for {@code q_continue}. */
  public RecursionProgram withoutContinueTarget() {
    return new RecursionProgram(name, states, modules, body, answer, haltRule, false);
  }

  /** Returns this program under another name. */
  public RecursionProgram named(String other) {
    return new RecursionProgram(other, states, modules, body, answer, haltRule, continueTarget);
  }

  /** Returns how often one supervision step supervises by statement; 0 for once at its end. */
  public int supervisions() {
    return ProgramCounts.supervisions(body);
  }

  /** Returns whether equal inputs give equal results whatever the key: no draw of any kind. */
  public boolean isDeterministic() {
    return states.stream().allMatch(state -> state.start() instanceof StateStart.Stored)
        && !ProgramCounts.noisy(body);
  }

  /** Returns the number of module applications in one supervision step. */
  public int networkEvaluations() {
    return ProgramCounts.evaluations(body);
  }

  /** Returns the number of layers that one supervision step applies: T (n + 1) x layers for TRM. */
  public int effectiveDepth() {
    return ProgramCounts.depth(body, modules);
  }

  /**
   * Returns the names of the modules whose parameters the loss trains: those that it reaches by a
   * gradient.
   *
   * @param read names of the states that the loss's heads read
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public Set<String> trainedModules(Set<String> read) {
    return LossReach.modules(this, read);
  }

  /** Returns the program in a form that a person can check against the paper. */
  @Override
  public String toString() {
    return ProgramPrinter.print(this);
  }
}
