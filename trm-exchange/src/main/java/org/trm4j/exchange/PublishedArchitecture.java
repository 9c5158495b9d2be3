package org.trm4j.exchange;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trm4j.Trm;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.model.ModelConfig;

/** The settings of a model under the names of the published configurations. */
final class PublishedArchitecture {
  private static final Map<String, String> CLASSES =
      Map.of(
          "trm", "recursive_reasoning.trm@TinyRecursiveReasoningModel_ACTV1",
          "trm-single-z", "recursive_reasoning.trm_singlez@TinyRecursiveReasoningModel_ACTV1",
          "trm-multi-z", "recursive_reasoning.trm_hier6@TinyRecursiveReasoningModel_ACTV1",
          "hrm", "recursive_reasoning.hrm@HierarchicalReasoningModel_ACTV1",
          "direct", "recursive_reasoning.transformers_baseline@Model_ACTV2");

  private PublishedArchitecture() {}

  /**
   * Returns them.
   *
   * @param types of parameters that are not 32-bit floats
   */
  static Map<String, Object> of(ModelDescription description, Map<String, String> types) {
    ModelConfig config = description.config();
    Map<String, Number> arguments = new LinkedHashMap<>();
    // Values that a description leaves out are the policy's defaults.
    Trm.standard()
        .plugins()
        .recursionPolicies()
        .get(description.policy())
        .defaults()
        .values()
        .forEach(arguments::put);
    arguments.putAll(description.policyArguments());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", CLASSES.getOrDefault(description.policy(), description.policy()));
    all.put("policy", description.policy());
    put(all, "H_cycles", arguments.get("T"));
    put(all, "L_cycles", arguments.get("n"));
    Number layers = arguments.get("layers");
    put(all, "H_layers", description.policy().equals("direct") ? layers : arguments.get("hLayers"));
    put(all, "L_layers", arguments.getOrDefault("lLayers", layers == null ? 0 : layers));
    put(all, "lambda_", arguments.get("lambda"));
    put(all, "noise_scale", arguments.get("sigma"));
    all.put("hidden_size", config.hiddenSize());
    all.put("num_heads", config.numHeads());
    all.put("expansion", config.expansion());
    all.put("seq_len", config.seqLen());
    all.put("vocab_size", config.vocabSize());
    all.put("num_puzzle_identifiers", config.numPuzzleIdentifiers());
    all.put("puzzle_emb_ndim", config.puzzleEmbDim());
    all.put("puzzle_emb_len", config.puzzleEmbLen());
    all.put(
        "pos_encodings",
        switch (config.positions()) {
          case ROTARY -> "rope";
          case LEARNED, NONE -> config.positions().name().toLowerCase(Locale.ROOT);
        });
    all.put("mlp_t", config.mixer() == ModelConfig.Mixer.TOKEN_MLP);
    all.put("rope_theta", config.rotaryBase());
    all.put("rms_norm_eps", config.rmsNormEpsilon());
    all.put("forward_dtype", types.containsValue("BF16") ? "bfloat16" : "float32");
    all.put("domain", domain(description));
    return all;
  }

  private static void put(Map<String, Object> all, String key, @Nullable Number value) {
    if (value != null) {
      all.put(key, value);
    }
  }

  private static String domain(ModelDescription description) {
    if (description.domain().isEmpty()) {
      return "none";
    }
    String options =
        description.domainOptions().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
    return options.isEmpty() ? description.domain() : description.domain() + ":" + options;
  }
}
