package org.trm4j.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** Values of parameters by name, in order. Immutable. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ParameterSet {
  private static final int NAMED = 10;
  private static final int LONGEST = 100;

  private final Map<String, Tensor> tensors;

  /** Copies the map, not the tensors. */
  public ParameterSet(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** Returns the tensors by name. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /** Returns the tensor of that name; throws when there is none. */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "parameter %s: not found among %s%s".formatted(name, tensors.size(), some()));
    }
    return tensor;
  }

  private String some() {
    return tensors.isEmpty()
        ? ""
        : tensors.keySet().stream()
            .limit(NAMED)
            .map(name -> name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name)
            .collect(Collectors.joining(", ", " (", tensors.size() > NAMED ? ", ...)" : ")"));
  }

  /**
   * Returns the values of exactly these parameters, checked: a missing one, one of another shape,
   * and one that the model does not know are refused.
   */
  public ParameterSet matching(List<ParameterSpec> specs) {
    Map<String, Tensor> matched = new LinkedHashMap<>();
    for (ParameterSpec spec : specs) {
      Tensor tensor = tensors.get(spec.name());
      if (tensor == null) {
        throw new IllegalArgumentException(
            "parameter %s: missing, expected shape %s; found %s parameters%s"
                .formatted(spec.name(), spec.shape(), tensors.size(), some()));
      }
      if (!tensor.shape().equals(spec.shape())) {
        throw new IllegalArgumentException(
            "parameter %s: shape %s, expected %s"
                .formatted(spec.name(), tensor.shape(), spec.shape()));
      }
      matched.put(spec.name(), tensor);
    }
    for (String name : tensors.keySet()) {
      if (!matched.containsKey(name)) {
        throw new IllegalArgumentException(
            "parameter %s: not a parameter of this model".formatted(name));
      }
    }
    return new ParameterSet(matched);
  }

  /**
   * Returns which parameter holds a value that is NaN or infinite, as one line; empty where all are
   * finite.
   */
  public Optional<String> notFinite() {
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long at = entry.getValue().firstNotFinite();
      if (at >= 0) {
        return Optional.of(
            "parameter %s: %s at index %s, expected finite numbers"
                .formatted(entry.getKey(), entry.getValue().get(at), at));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns itself; throws {@link IllegalArgumentException} with the message {@link #notFinite()}
   * if a value is not finite.
   */
  public ParameterSet finite() {
    notFinite()
        .ifPresent(wrong -> {
          throw new IllegalArgumentException(wrong);
        });
    return this;
  }
}
