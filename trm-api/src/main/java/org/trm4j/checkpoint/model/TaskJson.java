package org.trm4j.checkpoint.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.recursion.LatentState;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;

/** Writes a task into a model's description, complete but for the code of its transition. */
final class TaskJson {
  static final String LABELS = "LABELS";
  static final String GIVEN = "GIVEN";

  private TaskJson() {}

  static Map<String, Object> write(TaskProgram task) {
    RecursionProgram program = task.recursion();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", program.name());
    json.put("states", program.states().stream().map(TaskJson::state).toList());
    List<Object> modules = new ArrayList<>();
    for (RecursionProgram.NetworkModule module : program.modules()) {
      modules.add(ordered("name", module.name(), "layers", module.layers()));
    }
    json.put("modules", modules);
    json.put("body", statements(program.body()));
    json.put("answer", program.answer());
    json.put("haltRule", program.haltRule().name());
    json.put("continueTarget", program.continueTarget());
    if (task.input() instanceof TaskProgram.Input.TokenSets(int values)) {
      json.put("tokenSets", values);
    }
    if (task.objective() instanceof Objective.Terms objective) {
      json.put("heads", objective.heads().stream().map(TaskJson::head).toList());
      json.put("terms", objective.terms().stream().map(TaskJson::term).toList());
    }
    task.transition()
        .ifPresent(
            use -> json.put("transition", ordered("id", use.id(), "arguments", use.arguments())));
    return json;
  }

  private static Object state(LatentState state) {
    Map<String, Object> json = ordered("name", state.name(), "constant", state.constant());
    switch (state.start()) {
      case LatentState.Start.Stored(String parameter) -> json.put("stored", parameter);
      case LatentState.Start.TruncatedNormal(double std) -> json.put("truncatedNormal", std);
      case LatentState.Start.Input input -> json.put("input", true);
    }
    if (!state.kept()) {
      json.put("kept", false);
    }
    return json;
  }

  private static List<Object> statements(List<Statement> body) {
    List<Object> list = new ArrayList<>();
    for (Statement statement : body) {
      list.add(
          switch (statement) {
            case Statement.Update update -> {
              Map<String, Object> json =
                  ordered("update", update.state(), "module", update.module());
              json.put("hidden", update.hidden());
              json.put("injection", update.injection());
              json.put("lambda", update.mix().lambda());
              json.put("sigma", update.mix().sigma());
              yield json;
            }
            case Statement.Repeat repeat ->
                ordered("repeat", repeat.times(), "body", statements(repeat.body()));
            case Statement.WithGradient region -> Map.of("withGradient", statements(region.body()));
            case Statement.WithoutGradient region ->
                Map.of("withoutGradient", statements(region.body()));
            case Statement.Supervise supervise -> Map.of("supervise", true);
            case Statement.Detach detach -> Map.of("detach", detach.states());
          });
    }
    return list;
  }

  private static Object head(Objective.Head head) {
    Map<String, Object> json = ordered("name", head.name(), "rows", head.rows().name());
    json.put("width", head.width());
    json.put("state", head.state());
    json.put("bias", head.bias());
    return json;
  }

  private static Object term(Objective.Term term) {
    Map<String, Object> json = ordered("name", term.name(), "head", term.head());
    json.put("kind", term.kind().name());
    json.put("target", target(term));
    json.put("positive", term.positive());
    json.put("negative", term.negative());
    json.put("factor", term.factor());
    json.put("mean", term.mean().name());
    return json;
  }

  /** A name for what every release reads: labels, and what is given under the term's own name. */
  private static Object target(Objective.Term term) {
    return switch (term.target()) {
      case Objective.Term.Target.Given(String name) ->
          term.target().equals(Objective.Term.Target.LABELS)
              ? LABELS
              : name.equals(term.name()) ? GIVEN : Map.of("given", name);
      case Objective.Term.Target.Exact(String head, String name) ->
          ordered("exact", head, "name", name);
      case Objective.Term.Target.NextStep(List<String> heads, String last) ->
          ordered("nextStep", heads, "last", last);
    };
  }

  private static Map<String, Object> ordered(String a, Object first, String b, Object second) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(a, first);
    map.put(b, second);
    return map;
  }

  static @Nullable TaskProgram read(@Nullable Object json) {
    return json == null ? null : TaskReader.task(JsonFields.of("task", json));
  }
}
