package org.trm4j.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;

/**
 * Names of parameters in published checkpoints: {@code _orig_mod.model.inner.NAME} and shorter
 * forms.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class ParameterNames {
  /** The prefix under which models are saved, as published. */
  public static final String PREFIX = "model.inner.";

  private ParameterNames() {}

  /** Returns the name without {@code _orig_mod.}, {@code model.} and {@code inner.}. */
  public static String canonical(String name) {
    String rest = name;
    for (String prefix : new String[] {"_orig_mod.", "model.", "inner."}) {
      if (rest.startsWith(prefix)) {
        rest = rest.substring(prefix.length());
      }
    }
    return rest;
  }

  /** Returns the same tensors by canonical names; two with one canonical name are refused. */
  public static ParameterSet canonical(ParameterSet parameters) {
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

  /** Returns the same tensors by published names. */
  static ParameterSet published(ParameterSet parameters) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    parameters.tensors().forEach((name, tensor) -> renamed.put(PREFIX + name, tensor));
    return new ParameterSet(renamed);
  }
}
