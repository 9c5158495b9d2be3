package org.trm4j.it.contract;

import org.trm4j.Trm;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.tck.RecursionPolicyContract;

/** {@code trm-grid} keeps the contract of recursion policies. */
class GridPolicyContractTest extends RecursionPolicyContract {
  @Override
  protected RecursionPolicyProvider provider() {
    return Trm.standard().plugins().recursionPolicies().get("trm-grid");
  }
}
