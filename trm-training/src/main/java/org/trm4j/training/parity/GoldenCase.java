package org.trm4j.training.parity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trm4j.checkpoint.content.ParameterNames;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.dataset.spi.Example;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.buffer.Buffer;
import tools.jackson.databind.JsonNode;

/**
 * Inputs and outputs of the published code on a small random model.
 *
 * @param name of its files
 * @param description of the model
 * @param batch sequences
 * @param maxSteps supervision steps of a sequence at most
 * @param evalSteps supervision steps from a fresh carry
 * @param trainSteps training steps
 * @param optimizer its constant settings
 * @param tolerance by kind of value
 * @param omitted groups of values ({@code grad}, {@code final}, {@code final_ema}) that the case
 *     says it leaves out
 * @param tensors all values by name
 * @param used names of the values that were compared or read
 */
record GoldenCase(
    String name,
    ModelDescription description,
    int batch,
    int maxSteps,
    int evalSteps,
    int trainSteps,
    GoldenOptimizer optimizer,
    JsonNode tolerance,
    Set<String> omitted,
    ParameterSet tensors,
    Set<String> used) {

  /** Checks that there are as many sequences as the case says, before room is made for them. */
  GoldenCase {
    if (maxSteps < 1) {
      throw new IllegalArgumentException(
          "halt_max_steps: found %s, expected at least 1".formatted(maxSteps));
    }
    Tensor inputs = tensors.get("eval.batch.inputs");
    if (inputs.shape().rank() != 2 || inputs.shape().dim(0) != batch) {
      throw new IllegalArgumentException(
          "batch_size: found %s, eval.batch.inputs has shape %s".formatted(batch, inputs.shape()));
    }
  }

  /** Returns a value, and remembers that somebody wanted it. */
  Tensor tensor(String key) {
    used.add(key);
    return tensors.get(key);
  }

  double value(String key) {
    return tensor(key).get(0);
  }

  /** Returns the start of a latent state of one sequence. */
  float[] start(Buffer state, int row) {
    Tensor all = tensor("start." + state.name());
    float[] values = new float[state.shape().intSize()];
    all.copyTo((long) row * values.length, values, 0, values.length);
    return values;
  }

  /** Returns the names of the outputs that nobody has asked for; a slot may skip a batch. */
  List<String> unused() {
    return tensors.tensors().keySet().stream()
        .filter(key -> !used.contains(key))
        .filter(key -> !key.contains(".batch.") && !key.endsWith(".puzzle_emb_ids"))
        .sorted()
        .toList();
  }

  boolean hasAny(String prefix) {
    return tensors.tensors().keySet().stream().anyMatch(key -> key.startsWith(prefix));
  }

  boolean has(String key) {
    return tensors.tensors().containsKey(key);
  }

  /** Returns the tolerance of step {@code index} of a kind; throws if the case gives none. */
  double tolerance(String kind, int index) {
    return number(tolerance.path(kind).path(index), kind + "." + index);
  }

  double tolerance(String kind) {
    return number(tolerance.path(kind), kind);
  }

  double gradientTolerance(String key) {
    return number(tolerance.path("grad").path(key), "grad." + key);
  }

  private double number(JsonNode node, String what) {
    if (!node.isNumber()) {
      throw new IllegalArgumentException("%s: no tolerance for %s".formatted(name, what));
    }
    return node.asDouble();
  }

  /** Returns the tensors whose names start with a prefix, by canonical names. */
  ParameterSet parameters(String prefix) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    tensors
        .tensors()
        .forEach((key, tensor) -> {
          if (key.startsWith(prefix)) {
            used.add(key);
            found.put(ParameterNames.canonical(key.substring(prefix.length())), tensor);
          }
        });
    return new ParameterSet(found);
  }

  /** Returns one sequence of a batch, such as {@code eval.batch}. */
  Example example(String key, int row) {
    return new Example(
        row(key + ".inputs", row),
        row(key + ".labels", row),
        has(key + ".puzzle_identifiers") ? (int) tensor(key + ".puzzle_identifiers").get(row) : 0);
  }

  int[] row(String key, int row) {
    Tensor tensor = tensor(key);
    int width = tensor.shape().dim(1);
    int[] values = new int[width];
    for (int i = 0; i < width; i++) {
      values[i] = (int) tensor.get((long) row * width + i);
    }
    return values;
  }
}
