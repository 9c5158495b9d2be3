package org.trm4j.it.contract;

import org.trm4j.Trm;
import org.trm4j.pretrained.spi.PretrainedModelProvider;
import org.trm4j.tck.pretrained.PretrainedModelContract;

/** {@code sudoku-9-deduction} keeps the contract of models in the box. */
class Sudoku9DeductionModelContractTest extends PretrainedModelContract {
  @Override
  protected PretrainedModelProvider provider() {
    return Trm.standard().plugins().pretrainedModels().get("sudoku-9-deduction");
  }
}
