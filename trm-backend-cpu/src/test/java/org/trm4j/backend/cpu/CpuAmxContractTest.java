package org.trm4j.backend.cpu;

import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.tck.BackendContract;

/** {@code cpu-amx} satisfies the contract of backends, with bfloat16 products. */
class CpuAmxContractTest extends BackendContract {
  @Override
  public BackendProvider provider() {
    return new CpuAmxProvider();
  }

  @Override
  public BackendContract.ProductPrecision products() {
    return BackendContract.ProductPrecision.BFLOAT16;
  }
}
