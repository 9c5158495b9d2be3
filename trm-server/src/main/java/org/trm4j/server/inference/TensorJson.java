package org.trm4j.server.inference;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of the protocol.
 *
 * @param name of the tensor
 * @param datatype such as INT32
 * @param shape its dimensions
 * @param data flat or nested, row-major; null if it follows the JSON as bytes
 * @param parameters such as {@code binary_data_size}
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record TensorJson(
    String name,
    String datatype,
    List<Long> shape,
    @Nullable Object data,
    @Nullable Map<String, Object> parameters) {}
