package org.trm4j.training.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.model.ModelConfig;
import org.trm4j.task.Objective;
import org.trm4j.task.deduction.DeductionRule;
import org.trm4j.task.deduction.DeductionTask;
import org.trm4j.training.TrainingException;
import org.trm4j.training.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Finds and reads golden cases: {@code NAME.json} beside {@code NAME.safetensors}. */
final class GoldenFiles {
  private GoldenFiles() {}

  /** Returns the JSON files of the cases in a folder, by name. */
  static List<Path> find(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new TrainingException("%s: no such folder".formatted(folder));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .filter(file -> Files.exists(tensors(file)))
          .sorted(Comparator.comparing(Path::getFileName))
          .toList();
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be read: %s".formatted(folder, e), e);
    }
  }

  static String name(Path json) {
    String file = json.getFileName().toString();
    return file.substring(0, file.length() - ".json".length());
  }

  /** Returns the recursion policy of a case, whatever else the case holds. */
  static String policy(Path json) {
    return policy(tree(json));
  }

  /** Returns the sizes of a case of deduction's losses and rule; null for a case of a model. */
  static DeductionParity.@Nullable Case deduction(Path json) {
    JsonNode root = tree(json);
    if (!root.has("keep_positive_weight")) {
      return null;
    }
    weights(json, root);
    try {
      return new DeductionParity.Case(
          integer(root, "batch"),
          integer(root, "cells"),
          integer(root, "values"),
          integer(root, "loops"));
    } catch (TrainingException e) {
      throw new TrainingException("%s: %s".formatted(json, e.getMessage()), e);
    }
  }

  /** The weights of the case are those of the task, or its values mean something else. */
  private static void weights(Path json, JsonNode root) {
    List<Objective.Term> terms = DeductionTask.terms();
    double[] expected = {
      terms.get(0).positive(),
      terms.get(0).negative(),
      terms.get(1).factor(),
      terms.get(2).factor(),
      DeductionRule.PUBLISHED.eliminateBelow(),
      DeductionRule.PUBLISHED.conflictAbove()
    };
    List<String> keys =
        List.of(
            "keep_positive_weight",
            "keep_negative_weight",
            "value_weight",
            "conflict_weight",
            "eliminate_below",
            "conflict_above");
    for (int i = 0; i < expected.length; i++) {
      double found = root.path(keys.get(i)).asDouble(Double.NaN);
      if (found != expected[i]) {
        throw new TrainingException(
            "%s: %s: found %s, expected %s as the task has"
                .formatted(json, keys.get(i), found, expected[i]));
      }
    }
  }

  private static JsonNode tree(Path json) {
    try {
      return Json.mapper().readTree(Files.readString(json));
    } catch (IOException | JacksonException e) {
      throw new TrainingException("%s: cannot be read: %s".formatted(json, firstLine(e)), e);
    }
  }

  static GoldenCase read(Path json) {
    JsonNode root = tree(json);
    try {
      return read(json, root);
    } catch (IllegalArgumentException | ArithmeticException | JacksonException e) {
      throw new TrainingException("%s: %s".formatted(json, firstLine(e)), e);
    }
  }

  /** Jackson's messages go on with the place in the text. */
  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("not valid");
  }

  private static GoldenCase read(Path json, JsonNode root) {
    JsonNode optimizer = root.path("optimizer");
    Set<String> omitted = new HashSet<>();
    root.path("omitted").forEach(node -> omitted.add(node.asString()));
    return new GoldenCase(
        name(json),
        description(root),
        integer(root, "batch_size"),
        integer(root.path("config"), "halt_max_steps"),
        integer(root, "eval_steps"),
        integer(root, "train_steps"),
        new GoldenOptimizer(
            number(optimizer, "lr"),
            number(optimizer, "weight_decay"),
            number(optimizer, "beta1"),
            number(optimizer, "beta2"),
            optimizer.path("puzzle_emb_lr").asDouble(0),
            optimizer.path("puzzle_emb_weight_decay").asDouble(0),
            optimizer.path("ema").asDouble(0)),
        root.path("tolerance"),
        omitted,
        SafetensorsReader.read(tensors(json)).tensors(),
        new HashSet<>());
  }

  private static String policy(JsonNode root) {
    String architecture = root.path("arch").asString("");
    return switch (architecture) {
      case "trm" -> "trm";
      case "trm_singlez" -> "trm-single-z";
      case "trm_hier6" -> "trm-multi-z";
      case "hrm" -> "hrm";
      case "transformers_baseline" -> "direct";
      default -> architecture;
    };
  }

  private static ModelDescription description(JsonNode root) {
    JsonNode c = root.path("config");
    int t = integer(c, "H_cycles");
    int n = integer(c, "L_cycles");
    int high = integer(c, "H_layers");
    int low = integer(c, "L_layers");
    int hidden = integer(c, "hidden_size");
    boolean withoutPuzzles = policy(root).equals("eqr");
    int dim = withoutPuzzles ? 0 : integer(c, "puzzle_emb_ndim");
    // The older architectures have no setting for it.
    int rows = (dim + hidden - 1) / hidden;
    Map<String, Number> cycles = Map.of("T", t, "n", n, "layers", low);
    String policy = policy(root);
    Map<String, Number> arguments =
        switch (policy) {
          case "hrm" -> Map.of("T", t, "n", n, "hLayers", high, "lLayers", low);
          case "direct" -> Map.of("layers", high);
          case "eqr" ->
              Map.of(
                  "T",
                  t,
                  "n",
                  n,
                  "layers",
                  low,
                  "lambda",
                  number(c, "lambda_"),
                  "sigma",
                  number(c, "noise_scale"));
          default -> cycles;
        };
    boolean derived = policy.equals("hrm") || policy.equals("direct");
    int published = c.path("puzzle_emb_len").asInt(0);
    ModelConfig config =
        ModelConfig.builder()
            .hidden(hidden, integer(c, "num_heads"))
            .expansion(number(c, "expansion"))
            .tokens(integer(c, "seq_len"), integer(c, "vocab_size"))
            .puzzleEmbedding(
                dim,
                derived || published == 0 ? rows : published,
                withoutPuzzles ? 1 : integer(c, "num_puzzle_identifiers"))
            .mixer(
                c.path("mlp_t").asBoolean(false)
                    ? ModelConfig.Mixer.TOKEN_MLP
                    : ModelConfig.Mixer.ATTENTION,
                positions(c.path("pos_encodings").asString("")))
            .build();
    return new ModelDescription(config, policy, arguments, "", Map.of());
  }

  private static ModelConfig.Positions positions(String text) {
    return switch (text) {
      case "rope" -> ModelConfig.Positions.ROTARY;
      case "learned" -> ModelConfig.Positions.LEARNED;
      // The newer code writes null.
      case "none", "null", "" -> ModelConfig.Positions.NONE;
      default ->
          throw new TrainingException(
              "pos_encodings: found %s, expected rope, learned or none".formatted(text));
    };
  }

  static Path tensors(Path json) {
    return json.resolveSibling(name(json) + ".safetensors");
  }

  private static int integer(JsonNode node, String key) {
    if (!node.path(key).isIntegralNumber()) {
      throw new TrainingException(
          "%s: found %s, expected a whole number".formatted(key, node.path(key)));
    }
    return node.path(key).asInt();
  }

  private static double number(JsonNode node, String key) {
    if (!node.path(key).isNumber()) {
      throw new TrainingException("%s: found %s, expected a number".formatted(key, node.path(key)));
    }
    return node.path(key).asDouble();
  }
}
