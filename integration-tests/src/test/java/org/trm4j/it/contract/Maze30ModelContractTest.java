package org.trm4j.it.contract;

import org.trm4j.Trm;
import org.trm4j.pretrained.spi.PretrainedModelProvider;
import org.trm4j.tck.pretrained.PretrainedModelContract;

/** {@code maze-30} keeps the contract of models in the box. */
class Maze30ModelContractTest extends PretrainedModelContract {
  @Override
  protected PretrainedModelProvider provider() {
    return Trm.standard().plugins().pretrainedModels().get("maze-30");
  }
}
