package org.trm4j.backend.tornado;

import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.tck.BackendContract;

/** {@code tornado} satisfies the contract of backends, on the first device. */
class TornadoContractTest extends BackendContract {
  @Override
  public BackendProvider provider() {
    return new TornadoProvider();
  }
}
