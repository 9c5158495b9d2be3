package org.trm4j.it.contract;

import java.util.List;
import org.trm4j.Trm;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.tck.HaltingPolicyContract;

/** {@code verified} keeps the contract of halting policies. */
class VerifiedAnswerContractTest extends HaltingPolicyContract {
  @Override
  protected HaltingPolicyProvider provider() {
    return Trm.standard().plugins().haltingPolicies().get("verified");
  }

  @Override
  protected List<String> wrongArguments() {
    return List.of("1");
  }
}
