package org.trm4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program for {@code spark-submit} that trains, which ends its session itself. */
class TrainProgramTest {
  @TempDir Path folder;

  private int train(Path out, String... more) {
    List<String> all = new ArrayList<>(List.of("--out", out.toString(), "--workers", "1"));
    all.addAll(List.of(more));
    return Programs.run(new Train(), all.toArray(String[]::new));
  }

  private static String[] fresh() {
    List<String> all = new ArrayList<>(List.of("--config", "demo", "--steps", "1"));
    for (String setting :
        List.of(
            "hiddenSize=16",
            "numHeads=2",
            "puzzleEmbDim=16",
            "run.batch=2",
            "run.evaluateEvery=-1",
            "data.options.train=20")) {
      all.addAll(List.of("--set", setting));
    }
    return all.toArray(String[]::new);
  }

  /** Refused before there is a session; then as the refusal says, both ways. */
  @Test
  void aRunThatIsThereIsResumedOrLeftAlone() {
    Path run = folder.resolve("run");
    Cluster.inThisJvm();
    assertThat(train(run, fresh())).isZero();

    java.io.ByteArrayOutputStream said = new java.io.ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(train(run, fresh())).isEqualTo(Programs.BAD_INPUT);
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("holds a run already; give --resume, or another folder");

    Cluster.inThisJvm();
    assertThat(train(run, "--resume", "--steps", "2")).isZero();
    Cluster.inThisJvm();
    assertThat(train(folder.resolve("other"), fresh())).isZero();
  }
}
