package org.trm4j.backend.support;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;

/**
 * One number for each value of a set of parameters, wherever a backend keeps it: the values
 * themselves, their gradients, moments or averages.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public interface ParameterValues {

  /** Returns a copy of a parameter's. */
  Tensor get(ParameterSpec spec);

  /**
   * Overwrites a parameter's.
   *
   * @param values of the parameter's shape
   */
  void set(ParameterSpec spec, Tensor values);

  /** Returns copies of some parameters', by their names behind a prefix. */
  default Map<String, Tensor> copy(String prefix, List<ParameterSpec> specs) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    specs.forEach(spec -> tensors.put(prefix + spec.name(), get(spec)));
    return tensors;
  }
}
