package com.example.metered;

import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.tck.BackendContract;

class MeteredContractTest extends BackendContract {
  public BackendProvider provider() {
    return new MeteredProvider();
  }
}
