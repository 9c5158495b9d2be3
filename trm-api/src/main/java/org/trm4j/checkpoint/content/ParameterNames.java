package org.trm4j.checkpoint.content;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;

/**
 * Names of parameters in published checkpoints: {@code _orig_mod.model.inner.NAME}, shorter forms,
 * and what wrappers and nested dictionaries put before them, such as {@code module.} and {@code
 * state_dict.}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ParameterNames {
  /** The prefix under which models are saved, as published. */
  public static final String PREFIX = "model.inner.";

  private static final List<String> WRAPPERS = List.of("_orig_mod.", "module.", "model.", "inner.");

  private ParameterNames() {}

  /**
   * Returns the name without {@code _orig_mod.}, {@code module.}, {@code model.} and {@code
   * inner.}.
   */
  public static String canonical(String name) {
    String rest = name;
    for (int i = 0; i < WRAPPERS.size(); i++) {
      if (rest.startsWith(WRAPPERS.get(i))) {
        rest = rest.substring(WRAPPERS.get(i).length());
        i = -1;
      }
    }
    return rest;
  }

  /**
   * Returns what stands before the names of a model's parameters, for each set of weights among the
   * names: every model has one {@code lm_head.weight}.
   */
  public static Set<String> roots(Set<String> names) {
    Set<String> roots = new TreeSet<>();
    for (String name : names) {
      if (name.equals(ParameterLayout.LM_HEAD) || name.endsWith("." + ParameterLayout.LM_HEAD)) {
        roots.add(name.substring(0, name.length() - ParameterLayout.LM_HEAD.length()));
      }
    }
    return roots;
  }

  /**
   * Returns the parameters of the one model among the tensors, by canonical names; what lies beside
   * it, such as an optimizer's state, is left out. Several sets of weights, and two tensors with
   * one canonical name, are refused.
   */
  public static ParameterSet canonical(ParameterSet parameters) {
    Set<String> roots = roots(parameters.tensors().keySet());
    if (roots.size() > 1) {
      throw new IllegalArgumentException(
          "several sets of weights, under %s; expected one"
              .formatted(
                  String.join(" and ", roots.stream().map(root -> "'" + root + "'").toList())));
    }
    if (!roots.isEmpty()) {
      return under(roots.iterator().next(), parameters);
    }
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    parameters
        .tensors()
        .forEach((name, tensor) -> {
          if (renamed.put(canonical(name), tensor) != null) {
            throw new IllegalArgumentException(
                "parameter %s: present twice".formatted(canonical(name)));
          }
        });
    return new ParameterSet(renamed);
  }

  /** Returns the tensors whose names begin so, by the rest of their names. */
  public static ParameterSet under(String root, ParameterSet parameters) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    parameters
        .tensors()
        .forEach((name, tensor) -> {
          if (name.startsWith(root)) {
            renamed.put(name.substring(root.length()), tensor);
          }
        });
    return new ParameterSet(renamed);
  }

  /** Returns the same tensors by published names. */
  public static ParameterSet published(ParameterSet parameters) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    parameters.tensors().forEach((name, tensor) -> renamed.put(PREFIX + name, tensor));
    return new ParameterSet(renamed);
  }
}
