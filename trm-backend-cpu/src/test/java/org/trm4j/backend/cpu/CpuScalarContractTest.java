package org.trm4j.backend.cpu;

import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.trm4j.backend.cpu.kernel.vector.VectorWidth;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.tck.BackendContract;

/** {@code cpu-scalar} satisfies the contract of backends. */
@DisabledIfSystemProperty(
    named = VectorWidth.PROPERTY,
    matches = ".+",
    disabledReason = "plain loops do not depend on the vector width: tested once, in default-test")
class CpuScalarContractTest extends BackendContract {
  @Override
  public BackendProvider provider() {
    return new CpuScalarProvider();
  }
}
