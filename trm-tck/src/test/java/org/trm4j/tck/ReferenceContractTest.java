package org.trm4j.tck;

import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.tck.oracle.ReferenceProvider;

/** The oracle satisfies its own contract. */
class ReferenceContractTest extends BackendContract {
  @Override
  public BackendProvider provider() {
    return new ReferenceProvider();
  }
}
