package org.trm4j.it.contract;

import org.trm4j.Trm;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.tck.RecursionPolicyContract;

/** {@code hrm} keeps the contract of recursion policies. */
class HrmPolicyContractTest extends RecursionPolicyContract {
  @Override
  protected RecursionPolicyProvider provider() {
    return Trm.standard().plugins().recursionPolicies().get("hrm");
  }
}
