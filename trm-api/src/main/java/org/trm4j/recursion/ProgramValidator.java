package org.trm4j.recursion;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Validates a program; an error is one line that shows the place. */
final class ProgramValidator {
  private final String program;
  private final Set<String> states;
  private final Set<String> constants;
  private final Set<String> modules;
  private final Set<String> written = new HashSet<>();
  private boolean gradient;
  private boolean noise;

  private ProgramValidator(
      String program, List<LatentState> states, List<RecursionProgram.NetworkModule> modules) {
    this.program = program;
    this.states = states.stream().map(LatentState::name).collect(Collectors.toSet());
    this.constants =
        states.stream()
            .filter(LatentState::constant)
            .map(LatentState::name)
            .collect(Collectors.toSet());
    this.modules =
        modules.stream().map(RecursionProgram.NetworkModule::name).collect(Collectors.toSet());
  }

  static void validate(
      String name,
      List<LatentState> states,
      List<RecursionProgram.NetworkModule> modules,
      List<Statement> body,
      String answer,
      boolean continueTarget) {
    ProgramValidator validator = new ProgramValidator(name, states, modules);
    validator.declarations(states, modules);
    validator.statements(body, "body", null);
    validator.known(answer, "answer", false);
    for (LatentState state : states) {
      if (!state.constant() && !validator.written.contains(state.name())) {
        throw validator.error(
            "state " + state.name(), "is never written; declare it constant or update it");
      }
    }
    if (continueTarget && validator.noise) {
      throw validator.error(
          "body",
          "adds noise, and q_continue learns from a further pass: its noise is not defined");
    }
    if (!validator.gradient) {
      throw validator.error(
          "body", "no update lies in a with-gradient region: the model could not learn");
    }
  }

  private void declarations(
      List<LatentState> list, List<RecursionProgram.NetworkModule> moduleList) {
    if (states.size() != list.size()) {
      throw error(
          "states",
          "two states have the same name in " + list.stream().map(LatentState::name).toList());
    }
    if (modules.size() != moduleList.size()) {
      throw error("modules", "two modules have the same name");
    }
    if (states.contains(RecursionProgram.INPUT)) {
      throw error("states", "x is the name of the input and cannot be a state");
    }
    for (LatentState state : list) {
      if (state.start() instanceof LatentState.Start.TruncatedNormal(double std)
          && !(std > 0 && std < Double.POSITIVE_INFINITY)) {
        throw error("state " + state.name(), "starts with std " + std + ", expected more than 0");
      }
    }
    for (LatentState state : list) {
      if (state.kept() && state.start() instanceof LatentState.Start.Input) {
        throw error(
            "state " + state.name(),
            "starts as the input, which may change between steps, and is kept; let it start anew"
                + " at every step, or begin with an update that reads x");
      }
      if (state.constant() && !state.kept()) {
        throw error("state " + state.name(), "is constant and starts anew, expected one of them");
      }
    }
    for (RecursionProgram.NetworkModule module : moduleList) {
      if (module.layers() < 1) {
        throw error(
            "module " + module.name(), "has " + module.layers() + " layers, expected at least 1");
      }
    }
  }

  private void statements(List<Statement> body, String place, @Nullable Boolean withGradient) {
    if (body.isEmpty()) {
      throw error(place, "is empty");
    }
    for (int i = 0; i < body.size(); i++) {
      String at = place + "[" + i + "]";
      switch (body.get(i)) {
        case Statement.Repeat repeat -> {
          if (repeat.times() < 1) {
            throw error(at, "repeats " + repeat.times() + " times, expected at least 1");
          }
          statements(repeat.body(), at + ".repeat", withGradient);
        }
        case Statement.WithGradient region -> {
          if (Boolean.FALSE.equals(withGradient)) {
            throw error(at, "gradient inside no-gradient");
          }
          gradient = true;
          statements(region.body(), at + ".withGradient", true);
        }
        case Statement.WithoutGradient region -> {
          if (Boolean.TRUE.equals(withGradient)) {
            throw error(at, "no-gradient inside gradient; end the gradient region first");
          }
          statements(region.body(), at + ".withoutGradient", false);
        }
        case Statement.Update update -> update(update, at, withGradient);
        case Statement.Supervise supervise -> inGradient("supervise", at, withGradient);
        case Statement.Detach detach -> {
          inGradient("detach", at, withGradient);
          if (detach.states().isEmpty()) {
            throw error(at, "detaches nothing");
          }
          detach.states().forEach(name -> known(name, at, false));
        }
      }
    }
  }

  private void inGradient(String what, String at, @Nullable Boolean withGradient) {
    if (!Boolean.TRUE.equals(withGradient)) {
      throw error(at, what + " outside a with-gradient region: there is no gradient");
    }
  }

  private void update(Statement.Update update, String at, @Nullable Boolean withGradient) {
    String place = at + " " + ProgramPrinter.line(update);
    if (withGradient == null) {
      throw error(place, "lies in neither a with-gradient nor a without-gradient region");
    }
    known(update.state(), place, false);
    if (constants.contains(update.state())) {
      throw error(place, "writes the constant state " + update.state());
    }
    written.add(update.state());
    Statement.Mix mix = update.mix();
    if (!(mix.lambda() > 0 && mix.lambda() <= 1)) {
      throw error(
          place, "lambda is %s, expected more than 0 and at most 1".formatted(mix.lambda()));
    }
    if (!(mix.sigma() >= 0 && mix.sigma() < Double.POSITIVE_INFINITY)) {
      throw error(
          place, "sigma is %s, expected a finite number of at least 0".formatted(mix.sigma()));
    }
    noise |= mix.sigma() > 0;
    if (!modules.contains(update.module())) {
      throw error(place, "unknown module " + update.module() + ", known: " + modules);
    }
    if (update.hidden().isEmpty()) {
      throw error(place, "has no hidden input");
    }
    update.hidden().forEach(name -> known(name, place, true));
    update.injection().forEach(name -> known(name, place, true));
  }

  private void known(String name, String place, boolean inputAllowed) {
    if (!states.contains(name) && !(inputAllowed && name.equals(RecursionProgram.INPUT))) {
      throw error(place, "unknown state " + name + ", known: " + states.stream().sorted().toList());
    }
  }

  private InvalidProgramException error(String place, String what) {
    return new InvalidProgramException(
        "recursion program %s: %s: %s".formatted(program, place, what));
  }
}
