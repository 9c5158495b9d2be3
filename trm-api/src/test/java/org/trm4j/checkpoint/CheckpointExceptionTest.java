package org.trm4j.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckpointExceptionTest {
  @Test
  void quotedNamesDoNotBreakTheLine() {
    assertThat(new CheckpointException("a\r\nb\u0085c\u2028d, é")).hasMessage("a b c d, é");
    assertThat(new CheckpointException("a\nb", new IllegalStateException())).hasMessage("a b");
  }
}
