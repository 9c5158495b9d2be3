package org.trm4j.checkpoint;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.json.JsonReader;
import org.trm4j.json.JsonWriter;
import org.trm4j.model.MixerKind;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.PositionEncoding;

/** The JSON form of a model description, kept in a checkpoint's metadata. */
final class ModelDescriptionJson {
  /** Goes up when an older version could not read, or would misread, what is written. */
  private static final int FORMAT = 1;

  private ModelDescriptionJson() {}

  static String write(ModelDescription description) {
    ModelConfig c = description.config();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("hiddenSize", c.hiddenSize());
    model.put("numHeads", c.numHeads());
    model.put("expansion", c.expansion());
    model.put("seqLen", c.seqLen());
    model.put("vocabSize", c.vocabSize());
    model.put("puzzleEmbDim", c.puzzleEmbDim());
    model.put("puzzleEmbLen", c.puzzleEmbLen());
    model.put("numPuzzleIdentifiers", c.numPuzzleIdentifiers());
    model.put("mixer", c.mixer().name().toLowerCase(Locale.ROOT));
    model.put("positions", c.positions().name().toLowerCase(Locale.ROOT));
    model.put("rotaryBase", c.rotaryBase());
    model.put("rmsNormEpsilon", c.rmsNormEpsilon());
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("model", model);
    root.put("policy", description.policy());
    root.put("policyArguments", description.policyArguments());
    root.put("domain", description.domain());
    root.put("domainOptions", description.domainOptions());
    return JsonWriter.write(root);
  }

  static ModelDescription read(String json) {
    Map<String, @Nullable Object> root = JsonReader.parseObject(json);
    FormatVersion.check("description", root.getOrDefault("format", 1L), FORMAT);
    Fields model = new Fields("model", object(root, "model"));
    ModelConfig config =
        new ModelConfig(
            model.integer("hiddenSize"),
            model.integer("numHeads"),
            model.number("expansion"),
            model.integer("seqLen"),
            model.integer("vocabSize"),
            model.integer("puzzleEmbDim"),
            model.integer("puzzleEmbLen"),
            model.integer("numPuzzleIdentifiers"),
            MixerKind.valueOf(model.text("mixer").toUpperCase(Locale.ROOT)),
            PositionEncoding.valueOf(model.text("positions").toUpperCase(Locale.ROOT)),
            model.number("rotaryBase", 10_000.0),
            model.number("rmsNormEpsilon", 1e-5));
    Map<String, Number> arguments = new LinkedHashMap<>();
    Fields argumentFields = new Fields("policyArguments", object(root, "policyArguments"));
    argumentFields
        .values()
        .keySet()
        .forEach(key ->
            arguments.put(String.valueOf(key), argumentFields.wholeOrReal(String.valueOf(key))));
    Map<String, String> options = new LinkedHashMap<>();
    object(root, "domainOptions")
        .forEach((key, value) -> options.put(String.valueOf(key), String.valueOf(value)));
    Fields top = new Fields("description", root);
    return new ModelDescription(config, top.text("policy"), arguments, top.text("domain"), options);
  }

  private static Map<?, ?> object(Map<?, ?> root, String key) {
    if (root.get(key) instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("%s: expected an object".formatted(key));
  }

  private record Fields(String place, Map<?, ?> values) {
    int integer(String key) {
      if (values.get(key) instanceof Long value) {
        return Math.toIntExact(value);
      }
      throw error(key, "a whole number");
    }

    double number(String key, double absent) {
      return values.containsKey(key) ? number(key) : absent;
    }

    Number wholeOrReal(String key) {
      return values.get(key) instanceof Long ? (Number) integer(key) : (Number) number(key);
    }

    double number(String key) {
      if (values.get(key) instanceof Number value) {
        return value.doubleValue();
      }
      throw error(key, "a number");
    }

    String text(String key) {
      if (values.get(key) instanceof String value) {
        return value;
      }
      throw error(key, "text");
    }

    private IllegalArgumentException error(String key, String expected) {
      return new IllegalArgumentException(
          "%s.%s: expected %s, found %s".formatted(place, key, expected, values.get(key)));
    }
  }
}
