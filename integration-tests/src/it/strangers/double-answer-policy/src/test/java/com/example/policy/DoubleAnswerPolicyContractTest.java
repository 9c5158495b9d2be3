package com.example.policy;

import org.trm4j.tck.RecursionPolicyContract;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

class DoubleAnswerPolicyContractTest extends RecursionPolicyContract {
  protected RecursionPolicyProvider provider() {
    return new DoubleAnswerPolicy();
  }
}
