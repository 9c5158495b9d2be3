package org.trm4j.recursion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

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
  public static Builder builder(String name) {
    return new Builder(name);
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
    return states.stream()
            .allMatch(state -> !(state.start() instanceof LatentState.Start.TruncatedNormal))
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

  /** Builds a {@link RecursionProgram}; the static methods make its statements. */
  public static final class Builder {
    private final String name;
    private final List<LatentState> states = new ArrayList<>();
    private final List<NetworkModule> modules = new ArrayList<>();
    private final List<Statement> body = new ArrayList<>();
    private @Nullable String answer;
    private HaltRule haltRule = HaltRule.HALT_POSITIVE;
    private boolean continueTarget;

    Builder(String name) {
      this.name = name;
    }

    /** Declares a state that starts as the fixed parameter of that name. */
    public Builder state(String state, String initialParameter) {
      return state(state, new LatentState.Start.Stored(initialParameter));
    }

    /** Declares a state. */
    public Builder state(String state, LatentState.Start start) {
      states.add(new LatentState(state, start, false));
      return this;
    }

    /** Declares a state that starts anew at every supervision step. */
    public Builder freshState(String state, LatentState.Start start) {
      states.add(new LatentState(state, start, false, false));
      return this;
    }

    /** Declares a state that the program only reads. */
    public Builder constantState(String state, String initialParameter) {
      states.add(new LatentState(state, new LatentState.Start.Stored(initialParameter), true));
      return this;
    }

    /** Declares a module. */
    public Builder module(String module, int layers) {
      modules.add(new NetworkModule(module, layers));
      return this;
    }

    /** Appends statements to the supervision step. */
    public Builder then(Statement... statements) {
      body.addAll(Arrays.asList(statements));
      return this;
    }

    /** Names the state that the output heads read. */
    public Builder answer(String state) {
      this.answer = state;
      return this;
    }

    /** Sets when training halts a puzzle; {@code q_halt > 0} unless set. */
    public Builder haltRule(HaltRule rule) {
      this.haltRule = rule;
      return this;
    }

    /** Lets {@code q_continue} learn from one further pass, as HRM does. */
    public Builder continueTarget() {
      this.continueTarget = true;
      return this;
    }

    /** Builds and checks the program; throws {@link InvalidProgramException}. */
    public RecursionProgram build() {
      if (answer == null) {
        throw new InvalidProgramException(
            "recursion program " + name + ": answer: no state was named");
      }
      return new RecursionProgram(name, states, modules, body, answer, haltRule, continueTarget);
    }

    /** Returns {@code state <- module(hidden, sum of injection)}. */
    public static Statement update(
        String state, String module, String hidden, String... injection) {
      return new Statement.Update(
          state, module, List.of(hidden), List.of(injection), Statement.Mix.REPLACE);
    }

    /** Returns {@code state <- module(sum of hidden, sum of injection)}. */
    public static Statement update(
        String state, String module, List<String> hidden, List<String> injection) {
      return new Statement.Update(state, module, hidden, injection, Statement.Mix.REPLACE);
    }

    /**
     * Returns {@code state <- (1 - lambda) state + lambda module(hidden, sum of injection) + sigma
     * normal}.
     */
    public static Statement update(
        Statement.Mix mix, String state, String module, String hidden, String... injection) {
      return new Statement.Update(state, module, List.of(hidden), List.of(injection), mix);
    }

    /** Returns a loss on what the heads read now. */
    public static Statement supervise() {
      return new Statement.Supervise();
    }

    /** Returns a cut of the gradient through these states. */
    public static Statement detach(String... states) {
      return new Statement.Detach(List.of(states));
    }

    /** Returns a loop. */
    public static Statement repeat(int times, Statement... body) {
      return new Statement.Repeat(times, List.of(body));
    }

    /** Returns a region that the gradient sees. */
    public static Statement withGradient(Statement... body) {
      return new Statement.WithGradient(List.of(body));
    }

    /** Returns a region that the gradient does not see. */
    public static Statement withoutGradient(Statement... body) {
      return new Statement.WithoutGradient(List.of(body));
    }
  }

  /** When the halting head says stop, in training. */
  public enum HaltRule {
    /** {@code q_halt > 0}. */
    HALT_POSITIVE,
    /** {@code q_halt > q_continue}. */
    HALT_OVER_CONTINUE
  }

  /**
   * A named stack of layers; {@code module(h, injection) = layers(h + injection)}.
   *
   * @param name the prefix of its parameters, such as {@code L_level}
   * @param layers the number of layers, at least 1
   */
  public record NetworkModule(String name, int layers) {}
}
