package org.trm4j.it.contract;

import java.util.List;
import org.trm4j.Trm;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.tck.HaltingPolicyContract;

/** {@code halt-head} keeps the contract of halting policies. */
class HaltingHeadContractTest extends HaltingPolicyContract {
  @Override
  protected HaltingPolicyProvider provider() {
    return Trm.standard().plugins().haltingPolicies().get("halt-head");
  }

  @Override
  protected List<String> wrongArguments() {
    return List.of("0", "1", "nan", "two");
  }
}
