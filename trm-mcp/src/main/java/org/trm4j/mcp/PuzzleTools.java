package org.trm4j.mcp;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trm4j.Answer;
import org.trm4j.Attempts;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.error.TrmException;

/** The tools {@code solve}, {@code check} and {@code list_models}. */
final class PuzzleTools {
  private static final int MOST_ATTEMPTS = 64;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Map<String, Object> MODEL =
      Map.of(
          "type",
          "string",
          "description",
          "Name of a model. Default: the one that reads the puzzle.");
  private static final Map<String, Object> TASK =
      Map.of(
          "type",
          "string",
          "description",
          "Name of the task that the puzzle belongs to, for a model that was trained on several.");
  private static final Map<String, Object> PUZZLE =
      Map.of(
          "type",
          "string",
          "description",
          "The puzzle cell by cell, row by row, such as 3.1.4..2.......1 for a 4x4 Sudoku; a dot"
              + " for an open cell. Several lines, spaces and borders are fine too.");

  private final PuzzleModels models;

  PuzzleTools(PuzzleModels models) {
    this.models = models;
  }

  /** Returns all tools. */
  List<SyncToolSpecification> all() {
    Map<String, Object> attempts =
        Map.of(
            "type",
            "integer",
            "minimum",
            1,
            "maximum",
            MOST_ATTEMPTS,
            "description",
            "Attempts; more solve more puzzles and take longer. Default: 16, and they end with the"
                + " first that verifies.");
    Map<String, Object> answer =
        Map.of("type", "string", "description", "The answer, written as the puzzle is.");
    return List.of(
        tool(
            "solve",
            "Solves a puzzle (Sudoku 4x4, 6x6, 9x9, or what list_models names) with a small neural"
                + " network, and checks the answer by the puzzle's rules. An answer that is not"
                + " VERIFIED may be wrong: do not present it as a solution.",
            schema(
                Map.of("puzzle", PUZZLE, "model", MODEL, "task", TASK, "attempts", attempts),
                "puzzle"),
            this::solve),
        tool(
            "check",
            "Checks an answer to a puzzle by the puzzle's rules, without a neural network.",
            schema(Map.of("puzzle", PUZZLE, "answer", answer, "model", MODEL), "puzzle", "answer"),
            this::check),
        tool(
            "list_models",
            "Lists the models: which puzzles each solves, and in what form.",
            schema(Map.of()),
            arguments -> list()));
  }

  private record Result(String text, Map<String, Object> values) {}

  private static Map<String, Object> schema(Map<String, Object> properties, String... required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", List.of(required));
    schema.put("additionalProperties", false);
    return schema;
  }

  private static SyncToolSpecification tool(
      String name,
      String description,
      Map<String, Object> schema,
      Function<Map<String, Object>, Result> work) {
    return SyncToolSpecification.builder()
        .tool(Tool.builder(name, schema).description(description).build())
        .callHandler((exchange, request) -> answer(work, request.arguments()))
        .build();
  }

  /** A refusal is a result for the agent, who may try again, not a failure of the server. */
  private static CallToolResult answer(
      Function<Map<String, Object>, Result> work, @Nullable Map<String, Object> arguments) {
    try {
      Result result = work.apply(arguments == null ? Map.of() : arguments);
      return CallToolResult.builder()
          .addTextContent(result.text())
          .structuredContent(result.values())
          .isError(false)
          .build();
    } catch (TrmException | IllegalArgumentException e) {
      return CallToolResult.builder()
          .addTextContent(String.valueOf(e.getMessage()))
          .isError(true)
          .build();
    }
  }

  private static String text(Map<String, Object> arguments, String name) {
    if (arguments.get(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new InvalidPuzzleException("%s: expected text".formatted(name));
  }

  private static @Nullable String model(Map<String, Object> arguments) {
    return arguments.get("model") == null ? null : text(arguments, "model").strip();
  }

  private Result solve(Map<String, Object> arguments) {
    String puzzle = text(arguments, "puzzle");
    String name = models.choose(model(arguments), puzzle);
    Object wanted = arguments.getOrDefault("attempts", 16);
    if (!(wanted instanceof Number number)
        || number.intValue() < 1
        || number.intValue() > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "attempts: %s, expected 1 to %s".formatted(wanted, MOST_ATTEMPTS));
    }
    TrmModel model = models.model(name);
    String question = models.question(domain(name), puzzle);
    String task = arguments.get("task") == null ? null : text(arguments, "task").strip();
    Answer answer = model.solve(model.parse(question, task), options(model, number.intValue()));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", name);
    values.put("answer", answer.text());
    values.put("verified", answer.verified());
    values.put("verification", answer.verification().outcome().name());
    values.put("reason", answer.verification().detail());
    values.put("confidence", answer.confidence());
    values.put("steps", answer.steps());
    String verdict = verdict(answer.verification());
    return new Result(
        "%s%n%s%n%s".formatted(verdict, answer.text(), answer.grid()).stripTrailing(), values);
  }

  private static SolveOptions options(TrmModel model, int attempts) {
    SolveOptions options = SolveOptions.DEFAULT.withDrafts(false).withTimeout(LIMIT);
    boolean verifies = model.domain().flatMap(PuzzleDomain::verifier).isPresent();
    if (attempts == 1 || !verifies) {
      return options;
    }
    return options.withAttempts(Attempts.usual(model, attempts));
  }

  private static String verdict(Verification verification) {
    return switch (verification.outcome()) {
      case CORRECT -> "VERIFIED: the puzzle's rules hold for this answer.";
      case WRONG -> "NOT VERIFIED: the answer is wrong, " + verification.detail() + ".";
      case UNVERIFIABLE -> "NOT VERIFIED: this puzzle has no rules to check an answer by.";
    };
  }

  private Result check(Map<String, Object> arguments) {
    String puzzle = text(arguments, "puzzle");
    String name = models.choose(model(arguments), puzzle);
    PuzzleDomain domain = domain(name);
    int[] question = domain.codec().encode(models.question(domain, puzzle));
    int[] answer = models.answer(domain, text(arguments, "answer"));
    Verification verification =
        domain
            .verifier()
            .map(verifier -> verifier.verify(question, answer))
            .orElse(Verification.UNVERIFIABLE);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("verified", verification.correct());
    values.put("verification", verification.outcome().name());
    values.put("reason", verification.detail());
    return new Result(verdict(verification), values);
  }

  private PuzzleDomain domain(String name) {
    return Objects.requireNonNull(models.domains().get(name));
  }

  private Result list() {
    List<Map<String, Object>> list = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    models
        .domains()
        .forEach((name, domain) -> {
          PuzzleDomain.GridShape grid = domain.codec().grid();
          boolean verifies = domain.verifier().isPresent();
          Map<String, Object> values = new LinkedHashMap<>();
          values.put("name", name);
          values.put("puzzle", domain.id());
          values.put("options", domain.options());
          values.put("rows", grid.rows());
          values.put("columns", grid.columns());
          values.put("verifies", verifies);
          list.add(values);
          text.append(
              "%s: %s, %s rows of %s characters; answers are %s%n"
                  .formatted(
                      name,
                      domain.id(),
                      grid.rows(),
                      grid.columns(),
                      verifies ? "checked by the rules" : "not checked"));
        });
    return new Result(text.toString().strip(), Map.of("models", list));
  }
}
