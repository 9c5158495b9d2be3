package com.example.policy;

import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.tck.HaltingPolicyContract;

class SettledContractTest extends HaltingPolicyContract {
  protected HaltingPolicyProvider provider() {
    return new Settled();
  }
}
