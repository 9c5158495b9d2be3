package org.trm4j.spring.boot;

import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The {@code trm.*} properties. A model's location is a run folder or a model file, a Spring
 * resource ({@code classpath:model.safetensors}), or the name of a model in the box ({@code
 * sudoku-9}).
 *
 * @param model Location of the model: a run folder, a model file, a resource such as
 *     classpath:model.safetensors, or the name of a model in the box such as sudoku-9. Its bean is
 *     the primary TrmModel.
 * @param models Locations of further models by bean name.
 * @param backend Backend that runs the models: auto, an id such as cpu-vector, or id:device.
 * @param threads Worker threads that all models share; 0 for all processors.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
@ConfigurationProperties("trm")
public record TrmProperties(
    @Nullable String model,
    @DefaultValue Map<String, String> models,
    @DefaultValue("auto") String backend,
    @DefaultValue("0") int threads) {
  /** Copies the map. */
  public TrmProperties {
    models = Map.copyOf(models);
  }
}
