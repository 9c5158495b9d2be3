package org.trm4j.backend.cpu;

import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.tck.BackendContract;

/** {@code cpu-amx} keeps the contract of backends. */
class CpuAmxContractTest extends BackendContract {
  @Override
  public BackendProvider provider() {
    return new CpuAmxProvider();
  }
}
