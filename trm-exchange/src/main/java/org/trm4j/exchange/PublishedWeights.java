package org.trm4j.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.ParameterNames;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;

/**
 * The parameters of a published checkpoint by this library's names.
 *
 * @param parameters by canonical name
 * @param types element type in the file, by canonical name
 * @param root the prefix of the names
 * @param notes the decisions, one line each
 */
record PublishedWeights(
    ParameterSet parameters, Map<String, String> types, String root, List<String> notes) {
  private static final String AVERAGES = "(callbacks\\..*\\.shadow|ema(\\.shadow)?)\\..*";
  private static final float INITIAL_BIAS = -5;

  /** Names of nano-trm, by prefix. */
  private static final Map<String, String> SYNONYMS =
      Map.of(
          "input_embedding.embedding_weight", ParameterLayout.TOKEN_EMBEDDING,
          "lenet.", "L_level.",
          "z_H_init", "H_init",
          "z_L_init", "L_init");

  /** What modules keep besides parameters; it follows from the configuration. */
  private static final List<String> CACHES =
      List.of(".cos_cached", ".sin_cached", ".inv_freq", ".local_weights", ".local_ids");

  /**
   * Finds them.
   *
   * @param chosen the root that the user chose, or null
   */
  static PublishedWeights of(Checkpoint checkpoint, @Nullable String chosen) {
    List<String> notes = new ArrayList<>();
    Set<String> roots = ParameterNames.roots(checkpoint.tensors().tensors().keySet());
    String averages = chosen == null ? averages(roots) : null;
    String root =
        averages == null
            ? root(checkpoint, roots, chosen)
            : roots.stream().filter(other -> !other.equals(averages)).findFirst().orElseThrow();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, String> types = new TreeMap<>();
    add(checkpoint, root, tensors, types);
    if (averages != null) {
      // Values that are not averaged, such as start vectors, occur only once.
      add(checkpoint, averages, tensors, types);
      notes.add("weights: the moving averages under '%s'".formatted(averages));
    } else if (!root.isEmpty()) {
      notes.add("weights: under '%s'".formatted(root));
    }
    widenHaltingHead(tensors, notes);
    return new PublishedWeights(new ParameterSet(tensors), types, root, List.copyOf(notes));
  }

  /**
   * Besides the weights, a checkpoint may hold their averages: Lightning's in a callback, EqR's
   * under {@code ema}.
   */
  private static @Nullable String averages(Set<String> roots) {
    List<String> found = roots.stream().filter(root -> root.matches(AVERAGES)).toList();
    return roots.size() == 2 && found.size() == 1 ? found.getFirst() : null;
  }

  private static String root(Checkpoint checkpoint, Set<String> roots, @Nullable String chosen) {
    if (chosen != null && roots.contains(chosen)) {
      return chosen;
    }
    String places = String.join(" and ", roots.stream().map(root -> "'" + root + "'").toList());
    if (chosen != null) {
      throw new CheckpointException(
          "weights: nothing under '%s'; found weights under %s"
              .formatted(chosen, roots.isEmpty() ? "no name" : places));
    }
    if (roots.isEmpty()) {
      // Says what was found.
      checkpoint.tensors().get(ParameterLayout.LM_HEAD);
    }
    if (roots.size() > 1) {
      throw new CheckpointException(
          "several sets of weights, under %s; choose one with --set weights=%s"
              .formatted(places, roots.iterator().next()));
    }
    return roots.iterator().next();
  }

  private static void add(
      Checkpoint checkpoint, String root, Map<String, Tensor> tensors, Map<String, String> types) {
    checkpoint
        .unread()
        .forEach((name, why) -> {
          if (name.startsWith(root)) {
            throw new CheckpointException(
                "tensor %s: depends on %s, which is not read; save it in PyTorch as a plain tensor"
                    .formatted(name, why));
          }
        });
    ParameterNames.under(root, checkpoint.tensors())
        .tensors()
        .forEach((name, tensor) -> {
          if (CACHES.stream().noneMatch(name::endsWith)) {
            String canonical = canonical(name);
            tensors.put(canonical, tensor);
            String type = checkpoint.types().getOrDefault(root + name, "F32");
            if (type.equals("F32")) {
              types.remove(canonical);
            } else {
              types.put(canonical, type);
            }
          }
        });
  }

  private static String canonical(String name) {
    for (Map.Entry<String, String> synonym : SYNONYMS.entrySet()) {
      if (name.startsWith(synonym.getKey())) {
        return synonym.getValue() + name.substring(synonym.getKey().length());
      }
    }
    return name;
  }

  /** A head that only halts has one row; {@code q_continue} then keeps its initial value. */
  private static void widenHaltingHead(Map<String, Tensor> tensors, List<String> notes) {
    Tensor weight = tensors.get(ParameterLayout.Q_HEAD_WEIGHT);
    Tensor bias = tensors.get(ParameterLayout.Q_HEAD_BIAS);
    if (weight == null || weight.shape().rank() != 2 || weight.shape().dim(0) != 1) {
      return;
    }
    int width = weight.shape().dim(1);
    float[] rows = new float[2 * width];
    weight.copyTo(0, rows, 0, width);
    tensors.put(ParameterLayout.Q_HEAD_WEIGHT, Tensor.of(Shape.of(2, width), rows));
    if (bias != null && bias.shape().size() == 1) {
      tensors.put(ParameterLayout.Q_HEAD_BIAS, Tensor.of(Shape.of(2), bias.get(0), INITIAL_BIAS));
    }
    notes.add("q_head: has the halting row only; q_continue is as before training");
  }
}
