package org.trm4j.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.checkpoint.CheckpointException;

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
    assertThat(RunFacts.of(run, List.of(), Map.of("step", "90"), "a test"))
        .isEqualTo("step 90 of 90, at most 5.0 core-hours, a test");
  }

  /** What a run began from took time, too; a tenth of an hour that has begun counts whole. */
  @Test
  void earlierRunsCount() throws Exception {
    Path first = run("first", 1200, 197);
    Path last = run("last", 6000, 1420);
    assertThat(RunFacts.of(last, List.of(first), Map.of("step", "2400"), "a test"))
        .isEqualTo("step 2400 of 6000 after 1 earlier run, at most 0.5 core-hours, a test");
    assertThat(RunFacts.of(last, List.of(first, first), Map.of("step", "2400"), "a test"))
        .isEqualTo("step 2400 of 6000 after 2 earlier runs, at most 0.6 core-hours, a test");
    Path none = run.resolve("none");
    assertThatThrownBy(() -> RunFacts.of(last, List.of(none), Map.of(), "a test"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(none + ": expected a run folder with metrics.jsonl");
  }

  private Path run(String name, long steps, double seconds) throws Exception {
    Path folder = Files.createDirectory(run.resolve(name));
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        """
        {"event":"start","step":0,"device":"cpu-vector: 512-bit vectors, 1 threads"}
        {"event":"train","step":90,"progress":{"step":90,"totalSteps":%s,"seconds":%s}}
        """
            .formatted(steps, seconds));
    return folder;
  }
}
