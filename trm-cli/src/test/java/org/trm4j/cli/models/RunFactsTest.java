package org.trm4j.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFactsTest {
  @TempDir private Path run;

  /** Two hours on two threads, then, resumed, one more on one; its clock goes on. */
  @Test
  void aResumedRunCountsItsHoursOnce() throws Exception {
    Files.writeString(
        run.resolve("metrics.jsonl"),
        """
        {"event":"start","step":0,"device":"cpu-vector: 512-bit vectors, 2 threads"}
        {"event":"train","step":50,"progress":{"step":50,"totalSteps":90,"seconds":3600.0}}
        {"event":"train","step":60,"progress":{"step":60,"totalSteps":90,"seconds":7200.0}}
        {"event":"end","step":60}
        {"event":"start","step":60,"device":"cpu-vector: 512-bit vectors, 1 threads"}
        {"event":"train","step":90,"progress":{"step":90,"totalSteps":90,"seconds":10800.0}}
        """);
    assertThat(RunFacts.of(run, Map.of("step", "90"), "a test"))
        .isEqualTo("step 90 of 90, at most 5.0 core-hours, a test");
  }
}
