package org.trm4j.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;

class ReasonTest {
  @Test
  void isALineWithoutColours() {
    assertThat(Reason.of(new TornadoBailoutRuntimeException("Unable to compile product\nat ...")))
        .isEqualTo("Unable to compile product");
    assertThat(
            Reason.of(
                new TornadoBailoutRuntimeException("[TornadoVM] Error - Recover option disabled")))
        .isEqualTo("TornadoVM gives no reason");
    assertThat(Reason.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
  }
}
