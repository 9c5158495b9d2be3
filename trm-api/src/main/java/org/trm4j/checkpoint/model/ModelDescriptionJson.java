package org.trm4j.checkpoint.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.content.FormatVersion;
import org.trm4j.error.TrmException;
import org.trm4j.json.JsonReader;
import org.trm4j.json.JsonWriter;
import org.trm4j.model.ModelConfig;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.runtime.RecursionPrograms;
import org.trm4j.task.TaskProgram;

/** The JSON form of a model description, kept in a checkpoint's metadata. */
final class ModelDescriptionJson {
  /** Goes up when an older version could not read, or would misread, what is written. */
  private static final int FORMAT = 1;

  /** The format of models whose task is not a published one. */
  private static final int TASK_FORMAT = 2;

  /** The format of models that mix by a convolution. */
  private static final int CONVOLUTION_FORMAT = 3;

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
    boolean convolution = c.mixer() == ModelConfig.Mixer.CONVOLUTION;
    if (convolution) {
      model.put("gridColumns", c.gridColumns());
      model.put("kernelSize", c.kernelSize());
    }
    TaskProgram task = task(description);
    Map<String, Object> root = new LinkedHashMap<>();
    int plain = task == null || task.isPublished() ? FORMAT : TASK_FORMAT;
    root.put("format", convolution ? CONVOLUTION_FORMAT : plain);
    root.put("model", model);
    root.put("policy", description.policy());
    root.put("policyArguments", description.policyArguments());
    root.put("domain", description.domain());
    root.put("domainOptions", description.domainOptions());
    if (task != null) {
      root.put("task", TaskJson.write(task));
    }
    return JsonWriter.write(root);
  }

  /** The whole task, where its policy is at hand or the file that it was read from had it. */
  private static @Nullable TaskProgram task(ModelDescription description) {
    try {
      return description.task();
    } catch (TrmException e) {
      // A model may be described by who does not have its policy; what is known is kept.
      return null;
    }
  }

  /** Returns the file's task where the policy is absent or would make another one. */
  private static @Nullable TaskProgram stored(
      ModelConfig config,
      String policy,
      Map<String, Number> arguments,
      @Nullable TaskProgram task) {
    if (task == null
        || !PluginRegistry.standard().recursionPolicies().usable().containsKey(policy)) {
      return task;
    }
    try {
      return RecursionPrograms.task(PluginRegistry.standard(), policy, arguments, config)
              .equals(task)
          ? null
          : task;
    } catch (TrmException e) {
      // The arguments are those of another version; the file says what they meant.
      return task;
    }
  }

  static ModelDescription read(String json) {
    Map<String, @Nullable Object> root = JsonReader.parseObject(json);
    FormatVersion.check("description", root.getOrDefault("format", 1L), CONVOLUTION_FORMAT);
    JsonFields model = JsonFields.of("model", root.get("model"));
    ModelConfig.Builder builder =
        ModelConfig.builder()
            .hidden(model.integer("hiddenSize"), model.integer("numHeads"))
            .expansion(model.number("expansion"))
            .tokens(model.integer("seqLen"), model.integer("vocabSize"))
            .puzzleEmbedding(
                model.integer("puzzleEmbDim"),
                model.integer("puzzleEmbLen"),
                model.integer("numPuzzleIdentifiers"))
            .mixer(
                ModelConfig.Mixer.valueOf(model.text("mixer").toUpperCase(Locale.ROOT)),
                ModelConfig.Positions.valueOf(model.text("positions").toUpperCase(Locale.ROOT)))
            .rotaryBase(model.has("rotaryBase") ? model.number("rotaryBase") : 10_000.0)
            .rmsNormEpsilon(model.has("rmsNormEpsilon") ? model.number("rmsNormEpsilon") : 1e-5);
    if (model.has("gridColumns")) {
      builder.grid(model.integer("gridColumns"), model.integer("kernelSize"));
    }
    ModelConfig config = builder.build();
    Map<String, Number> arguments =
        JsonFields.of("policyArguments", root.get("policyArguments")).numbers();
    Map<String, String> options = new LinkedHashMap<>();
    JsonFields.of("domainOptions", root.get("domainOptions"))
        .values()
        .forEach((key, value) -> options.put(String.valueOf(key), String.valueOf(value)));
    JsonFields top = new JsonFields("description", root);
    String policy = top.text("policy");
    return new ModelDescription(
        config,
        policy,
        arguments,
        top.text("domain"),
        options,
        Optional.ofNullable(stored(config, policy, arguments, TaskJson.read(root.get("task")))));
  }
}
