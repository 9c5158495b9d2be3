package org.trm4j.it.contract;

import org.trm4j.plugin.Plugins;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.tck.RecursionPolicyContract;

/** {@code deduction} keeps the contract of recursion policies. */
class DeductionPolicyContractTest extends RecursionPolicyContract {
  @Override
  protected RecursionPolicyProvider provider() {
    return Plugins.recursionPolicies().get("deduction");
  }
}
