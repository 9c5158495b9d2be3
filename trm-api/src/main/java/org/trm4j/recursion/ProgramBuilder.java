package org.trm4j.recursion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Builds a {@link RecursionProgram}; the static methods make its statements. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class ProgramBuilder {
  private final String name;
  private final List<LatentState> states = new ArrayList<>();
  private final List<NetworkModule> modules = new ArrayList<>();
  private final List<Statement> body = new ArrayList<>();
  private @Nullable String answer;
  private HaltRule haltRule = HaltRule.HALT_POSITIVE;
  private boolean continueTarget;

  ProgramBuilder(String name) {
    this.name = name;
  }

  /** Declares a state that starts as the fixed parameter of that name. */
  public ProgramBuilder state(String state, String initialParameter) {
    return state(state, new StateStart.Stored(initialParameter));
  }

  /** Declares a state. */
  public ProgramBuilder state(String state, StateStart start) {
    states.add(new LatentState(state, start, false));
    return this;
  }

  /** Declares a state that the program only reads. */
  public ProgramBuilder constantState(String state, String initialParameter) {
    states.add(new LatentState(state, new StateStart.Stored(initialParameter), true));
    return this;
  }

  /** Declares a module. */
  public ProgramBuilder module(String module, int layers) {
    modules.add(new NetworkModule(module, layers));
    return this;
  }

  /** Appends statements to the supervision step. */
  public ProgramBuilder then(Statement... statements) {
    body.addAll(Arrays.asList(statements));
    return this;
  }

  /** Names the state that the output heads read. */
  public ProgramBuilder answer(String state) {
    this.answer = state;
    return this;
  }

  /** Sets when training halts a puzzle; {@code q_halt > 0} unless set. */
  public ProgramBuilder haltRule(HaltRule rule) {
    this.haltRule = rule;
    return this;
  }

  /** Lets {@code q_continue} learn from one further pass, as HRM does. */
  public ProgramBuilder continueTarget() {
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
  public static Statement update(String state, String module, String hidden, String... injection) {
    return new Statement.Update(state, module, List.of(hidden), List.of(injection), Mix.REPLACE);
  }

  /** Returns {@code state <- module(sum of hidden, sum of injection)}. */
  public static Statement update(
      String state, String module, List<String> hidden, List<String> injection) {
    return new Statement.Update(state, module, hidden, injection, Mix.REPLACE);
  }

  /**
   * Returns {@code state <- (1 - lambda) state + lambda module(hidden, sum of injection) + sigma
   * normal}.
   */
  public static Statement update(
      Mix mix, String state, String module, String hidden, String... injection) {
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
