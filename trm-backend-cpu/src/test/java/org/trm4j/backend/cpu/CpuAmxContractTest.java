package org.trm4j.backend.cpu;

import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.tck.BackendContract;
import org.trm4j.tck.ProductPrecision;

/** {@code cpu-amx} keeps the contract of backends, with products of bfloat16. */
class CpuAmxContractTest extends BackendContract {
  @Override
  public BackendProvider provider() {
    return new CpuAmxProvider();
  }

  @Override
  public ProductPrecision products() {
    return ProductPrecision.BFLOAT16;
  }
}
