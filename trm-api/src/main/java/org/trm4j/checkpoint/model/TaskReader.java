package org.trm4j.checkpoint.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trm4j.recursion.InvalidProgramException;
import org.trm4j.recursion.LatentState;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;

/** Reads what {@link TaskJson} writes; a damaged one is refused by the place of the damage. */
final class TaskReader {
  // As for the arguments of policies: what is repeated with gradient is unrolled.
  private static final int MOST = 1000;
  private static final int MOST_LAYERS = 10_000;

  private TaskReader() {}

  static TaskProgram task(JsonFields json) {
    try {
      return made(json);
    } catch (InvalidProgramException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static LatentState.Start start(JsonFields state) {
    if (state.has("input")) {
      return new LatentState.Start.Input();
    }
    return state.has("stored")
        ? new LatentState.Start.Stored(state.text("stored"))
        : new LatentState.Start.TruncatedNormal(state.number("truncatedNormal"));
  }

  private static TaskProgram made(JsonFields json) {
    List<LatentState> states = new ArrayList<>();
    for (JsonFields state : json.objects("states")) {
      states.add(
          new LatentState(
              state.text("name"),
              start(state),
              state.truth("constant"),
              !state.has("kept") || state.truth("kept")));
    }
    List<RecursionProgram.NetworkModule> modules = new ArrayList<>();
    for (JsonFields module : json.objects("modules")) {
      modules.add(new RecursionProgram.NetworkModule(module.text("name"), count(module, "layers")));
    }
    RecursionProgram recursion =
        new RecursionProgram(
            json.text("name"),
            states,
            modules,
            statements(json.objects("body")),
            json.text("answer"),
            json.constant("haltRule", RecursionProgram.HaltRule.class),
            json.truth("continueTarget"));
    if (recursion.effectiveDepth() > MOST_LAYERS) {
      throw json.error("body", "at most %s layers in a step".formatted(MOST_LAYERS));
    }
    TaskProgram.Input input =
        json.has("tokenSets")
            ? new TaskProgram.Input.TokenSets(json.integer("tokenSets"))
            : new TaskProgram.Input.Tokens();
    Optional<TaskProgram.TransitionUse> transition = Optional.empty();
    if (json.has("transition")) {
      JsonFields use = json.object("transition");
      transition =
          Optional.of(
              new TaskProgram.TransitionUse(use.text("id"), use.object("arguments").numbers()));
    }
    return new TaskProgram(recursion, input, objective(json), transition);
  }

  private static int count(JsonFields json, String key) {
    int value = json.integer(key);
    if (value > MOST) {
      throw json.error(key, "at most " + MOST);
    }
    return value;
  }

  private static List<Statement> statements(List<JsonFields> body) {
    List<Statement> statements = new ArrayList<>();
    for (JsonFields json : body) {
      statements.add(statement(json));
    }
    return statements;
  }

  private static Statement statement(JsonFields json) {
    if (json.has("update")) {
      return new Statement.Update(
          json.text("update"),
          json.text("module"),
          json.texts("hidden"),
          json.texts("injection"),
          new Statement.Mix(json.number("lambda"), json.number("sigma")));
    }
    if (json.has("repeat")) {
      return new Statement.Repeat(count(json, "repeat"), statements(json.objects("body")));
    }
    if (json.has("withGradient")) {
      return new Statement.WithGradient(statements(json.objects("withGradient")));
    }
    if (json.has("withoutGradient")) {
      return new Statement.WithoutGradient(statements(json.objects("withoutGradient")));
    }
    if (json.has("detach")) {
      return new Statement.Detach(json.texts("detach"));
    }
    if (json.has("supervise")) {
      return new Statement.Supervise();
    }
    throw json.error(
        "statement", "one of update, repeat, withGradient, withoutGradient, detach, supervise");
  }

  private static Objective.Term.Target target(JsonFields term) {
    if (!term.isObject("target")) {
      String name = term.text("target");
      return switch (name) {
        case TaskJson.LABELS -> Objective.Term.Target.LABELS;
        case TaskJson.GIVEN -> new Objective.Term.Target.Given(term.text("name"));
        default -> throw term.error("target", "one of LABELS, GIVEN, or an object");
      };
    }
    JsonFields target = term.object("target");
    if (target.has("given")) {
      return new Objective.Term.Target.Given(target.text("given"));
    }
    if (target.has("exact")) {
      return new Objective.Term.Target.Exact(target.text("exact"), target.text("name"));
    }
    if (target.has("nextStep")) {
      return new Objective.Term.Target.NextStep(target.texts("nextStep"), target.text("last"));
    }
    throw target.error("target", "one of given, exact, nextStep");
  }

  private static Objective objective(JsonFields json) {
    if (!json.has("heads")) {
      return new Objective.Published();
    }
    List<Objective.Head> heads = new ArrayList<>();
    for (JsonFields head : json.objects("heads")) {
      heads.add(
          new Objective.Head(
              head.text("name"),
              head.constant("rows", Objective.Head.Rows.class),
              head.integer("width"),
              head.text("state"),
              head.number("bias")));
    }
    List<Objective.Term> terms = new ArrayList<>();
    for (JsonFields term : json.objects("terms")) {
      terms.add(
          new Objective.Term(
              term.text("name"),
              term.text("head"),
              term.constant("kind", Objective.Term.LossKind.class),
              target(term),
              term.number("positive"),
              term.number("negative"),
              term.number("factor"),
              term.constant("mean", Objective.Term.Mean.class)));
    }
    return new Objective.Terms(heads, terms);
  }
}
