package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpCommandTest {
  @Test
  void runsEveryCommandThatItNames() {
    Run run = Run.of("warm-up");
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
  }
}
