package org.trm4j.backend.cpu;

import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.tck.BackendContract;

/**
 * {@code cpu-vector} satisfies the contract of backends, at each vector width that the build runs.
 */
class CpuVectorContractTest extends BackendContract {
  @Override
  public BackendProvider provider() {
    return new CpuVectorProvider();
  }
}
