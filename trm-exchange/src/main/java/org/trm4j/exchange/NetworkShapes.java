package org.trm4j.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;

/**
 * The settings that follow from the shapes of a model's parameters.
 *
 * @param hiddenSize D
 * @param vocabSize V
 * @param layers of each module, by its name
 * @param mixer of the layers
 * @param length L, or null if no shape contains it
 * @param learnedPositions whether there is a table of positions
 * @param puzzleEmbDim width of the puzzle embedding; 0 for none
 * @param identifiers rows of its table; 0 for none
 * @param inner inner width of the SwiGLU
 * @param tokenInner inner width of the token mixer's SwiGLU; 0 for none
 * @param starts names of the stored start vectors
 */
record NetworkShapes(
    int hiddenSize,
    int vocabSize,
    Map<String, Integer> layers,
    ModelConfig.Mixer mixer,
    @Nullable Integer length,
    boolean learnedPositions,
    int puzzleEmbDim,
    int identifiers,
    int inner,
    int tokenInner,
    Set<String> starts) {
  private static final Pattern LAYER = Pattern.compile("(\\w+)\\.layers\\.([0-9]{1,4})\\..*");
  private static final Pattern START = Pattern.compile("\\w+_init");

  /** Reads the shapes; throws {@link IllegalArgumentException} with what is missing. */
  static NetworkShapes of(ParameterSet parameters) {
    Shape head = matrix(parameters, ParameterLayout.LM_HEAD);
    Map<String, Integer> layers = new TreeMap<>();
    Set<String> starts = new TreeSet<>();
    for (String name : parameters.tensors().keySet()) {
      Matcher layer = LAYER.matcher(name);
      if (layer.matches()) {
        layers.merge(layer.group(1), Integer.parseInt(layer.group(2)) + 1, Math::max);
      } else if (START.matcher(name).matches()) {
        starts.add(name);
      }
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "no parameter is named as MODULE.layers.N...; found "
              + parameters.tensors().keySet().stream().limit(10).toList());
    }
    String first = layers.keySet().iterator().next() + ".layers.0.";
    boolean attention = parameters.tensors().containsKey(first + "self_attn.qkv_proj.weight");
    if (parameters.tensors().containsKey(first + "conv.weight")) {
      throw new IllegalArgumentException(
          "parameter %sconv.weight: a mixer of this library, which no published model has, expected %sself_attn or %smlp_t"
              .formatted(first, first, first));
    }
    Integer length = null;
    int tokenInner = 0;
    if (!attention) {
      Shape down = matrix(parameters, first + "mlp_t.down_proj.weight");
      length = down.dim(0);
      tokenInner = down.dim(1);
    }
    Tensor positions = parameters.tensors().get(ParameterLayout.POSITION_EMBEDDING);
    if (positions != null) {
      length = matrix(parameters, ParameterLayout.POSITION_EMBEDDING).dim(0);
    }
    boolean table = parameters.tensors().containsKey(ParameterLayout.PUZZLE_EMBEDDING);
    Shape puzzles = table ? matrix(parameters, ParameterLayout.PUZZLE_EMBEDDING) : Shape.of(0, 0);
    return new NetworkShapes(
        head.dim(1),
        head.dim(0),
        Map.copyOf(layers),
        attention ? ModelConfig.Mixer.ATTENTION : ModelConfig.Mixer.TOKEN_MLP,
        length,
        positions != null,
        puzzles.dim(1),
        puzzles.dim(0),
        matrix(parameters, first + "mlp.down_proj.weight").dim(1),
        tokenInner,
        Set.copyOf(starts));
  }

  private static Shape matrix(ParameterSet parameters, String name) {
    Shape shape = parameters.get(name).shape();
    if (shape.rank() != 2) {
      throw new IllegalArgumentException(
          "parameter %s: shape %s, expected two extents".formatted(name, shape));
    }
    return shape;
  }

  int layersOf(String module) {
    return layers.getOrDefault(module, 0);
  }

  /** Returns a readable form. */
  String describe() {
    List<String> parts = new ArrayList<>();
    parts.add("D = " + hiddenSize);
    parts.add("V = " + vocabSize);
    if (length != null) {
      parts.add("L = " + length);
    }
    parts.add(mixer == ModelConfig.Mixer.ATTENTION ? "attention" : "token MLP");
    new TreeMap<>(layers)
        .forEach((module, count) ->
            parts.add("%s of %s %s".formatted(module, count, count == 1 ? "layer" : "layers")));
    parts.add(
        puzzleEmbDim == 0
            ? "no puzzle embedding"
            : "puzzle embedding [%s, %s]".formatted(identifiers, puzzleEmbDim));
    return String.join(", ", parts);
  }
}
