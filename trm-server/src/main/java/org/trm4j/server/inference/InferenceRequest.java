package org.trm4j.server.inference;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A request of the protocol's clients.
 *
 * @param id repeated in the response
 * @param parameters such as {@code steps}, {@code attempts} or {@code binary_data_output}
 * @param inputs one tensor, {@code tokens}
 * @param outputs the requested outputs; all if absent
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record InferenceRequest(
    @Nullable String id,
    @Nullable Map<String, Object> parameters,
    @Nullable List<Input> inputs,
    @Nullable List<Output> outputs) {

  /**
   * An input.
   *
   * @param name {@code tokens}
   * @param shape [N, S], or [S] for one puzzle
   * @param datatype an integer type
   * @param parameters such as {@code binary_data_size}
   * @param data flat or nested; null if it follows the JSON as bytes
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public record Input(
      @Nullable String name,
      @Nullable List<Long> shape,
      @Nullable String datatype,
      @Nullable Map<String, Object> parameters,
      @Nullable Object data) {}

  /**
   * An output.
   *
   * @param name of the output
   * @param parameters such as {@code binary_data}
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public record Output(@Nullable String name, @Nullable Map<String, Object> parameters) {}
}
