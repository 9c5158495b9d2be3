package org.trm4j.training.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.content.FormatVersion;
import org.trm4j.training.TrainingException;
import org.trm4j.training.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Named recipes and configuration files. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TrainingConfigs {
  private static final List<String> RECIPES =
      List.of(
          "demo",
          "demo-6",
          "small",
          "sudoku-9",
          "sudoku-6",
          "maze-15",
          "sudoku-mlp",
          "sudoku-att",
          "maze-att",
          "arc-att");

  /** Raised when an older version would misread a written configuration. */
  private static final int FORMAT = 1;

  private static final String FORMAT_KEY = "format";

  /** Created at its first use; if Jackson cannot run, {@link Json} says so. */
  private static final class Mapper {
    private static final JsonMapper MAPPER =
        JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(WeightJson.module())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
  }

  private TrainingConfigs() {}

  private static JsonMapper mapper() {
    return Json.made(() -> Mapper.MAPPER);
  }

  /** Returns the names of the recipes. */
  public static List<String> recipes() {
    return RECIPES;
  }

  /** Returns a recipe; throws {@link TrainingException} that names those there are. */
  public static TrainingConfig recipe(String name) {
    if (!RECIPES.contains(name)) {
      throw new TrainingException(
          "unknown recipe %s; found: %s".formatted(name, String.join(", ", RECIPES)));
    }
    return fromJson("recipe " + name, resource(name));
  }

  private static String resource(String name) {
    try (InputStream in = TrainingConfigs.class.getResourceAsStream("recipe/" + name + ".json")) {
      if (in == null) {
        throw new TrainingException("recipe %s: not in this build".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new TrainingException("recipe %s: cannot be read: %s".formatted(name, e), e);
    }
  }

  /** Returns the recipe of that name, or what the file of that name holds. */
  public static TrainingConfig recipeOrFile(String nameOrFile) {
    return RECIPES.contains(nameOrFile) || !Files.exists(Path.of(nameOrFile))
        ? recipe(nameOrFile)
        : read(Path.of(nameOrFile));
  }

  /** Reads a configuration file. */
  public static TrainingConfig read(Path file) {
    try {
      return fromJson(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  /** Returns the configuration as JSON text, which {@link #read} takes. */
  public static String toJson(TrainingConfig config) {
    ObjectNode root = mapper().createObjectNode().put(FORMAT_KEY, FORMAT);
    root.setAll((ObjectNode) mapper().valueToTree(config));
    return mapper().writeValueAsString(root) + "\n";
  }

  /**
   * Reads a configuration from JSON; {@code source} is named in errors. A missing setting has the
   * value in {@code recipe/defaults.json}, which keeps the behaviour of runs from before the
   * setting existed.
   */
  public static TrainingConfig fromJson(String source, String json) {
    try {
      if (!(mapper().readTree(json) instanceof ObjectNode given)) {
        throw new TrainingException(
            "%s: training configuration: expected a JSON object".formatted(source));
      }
      JsonNode format = given.remove(FORMAT_KEY);
      if (format != null) {
        check(source, format);
      }
      ObjectNode complete = (ObjectNode) mapper().readTree(resource("defaults"));
      merge(complete, given);
      return mapper().treeToValue(complete, TrainingConfig.class);
    } catch (JacksonException e) {
      throw error(source, e);
    }
  }

  /** Returns whether a text is a JSON object, whatever it says. */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public static boolean isObject(String json) {
    try {
      return mapper().readTree(json) instanceof ObjectNode;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static void check(String source, JsonNode format) {
    try {
      FormatVersion.check(
          source + ": training configuration", mapper().treeToValue(format, Object.class), FORMAT);
    } catch (IllegalArgumentException e) {
      throw new TrainingException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void merge(ObjectNode target, ObjectNode given) {
    given
        .properties()
        .forEach(entry -> {
          if (entry.getValue() instanceof ObjectNode object
              && target.get(entry.getKey()) instanceof ObjectNode inner) {
            merge(inner, object);
          } else {
            target.set(entry.getKey(), entry.getValue());
          }
        });
  }

  private static TrainingException error(String source, JacksonException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof TrainingException own) {
        return own;
      }
    }
    String path =
        String.join(
            ".", e.getPath().stream().map(r -> String.valueOf(r.getPropertyName())).toList());
    String message =
        e instanceof UnrecognizedPropertyException unknown
            ? "unknown key; keys: "
                + unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))
            : e.getOriginalMessage()
                .lines()
                .findFirst()
                .orElse("not valid")
                .replaceFirst("^Missing creator property .*", "is missing");
    return new TrainingException(
        "%s: training configuration: %s%s"
            .formatted(source, path.isEmpty() ? "" : path + ": ", message),
        e);
  }
}
