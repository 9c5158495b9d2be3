package org.trm4j.it.contract;

import java.util.List;
import org.trm4j.Trm;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.tck.HaltingPolicyContract;

/** {@code fixed-point} keeps the contract of halting policies. */
class FixedPointContractTest extends HaltingPolicyContract {
  @Override
  protected HaltingPolicyProvider provider() {
    return Trm.standard().plugins().haltingPolicies().get("fixed-point");
  }

  @Override
  protected List<String> wrongArguments() {
    return List.of("0", "-1", "NaN", "Infinity");
  }
}
