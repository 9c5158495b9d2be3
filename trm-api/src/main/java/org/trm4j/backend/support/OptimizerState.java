package org.trm4j.backend.support;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;

/**
 * First and second moments and moving averages of trained parameters, as a resumed run needs them;
 * see {@link org.trm4j.backend.spi.TrainingSession#optimizerState()}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class OptimizerState {
  private final SessionArguments arguments;
  private final List<ParameterSpec> trained;
  private final Map<String, ParameterValues> parts = new LinkedHashMap<>();
  private final ParameterValues averages;

  /** Takes what a backend keeps. */
  public OptimizerState(
      SessionArguments arguments,
      List<ParameterSpec> trained,
      ParameterValues firstMoments,
      ParameterValues secondMoments,
      ParameterValues averages) {
    this.arguments = arguments;
    this.trained = trained;
    this.averages = averages;
    parts.put("m.", firstMoments);
    parts.put("v.", secondMoments);
    parts.put("ema.", averages);
  }

  /** Returns a copy of the averages. */
  public ParameterSet averages() {
    return new ParameterSet(averages.copy("", trained));
  }

  /** Returns a copy of all three. */
  public ParameterSet copy() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parts.forEach((prefix, values) -> tensors.putAll(values.copy(prefix, trained)));
    return new ParameterSet(tensors);
  }

  /** Restores what {@link #copy()} returned; nothing is changed where a shape is wrong. */
  public void restore(ParameterSet state) {
    for (String prefix : parts.keySet()) {
      for (ParameterSpec spec : trained) {
        arguments.optimizerState(prefix, spec, state.get(prefix + spec.name()).shape());
      }
    }
    parts.forEach((prefix, values) ->
        trained.forEach(spec -> values.set(spec, state.get(prefix + spec.name()))));
  }
}
