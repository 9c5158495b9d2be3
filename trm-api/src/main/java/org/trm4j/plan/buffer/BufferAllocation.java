package org.trm4j.plan.buffer;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * Where each temporary and output buffer of one sequence lies in a workspace. Buffers that are
 * never alive at the same time may share memory.
 *
 * @param offsets first float of each buffer; states are not among them
 * @param size floats of the workspace
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record BufferAllocation(Map<Buffer, Integer> offsets, int size) {
  /** Copies the map. */
  public BufferAllocation {
    offsets = Map.copyOf(offsets);
  }
}
