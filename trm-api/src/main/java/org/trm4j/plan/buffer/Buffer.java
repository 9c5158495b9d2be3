package org.trm4j.plan.buffer;

import org.apiguardian.api.API;
import org.trm4j.model.Shape;

/**
 * A named buffer of 32-bit floats for one sequence.
 *
 * @param name unique in a plan; a {@code STATE} buffer has its latent state's name
 * @param shape extents for one sequence; the batch is the executor's
 * @param role how long its contents matter
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Buffer(String name, Shape shape, BufferRole role) {

  @Override
  public String toString() {
    return name + shape;
  }
}
