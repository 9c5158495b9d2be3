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
public record Buffer(String name, Shape shape, Role role) {

  @Override
  public String toString() {
    return name + shape;
  }

  /** How long a buffer's contents matter. */
  public enum Role {
    /** A latent state: kept from one supervision step to the next. */
    STATE,
    /**
     * Handed over by the host for a sequence and kept until it is handed over again; all 0 when the
     * sequence starts.
     */
    INPUT,
    /** Dead after its last reader; the allocation may give its memory to another buffer. */
    TEMPORARY,
    /** Read by the host after the step. */
    OUTPUT
  }
}
