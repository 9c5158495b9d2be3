package org.trm4j.backend.tornado.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;

class FailureReasonTest {
  @Test
  void isALineWithoutColours() {
    assertThat(
            FailureReason.of(
                new TornadoBailoutRuntimeException("Unable to compile product\nat ...")))
        .isEqualTo("Unable to compile product");
    assertThat(
            FailureReason.of(
                new TornadoBailoutRuntimeException("[TornadoVM] Error - Recover option disabled")))
        .isEqualTo("TornadoVM gives no reason");
    assertThat(FailureReason.of(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
